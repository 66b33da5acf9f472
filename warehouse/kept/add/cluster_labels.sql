MERGE INTO kept.cluster_labels AS old USING fresh_cluster_labels AS more
ON old.entity_id = more.entity_id AND old.dimension = more.dimension AND old.label = more.label
WHEN MATCHED THEN UPDATE SET
    n_passages = old.n_passages + more.n_passages, n_papers = old.n_papers + more.n_papers,
    n_unsure = old.n_unsure + more.n_unsure
WHEN NOT MATCHED THEN INSERT BY NAME

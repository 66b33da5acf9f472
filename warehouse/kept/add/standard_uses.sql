MERGE INTO kept.standard_uses AS old USING fresh_standard_uses AS more
ON old.standard_id = more.standard_id AND old.cluster_id IS NOT DISTINCT FROM more.cluster_id
    AND old.country IS NOT DISTINCT FROM more.country
    AND old.outcome IS NOT DISTINCT FROM more.outcome
WHEN MATCHED THEN UPDATE SET
    n_passages = old.n_passages + more.n_passages, n_papers = old.n_papers + more.n_papers,
    example_passage_id = least(old.example_passage_id, more.example_passage_id)
WHEN NOT MATCHED THEN INSERT BY NAME

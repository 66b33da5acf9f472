MERGE INTO kept.label_years AS old USING fresh_label_years AS more
ON old.dimension = more.dimension AND old.label = more.label
    AND old.country IS NOT DISTINCT FROM more.country AND old.year IS NOT DISTINCT FROM more.year
WHEN MATCHED THEN UPDATE SET
    n_passages = old.n_passages + more.n_passages, n_papers = old.n_papers + more.n_papers
WHEN NOT MATCHED THEN INSERT BY NAME

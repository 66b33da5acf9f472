MERGE INTO kept.cited_works AS old USING fresh_cited_works AS more
ON old.work_id = more.work_id
WHEN MATCHED THEN UPDATE SET
    n_citations = old.n_citations + more.n_citations, n_papers = old.n_papers + more.n_papers
WHEN NOT MATCHED THEN INSERT BY NAME

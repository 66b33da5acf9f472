SELECT paper_id AS id, title, authors, CAST(year AS VARCHAR) AS year, NULL AS container, doi, abstract,
    keywords
FROM papers WHERE withdrawn_at IS NULL
ORDER BY title, paper_id

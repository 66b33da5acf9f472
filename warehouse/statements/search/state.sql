-- What the index must hold: each paper with the reading it is of.
SELECT paper_id, strftime(ingested_at, '%Y-%m-%dT%H:%M:%S.%f')
FROM papers
WHERE withdrawn_at IS NULL

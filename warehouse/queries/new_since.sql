-- Papers loaded since a date, with what they brought.
-- param since date = 1970-01-01: the first day, such as 2026-01-31
SELECT title, authors, year, source, ingested_at, n_passages, n_facts, n_clusters, paper_id
FROM papers JOIN kept.paper_counts USING (paper_id)
WHERE ingested_at >= $since AND withdrawn_at IS NULL
ORDER BY ingested_at DESC, paper_id
LIMIT 500

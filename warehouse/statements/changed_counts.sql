SELECT kind, change, cause, count(*) AS n, count(DISTINCT paper_id) AS n_papers,
    min(happened_at) AS first, max(happened_at) AS last
FROM changes($since, $until)
GROUP BY ALL
ORDER BY kind, change, cause

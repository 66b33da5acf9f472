SELECT paper_id, country, count(*), count(*) FILTER (WHERE said_by = 'cluster')
FROM countries_now
GROUP BY ALL

SELECT paper_id, country, count(*), count(*) FILTER (WHERE said_by = 'cluster')
FROM passage_countries
GROUP BY ALL

-- Each source ever offered is in exactly one of paper_sources and rejects.
SELECT source, count(*) AS n
FROM (SELECT source FROM paper_sources UNION ALL SELECT source FROM rejects)
GROUP BY source
HAVING n != 1

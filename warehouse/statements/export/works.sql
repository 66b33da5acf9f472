SELECT work_id AS id, title, authors, year, container, doi, NULL AS abstract, NULL AS keywords
FROM works
ORDER BY authors, year, title, work_id

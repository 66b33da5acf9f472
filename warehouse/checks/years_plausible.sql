-- Years lie between 1000 and sixty years from now, and spans run forward.
SELECT 'papers' AS "table", paper_id AS id, year, NULL AS year_from, NULL AS year_to
FROM papers WHERE year NOT BETWEEN 1400 AND year(current_date) + 2
UNION ALL
SELECT 'facts', fact_id, year, year_from, year_to
FROM facts
WHERE year NOT BETWEEN 1000 AND year(current_date) + 60
    OR year_from NOT BETWEEN 1000 AND year(current_date) + 60
    OR year_to NOT BETWEEN 1000 AND year(current_date) + 60
    OR year_from > year_to

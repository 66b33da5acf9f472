-- In outcome and claim every coded passage has exactly one selected label.
SELECT passage_id, dimension, count(*) FILTER (WHERE selected) AS n_selected
FROM codes
WHERE dimension IN ('outcome', 'claim')
GROUP BY ALL
HAVING n_selected != 1

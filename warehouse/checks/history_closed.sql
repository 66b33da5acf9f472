-- What is in history ended after it began, or was denied as it was read.
SELECT 'codes_history' AS "table", passage_id AS id, valid_from, valid_to FROM codes_history
WHERE valid_to < valid_from
UNION ALL
SELECT 'facts_history', fact_id, valid_from, valid_to FROM facts_history
WHERE valid_to < valid_from

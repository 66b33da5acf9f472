-- Codes and sentences come from abstract, body, notes and appendix; mentions and facts from tables
-- too.
SELECT 'mentions' AS "table", mention_id AS id, role
FROM mentions JOIN passages USING (passage_id) JOIN sections USING (section_id)
WHERE role NOT IN ('abstract', 'body', 'note', 'appendix', 'table')
UNION ALL
SELECT 'facts', fact_id, role
FROM facts JOIN passages USING (passage_id) JOIN sections USING (section_id)
WHERE role NOT IN ('abstract', 'body', 'note', 'appendix', 'table')
UNION ALL
SELECT 'sentences', sentence_id, role
FROM sentences JOIN passages USING (passage_id) JOIN sections USING (section_id)
WHERE role NOT IN ('abstract', 'body', 'note', 'appendix')
UNION ALL
SELECT 'codes', passage_id, role
FROM (SELECT DISTINCT passage_id FROM codes) JOIN passages USING (passage_id)
JOIN sections USING (section_id)
WHERE role NOT IN ('abstract', 'body', 'note', 'appendix')

-- Every find stands in a passage of its own paper.
SELECT 'citations' AS "table", citation_id AS id, passage_id
FROM citations ANTI JOIN passages USING (passage_id, paper_id)
UNION ALL
SELECT 'mentions' AS "table", mention_id AS id, passage_id
FROM mentions ANTI JOIN passages USING (passage_id, paper_id)
UNION ALL
SELECT 'sentences' AS "table", sentence_id AS id, passage_id
FROM sentences ANTI JOIN passages USING (passage_id, paper_id)
UNION ALL
SELECT 'facts' AS "table", fact_id AS id, passage_id
FROM facts ANTI JOIN passages USING (passage_id, paper_id)
UNION ALL
SELECT 'relations' AS "table", relation_id AS id, passage_id
FROM relations ANTI JOIN passages USING (passage_id, paper_id)
UNION ALL
SELECT 'codes' AS "table", passage_id AS id, passage_id
FROM codes ANTI JOIN passages USING (passage_id, paper_id)
UNION ALL
SELECT 'passage_boxes' AS "table", passage_id AS id, passage_id
FROM passage_boxes ANTI JOIN passages USING (passage_id, paper_id)
UNION ALL
SELECT 'passage_vectors' AS "table", passage_id AS id, passage_id
FROM passage_vectors ANTI JOIN passages USING (passage_id, paper_id)

-- Every row belongs to a paper that is there (and is not withdrawn).
WITH present AS (SELECT paper_id FROM papers WHERE withdrawn_at IS NULL)
SELECT 'sections' AS "table", section_id AS id, paper_id FROM sections ANTI JOIN present USING (paper_id)
UNION ALL
SELECT 'passages' AS "table", passage_id AS id, paper_id FROM passages ANTI JOIN present USING (paper_id)
UNION ALL
SELECT 'passage_boxes' AS "table", passage_id AS id, paper_id FROM passage_boxes ANTI JOIN present USING (paper_id)
UNION ALL
SELECT 'passage_vectors' AS "table", passage_id AS id, paper_id FROM passage_vectors ANTI JOIN present USING (paper_id)
UNION ALL
SELECT 'tables' AS "table", table_id AS id, paper_id FROM tables ANTI JOIN present USING (paper_id)
UNION ALL
SELECT 'paper_works' AS "table", work_id AS id, paper_id FROM paper_works ANTI JOIN present USING (paper_id)
UNION ALL
SELECT 'citations' AS "table", citation_id AS id, paper_id FROM citations ANTI JOIN present USING (paper_id)
UNION ALL
SELECT 'mentions' AS "table", mention_id AS id, paper_id FROM mentions ANTI JOIN present USING (paper_id)
UNION ALL
SELECT 'sentences' AS "table", sentence_id AS id, paper_id FROM sentences ANTI JOIN present USING (paper_id)
UNION ALL
SELECT 'sentence_works' AS "table", sentence_id AS id, paper_id FROM sentence_works ANTI JOIN present USING (paper_id)
UNION ALL
SELECT 'facts' AS "table", fact_id AS id, paper_id FROM facts ANTI JOIN present USING (paper_id)
UNION ALL
SELECT 'relations' AS "table", relation_id AS id, paper_id FROM relations ANTI JOIN present USING (paper_id)
UNION ALL
SELECT 'codes' AS "table", passage_id AS id, paper_id FROM codes ANTI JOIN present USING (paper_id)
UNION ALL
SELECT 'paper_texts' AS "table", paper_id AS id, paper_id FROM paper_texts ANTI JOIN present USING (paper_id)
UNION ALL
SELECT 'fingerprints' AS "table", paper_id AS id, paper_id FROM fingerprints ANTI JOIN papers USING (paper_id)

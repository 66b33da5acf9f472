-- Every id stands once in its table.
SELECT 'papers' AS "table", paper_id AS id, count(*) AS n FROM papers GROUP BY ALL HAVING n > 1
UNION ALL
SELECT 'paper_texts' AS "table", paper_id AS id, count(*) AS n FROM paper_texts GROUP BY ALL HAVING n > 1
UNION ALL
SELECT 'sections' AS "table", section_id AS id, count(*) AS n FROM sections GROUP BY ALL HAVING n > 1
UNION ALL
SELECT 'passages' AS "table", passage_id AS id, count(*) AS n FROM passages GROUP BY ALL HAVING n > 1
UNION ALL
SELECT 'tables' AS "table", table_id AS id, count(*) AS n FROM tables GROUP BY ALL HAVING n > 1
UNION ALL
SELECT 'works' AS "table", work_id AS id, count(*) AS n FROM works GROUP BY ALL HAVING n > 1
UNION ALL
SELECT 'citations' AS "table", citation_id AS id, count(*) AS n FROM citations GROUP BY ALL HAVING n > 1
UNION ALL
SELECT 'entities' AS "table", entity_id AS id, count(*) AS n FROM entities GROUP BY ALL HAVING n > 1
UNION ALL
SELECT 'mentions' AS "table", mention_id AS id, count(*) AS n FROM mentions GROUP BY ALL HAVING n > 1
UNION ALL
SELECT 'sentences' AS "table", sentence_id AS id, count(*) AS n FROM sentences GROUP BY ALL HAVING n > 1
UNION ALL
SELECT 'facts' AS "table", fact_id AS id, count(*) AS n FROM facts GROUP BY ALL HAVING n > 1
UNION ALL
SELECT 'relations' AS "table", relation_id AS id, count(*) AS n FROM relations GROUP BY ALL HAVING n > 1
UNION ALL
SELECT 'models' AS "table", model_id AS id, count(*) AS n FROM models GROUP BY ALL HAVING n > 1
UNION ALL
SELECT 'runs' AS "table", run_id AS id, count(*) AS n FROM runs GROUP BY ALL HAVING n > 1
UNION ALL
SELECT 'issues' AS "table", issue_id AS id, count(*) AS n FROM issues GROUP BY ALL HAVING n > 1
UNION ALL
SELECT 'annotations' AS "table", annotation_id AS id, count(*) AS n FROM annotations GROUP BY ALL HAVING n > 1
UNION ALL
SELECT 'corrections' AS "table", correction_id AS id, count(*) AS n FROM corrections GROUP BY ALL HAVING n > 1
UNION ALL
SELECT 'codes', concat_ws(' ', passage_id, dimension, label), count(*)
FROM codes GROUP BY passage_id, dimension, label HAVING count(*) > 1

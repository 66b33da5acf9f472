-- In which table an id is; the first counts.
SELECT name FROM (
SELECT 0 AS at_, 'papers' AS name FROM papers WHERE paper_id = $id
UNION ALL
SELECT 1 AS at_, 'passages' AS name FROM passages WHERE passage_id = $id
UNION ALL
SELECT 2 AS at_, 'sections' AS name FROM sections WHERE section_id = $id
UNION ALL
SELECT 3 AS at_, 'tables' AS name FROM tables WHERE table_id = $id
UNION ALL
SELECT 4 AS at_, 'works' AS name FROM works WHERE work_id = $id
UNION ALL
SELECT 5 AS at_, 'citations' AS name FROM citations WHERE citation_id = $id
UNION ALL
SELECT 6 AS at_, 'entities' AS name FROM entities WHERE entity_id = $id
UNION ALL
SELECT 7 AS at_, 'mentions' AS name FROM mentions WHERE mention_id = $id
UNION ALL
SELECT 8 AS at_, 'sentences' AS name FROM sentences WHERE sentence_id = $id
UNION ALL
SELECT 9 AS at_, 'facts' AS name FROM facts WHERE fact_id = $id
UNION ALL
SELECT 10 AS at_, 'relations' AS name FROM relations WHERE relation_id = $id
UNION ALL
SELECT 11 AS at_, 'models' AS name FROM models WHERE model_id = $id
UNION ALL
SELECT 12 AS at_, 'runs' AS name FROM runs WHERE run_id = $id
UNION ALL
SELECT 13 AS at_, 'issues' AS name FROM issues WHERE issue_id = $id
UNION ALL
SELECT 14 AS at_, 'annotations' AS name FROM annotations WHERE annotation_id = $id
UNION ALL
SELECT 15 AS at_, 'corrections' AS name FROM corrections WHERE correction_id = $id
UNION ALL
SELECT 16 AS at_, 'rejects' AS name FROM rejects WHERE source = $id
UNION ALL
SELECT 17 AS at_, 'paper_sources' AS name FROM paper_sources WHERE source = $id
UNION ALL
SELECT 18 AS at_, 'facts_history' AS name FROM facts_history WHERE fact_id = $id
UNION ALL
SELECT 90, 'withdrawn' FROM withdrawn.passages WHERE passage_id = $id
)
ORDER BY at_
LIMIT 1

SELECT "group", name, n FROM (
SELECT 0 AS at_, 'rows' AS "group", 'papers' AS name, count(*) AS n FROM papers
UNION ALL
SELECT 1 AS at_, 'rows' AS "group", 'paper_sources' AS name, count(*) AS n FROM paper_sources
UNION ALL
SELECT 2 AS at_, 'rows' AS "group", 'rejects' AS name, count(*) AS n FROM rejects
UNION ALL
SELECT 3 AS at_, 'rows' AS "group", 'sections' AS name, count(*) AS n FROM sections
UNION ALL
SELECT 4 AS at_, 'rows' AS "group", 'passages' AS name, count(*) AS n FROM passages
UNION ALL
SELECT 5 AS at_, 'rows' AS "group", 'tables' AS name, count(*) AS n FROM tables
UNION ALL
SELECT 6 AS at_, 'rows' AS "group", 'works' AS name, count(*) AS n FROM works
UNION ALL
SELECT 7 AS at_, 'rows' AS "group", 'citations' AS name, count(*) AS n FROM citations
UNION ALL
SELECT 8 AS at_, 'rows' AS "group", 'entities' AS name, count(*) AS n FROM entities
UNION ALL
SELECT 9 AS at_, 'rows' AS "group", 'mentions' AS name, count(*) AS n FROM mentions
UNION ALL
SELECT 10 AS at_, 'rows' AS "group", 'sentences' AS name, count(*) AS n FROM sentences
UNION ALL
SELECT 11 AS at_, 'rows' AS "group", 'facts' AS name, count(*) AS n FROM facts
UNION ALL
SELECT 12 AS at_, 'rows' AS "group", 'relations' AS name, count(*) AS n FROM relations
UNION ALL
SELECT 13 AS at_, 'rows' AS "group", 'codes' AS name, count(*) AS n FROM codes
UNION ALL
SELECT 14 AS at_, 'rows' AS "group", 'annotations' AS name, count(*) AS n FROM annotations
UNION ALL
SELECT 15 AS at_, 'rows' AS "group", 'models' AS name, count(*) AS n FROM models
UNION ALL
SELECT 16 AS at_, 'rows' AS "group", 'runs' AS name, count(*) AS n FROM runs
UNION ALL
SELECT 17 AS at_, 'rows' AS "group", 'issues' AS name, count(*) AS n FROM issues
UNION ALL
SELECT 18 AS at_, 'rows' AS "group", 'corrections' AS name, count(*) AS n FROM corrections
UNION ALL
SELECT 50, 'rows', 'papers withdrawn', count(*) FROM papers WHERE withdrawn_at IS NOT NULL
UNION ALL
SELECT 100, 'rejects', reason, count(*) FROM rejects GROUP BY reason
UNION ALL
SELECT 200, 'issues', stage || ': ' || problem, count(*) FROM issues GROUP BY ALL
UNION ALL
SELECT 300, 'codes', dimension || ' ' || model_id, count(*) FROM codes GROUP BY ALL
)
ORDER BY at_, n DESC, name

-- `differ`: what is not as it was when the tables were filled; `changed`: the papers it touches.
CREATE OR REPLACE TEMP TABLE state_now AS
SELECT 'paper' AS what, papers.paper_id AS id,
    concat_ws('|', ingested_at, withdrawn_at, max(happened_at)) AS state
FROM papers LEFT JOIN paper_events USING (paper_id)
GROUP BY papers.paper_id, ingested_at, withdrawn_at
UNION ALL
SELECT 'entity', entity_id, concat_ws('|', name, coalesce(country, ''), coalesce(sector, ''), isic)
FROM entities
WHERE kind IN ('CLUSTER', 'COUNTRY')
UNION ALL
SELECT 'work', work_id, paper_id FROM work_papers
UNION ALL
-- People's words on entities reach any paper.
SELECT 'all', '', concat_ws('|', getvariable('kept_sql'), max(greatest(made_at, undone_at)))
FROM corrections
WHERE kind IN ('merge_entity', 'split_entity', 'rename_entity');

CREATE OR REPLACE TEMP TABLE differ AS
SELECT what, id, filled.state IS NOT NULL AS known
FROM state_now FULL JOIN kept.filled AS filled USING (what, id)
WHERE state_now.state IS DISTINCT FROM filled.state;

CREATE OR REPLACE TEMP TABLE changed AS
WITH touched AS (
    SELECT id AS paper_id FROM differ WHERE what = 'paper'
    UNION
    SELECT paper_id FROM mentions
    WHERE entity_id IN (SELECT id FROM differ WHERE what = 'entity' AND known)
    UNION
    SELECT paper_id FROM facts
    WHERE entity_id IN (SELECT id FROM differ WHERE what = 'entity' AND known)
    UNION
    SELECT paper_id FROM facts WHERE work_id IN (SELECT id FROM differ WHERE what = 'work')
    UNION
    SELECT paper_id FROM sentence_works
    WHERE work_id IN (SELECT id FROM differ WHERE what = 'work')
)
SELECT paper_id, paper_id IN (SELECT id FROM kept.filled WHERE what = 'paper') AS known
FROM touched;

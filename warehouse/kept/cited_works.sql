WITH listed AS (
    SELECT work_id, paper_id, 0 AS n FROM paper_works
    UNION ALL
    SELECT work_id, paper_id, 1 FROM citations WHERE work_id IS NOT NULL
)
SELECT work_id, sum(n), count(DISTINCT paper_id) FROM listed GROUP BY work_id

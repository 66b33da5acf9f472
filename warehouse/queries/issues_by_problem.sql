-- What surprised the reading: problems by stage, how often, in how many papers, with an example.
-- param stage text = NULL: one stage
SELECT stage, problem, count(*) AS n, count(DISTINCT paper_id) AS n_papers, min(detail) AS example
FROM issues
WHERE $stage IS NULL OR stage = $stage
GROUP BY ALL
ORDER BY n DESC, stage, problem

SELECT run_id, flow, started_at, ended_at, status, counts
FROM runs
ORDER BY started_at DESC
LIMIT 5

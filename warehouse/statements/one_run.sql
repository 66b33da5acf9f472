SELECT run_id, flow, started_at, ended_at, status, counts, report FROM runs WHERE run_id = $run_id

UPDATE runs SET
    status = batch.status, ended_at = batch.ended_at, counts = batch.counts, report = batch.report
FROM batch
WHERE runs.run_id = batch.run_id

SELECT * FROM runs WHERE run_id = $id

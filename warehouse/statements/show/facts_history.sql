SELECT * FROM facts_history WHERE fact_id = $id ORDER BY valid_to DESC LIMIT 1

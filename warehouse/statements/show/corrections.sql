SELECT * FROM corrections WHERE correction_id = $id

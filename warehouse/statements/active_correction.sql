SELECT kind FROM corrections WHERE correction_id = ? AND undone_at IS NULL

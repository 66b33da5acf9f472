SELECT DISTINCT sha256 FROM papers ANTI JOIN paper_sources USING (paper_id)

SELECT text_sha256, source, withdrawn_at, withdrawn_reason FROM papers WHERE paper_id = ?

SELECT passage_sha256, paper_id FROM passages WHERE passage_id = ?

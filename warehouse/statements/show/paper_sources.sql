SELECT * FROM paper_sources WHERE source = $id

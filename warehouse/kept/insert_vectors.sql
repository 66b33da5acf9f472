INSERT INTO kept.paper_vectors BY NAME
SELECT paper_id, ingested_at, vector FROM fresh_vectors JOIN papers USING (paper_id)

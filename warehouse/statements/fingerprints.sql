SELECT paper_id, text_sha256, fingerprints.doi, title_key, authors_key, minhash
FROM fingerprints JOIN papers USING (paper_id)
ORDER BY ingested_at, paper_id

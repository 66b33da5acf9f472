-- The stored text of a paper is the one its hash was taken from.
SELECT paper_id FROM papers JOIN paper_texts USING (paper_id) WHERE sha256(text) != text_sha256
UNION ALL
SELECT paper_id FROM papers ANTI JOIN paper_texts USING (paper_id) WHERE withdrawn_at IS NULL

-- Papers that a person withdrew and whose rows are among the current ones.
SELECT DISTINCT papers.paper_id
FROM corrections JOIN papers
    ON papers.text_sha256 = corrections.text_sha256 OR papers.source = corrections.source
WHERE kind = 'withdraw_paper' AND undone_at IS NULL AND withdrawn_at IS NULL

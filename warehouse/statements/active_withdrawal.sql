SELECT correction_id
FROM corrections JOIN papers
    ON papers.text_sha256 = corrections.text_sha256 OR papers.source = corrections.source
WHERE kind = 'withdraw_paper' AND undone_at IS NULL AND papers.paper_id = ?
ORDER BY made_at DESC
LIMIT 1

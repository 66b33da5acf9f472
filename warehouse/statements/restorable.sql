-- Withdrawn papers that no active withdrawal holds back any more.
SELECT papers.paper_id
FROM papers
WHERE withdrawn_at IS NOT NULL
    AND NOT EXISTS (
        FROM corrections
        WHERE kind = 'withdraw_paper' AND undone_at IS NULL
            AND (
                corrections.text_sha256 = papers.text_sha256
                OR corrections.source = papers.source
            )
    )

-- Relations of sources are those of the contract; papers have a source (or say why not).
SELECT source, paper_id, relation FROM paper_sources
WHERE relation NOT IN ('same_bytes', 'same_text', 'same_work', 'replaced')
UNION ALL
SELECT source, paper_id, 'no source' FROM papers
WHERE withdrawn_at IS NULL AND paper_id NOT IN (SELECT paper_id FROM paper_sources)
    AND paper_id NOT IN (
        SELECT paper_id FROM issues WHERE problem = 'source_turned_bad' AND paper_id IS NOT NULL
    )

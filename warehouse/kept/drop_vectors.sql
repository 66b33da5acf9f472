DELETE FROM kept.paper_vectors
WHERE NOT EXISTS (
    FROM main.papers
    WHERE papers.paper_id = paper_vectors.paper_id
        AND papers.ingested_at = paper_vectors.ingested_at AND papers.withdrawn_at IS NULL
)

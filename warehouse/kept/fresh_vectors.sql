SELECT paper_id, vector
FROM passage_vectors
WHERE paper_id IN (
    SELECT paper_id FROM papers WHERE paper_id NOT IN (SELECT paper_id FROM kept.paper_vectors)
)

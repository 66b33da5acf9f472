SELECT paper_id, papers.ingested_at, list(passage_vectors.vector) AS vectors
FROM papers JOIN passage_vectors USING (paper_id)
WHERE paper_id NOT IN (SELECT paper_id FROM kept.paper_vectors)
GROUP BY ALL

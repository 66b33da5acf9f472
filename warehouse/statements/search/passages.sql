SELECT passage_id, passages.paper_id, passages.text, passage_vectors.vector
FROM (FROM passages SEMI JOIN (SELECT unnest($papers) AS paper_id) USING (paper_id)) AS passages
JOIN sections USING (section_id)
LEFT JOIN (
    FROM passage_vectors SEMI JOIN (SELECT unnest($papers) AS paper_id) USING (paper_id)
) AS passage_vectors USING (passage_id)
WHERE role != 'references'

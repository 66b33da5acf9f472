SELECT passage_id, passages.paper_id, title, authors, papers.year, source, page, heading, role, text
FROM (FROM passages SEMI JOIN (SELECT unnest($ids) AS passage_id) USING (passage_id)) AS passages
JOIN papers USING (paper_id) JOIN sections USING (section_id)

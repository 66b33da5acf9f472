SELECT passage_sha256, metric, value, quote, source, facts.paper_id
FROM facts JOIN passages USING (passage_id) JOIN papers ON papers.paper_id = facts.paper_id
WHERE fact_id = ?

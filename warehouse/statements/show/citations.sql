SELECT citations.*, title AS work_title, authors AS work_authors, year AS work_year
FROM citations LEFT JOIN works USING (work_id) WHERE citation_id = $id

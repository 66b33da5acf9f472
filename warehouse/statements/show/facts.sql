SELECT facts.*, name AS entity_name, works.title AS work_title, works.authors AS work_authors,
    works.year AS work_year
FROM facts LEFT JOIN entities USING (entity_id) LEFT JOIN works USING (work_id)
WHERE fact_id = $id

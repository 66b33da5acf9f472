SELECT sections.*, (SELECT count(*) FROM passages WHERE section_id = $id) AS n_passages
FROM sections WHERE section_id = $id

-- Which clusters a paper speaks of, with their countries (whole warehouse where no paper is given).
-- param paper text = NULL: its paper_id, or part of its title or source
WITH chosen AS (
    SELECT paper_id, title FROM papers
    WHERE $paper IS NULL OR paper_id = $paper OR contains(lower(title), lower($paper))
        OR contains(lower(source), lower($paper))
)
SELECT chosen.paper_id, title, entities.name AS cluster, entities.country, entities.sector,
    count(*) AS n_passages, entities.entity_id
FROM kept.spoken_of
JOIN chosen USING (paper_id)
JOIN entities USING (entity_id)
GROUP BY ALL
ORDER BY title, n_passages DESC, cluster
LIMIT 2000

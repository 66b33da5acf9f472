WITH named AS (
    SELECT DISTINCT passage_id, paper_id, entity_id AS standard_id
    FROM mentions WHERE kind = 'STANDARD'
),
places AS (
    SELECT passage_id, entity_id AS cluster_id, entities.country
    FROM kept.spoken_of JOIN entities USING (entity_id)
    UNION ALL
    SELECT passage_id, NULL, country FROM passage_countries WHERE said_by = 'country'
        AND passage_id NOT IN (SELECT passage_id FROM kept.spoken_of)
),
became AS (SELECT passage_id, label FROM codes WHERE dimension = 'outcome' AND selected)
SELECT standard_id, cluster_id, country, became.label, count(DISTINCT passage_id),
    count(DISTINCT paper_id), min(passage_id)
FROM named LEFT JOIN places USING (passage_id) LEFT JOIN became USING (passage_id)
GROUP BY ALL

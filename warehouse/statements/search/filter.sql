-- Of the passages $ids (NULL: of all), those that pass every filter that is given.
WITH given AS (
    SELECT unnest(CAST($ids AS VARCHAR[])) AS passage_id
    UNION ALL
    SELECT passage_id FROM passages WHERE $ids IS NULL
),
found AS (
    SELECT passage_id, passages.paper_id, section_id
    FROM passages SEMI JOIN given USING (passage_id)
)
SELECT passage_id
FROM found JOIN papers USING (paper_id) JOIN sections USING (section_id)
WHERE ($paper IS NULL OR papers.paper_id = $paper OR contains(lower(title), lower($paper))
        OR contains(lower(source), lower($paper)))
    AND ($author IS NULL OR contains(lower(array_to_string(authors, '; ')), lower($author)))
    AND ($year_from IS NULL OR year >= $year_from)
    AND ($year_to IS NULL OR year <= $year_to)
    AND ($language IS NULL OR language = $language)
    AND ($role IS NULL OR role = $role)
    AND ($since IS NULL OR ingested_at >= $since)
    AND ($country IS NULL OR passage_id IN (
        SELECT mentions.passage_id FROM mentions
        JOIN entities ON entities.entity_id = mentions.entity_id
        WHERE upper($country) = CASE entities.kind WHEN 'CLUSTER' THEN entities.country
            WHEN 'COUNTRY' THEN coalesce(entities.country, entities.name) END))
    AND ($entity IS NULL OR passage_id IN (
        SELECT mentions.passage_id FROM mentions
        JOIN entities ON entities.entity_id = mentions.entity_id
        WHERE entities.entity_id = $entity OR contains(lower(entities.name), lower($entity))))
    AND ($label IS NULL OR passage_id IN (
        SELECT codes.passage_id FROM codes
        WHERE selected AND label = $label AND ($dimension IS NULL OR dimension = $dimension)))
    AND ($claim IS NULL OR passage_id IN (
        SELECT sentences.passage_id FROM sentences
        WHERE claim_source = $claim))
LIMIT $at_most

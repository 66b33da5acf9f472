-- Of the passages $ids (NULL: of all), those that pass every filter that is given, with their places.
-- Conditions are joined in this order: the narrowest first.
SELECT passage_id, rowid AS place
FROM passages
WHERE ($ids IS NULL OR passage_id IN (SELECT unnest(CAST($ids AS VARCHAR[]))))
    AND paper_id IN (
        SELECT paper_id FROM papers
        WHERE ($paper IS NULL OR papers.paper_id = $paper OR contains(lower(title), lower($paper))
                OR contains(lower(source), lower($paper)))
            AND ($author IS NULL
                OR contains(lower(array_to_string(authors, '; ')), lower($author)))
            AND ($year_from IS NULL OR year >= $year_from)
            AND ($year_to IS NULL OR year <= $year_to)
            AND ($language IS NULL OR language = $language)
            AND ($since IS NULL OR ingested_at >= $since))
    AND ($role IS NULL OR section_id IN (SELECT section_id FROM sections WHERE role = $role))
    AND ($country IS NULL OR passage_id IN (
        SELECT mentions.passage_id FROM mentions
        WHERE mentions.kind IN ('CLUSTER', 'COUNTRY') AND entity_id IN (
            SELECT entity_id FROM entities
            WHERE upper($country) = CASE kind WHEN 'CLUSTER' THEN country
                WHEN 'COUNTRY' THEN coalesce(country, name) END)))
    AND ($entity IS NULL OR passage_id IN (
        SELECT mentions.passage_id FROM mentions
        WHERE entity_id IN (
            SELECT entity_id FROM entities
            WHERE entity_id = $entity OR contains(lower(name), lower($entity)))))
    AND ($label IS NULL OR passage_id IN (
        SELECT codes.passage_id FROM codes
        WHERE selected AND label = $label AND ($dimension IS NULL OR dimension = $dimension)))
    AND ($claim IS NULL OR passage_id IN (
        SELECT sentences.passage_id FROM sentences WHERE claim_source = $claim))
LIMIT $at_most

SELECT mention_id, mentions.kind, start, "end", surface, name, country, method, confidence,
    entity_id
FROM mentions JOIN entities USING (entity_id)
WHERE passage_id = $id
ORDER BY start

-- Every mention's surface stands in its passage where the mention says.
SELECT mention_id, passage_id, surface
FROM mentions JOIN passages USING (passage_id)
WHERE surface IS DISTINCT FROM substring(text, mentions.start + 1, mentions."end" - mentions.start)

SELECT entity_id FROM entities WHERE kind = ? AND name = ? ORDER BY entity_id

SELECT entity_id, kind FROM entities WHERE entity_id = ?

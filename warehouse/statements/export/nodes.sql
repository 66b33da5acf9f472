SELECT entity_id, kind, name, country, sector, actor_type, standard_type
FROM entities
WHERE entity_id IN (SELECT subject_id FROM relations UNION SELECT object_id FROM relations)
ORDER BY entity_id

SELECT relations.*, one.name AS subject_name, other.name AS object_name
FROM relations
LEFT JOIN entities AS one ON one.entity_id = subject_id
LEFT JOIN entities AS other ON other.entity_id = object_id
WHERE relation_id = $id

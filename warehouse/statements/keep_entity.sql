INSERT INTO withdrawn.entities BY NAME
SELECT batch.*, batch.name AS read_name
FROM batch
WHERE entity_id NOT IN (SELECT entity_id FROM withdrawn.entities)

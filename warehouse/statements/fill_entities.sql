-- What another paper knows of an entity is filled in; where two differ the least in the alphabet
-- stays, so that the order of loading doesn't matter.
UPDATE entities SET
    country = least(entities.country, batch.country),
    sector = least(entities.sector, batch.sector),
    isic = least(entities.isic, batch.isic),
    actor_type = least(entities.actor_type, batch.actor_type),
    standard_type = least(entities.standard_type, batch.standard_type)
FROM batch
WHERE entities.entity_id = batch.entity_id
    AND (
        least(entities.country, batch.country) IS DISTINCT FROM entities.country
        OR least(entities.sector, batch.sector) IS DISTINCT FROM entities.sector
        OR least(entities.isic, batch.isic) IS DISTINCT FROM entities.isic
        OR least(entities.actor_type, batch.actor_type) IS DISTINCT FROM entities.actor_type
        OR least(entities.standard_type, batch.standard_type)
            IS DISTINCT FROM entities.standard_type
    )

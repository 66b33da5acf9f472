-- One statement per table; `batch` is the Arrow table of one or several papers' rows. The runner
-- takes the block that inserts into the table it has rows for. What another paper knows of an
-- entity is filled in; where two differ the least in the alphabet stays, so that the order of
-- loading doesn't matter.

INSERT INTO papers BY NAME FROM batch

INSERT INTO paper_texts BY NAME FROM batch

INSERT INTO sections BY NAME FROM batch

INSERT INTO passages BY NAME FROM batch

INSERT INTO passage_boxes BY NAME FROM batch

INSERT INTO passage_vectors BY NAME FROM batch

INSERT INTO tables BY NAME FROM batch

INSERT INTO works BY NAME FROM batch ANTI JOIN works USING (work_id)

INSERT INTO paper_works BY NAME FROM batch

INSERT INTO citations BY NAME FROM batch

MERGE INTO entities USING (SELECT batch.*, batch.name AS read_name FROM batch) AS found
ON entities.entity_id = found.entity_id
WHEN MATCHED AND (
    least(entities.country, found.country) IS DISTINCT FROM entities.country
    OR least(entities.sector, found.sector) IS DISTINCT FROM entities.sector
    OR least(entities.isic, found.isic) IS DISTINCT FROM entities.isic
    OR least(entities.actor_type, found.actor_type) IS DISTINCT FROM entities.actor_type
    OR least(entities.standard_type, found.standard_type) IS DISTINCT FROM entities.standard_type
) THEN UPDATE SET
    country = least(entities.country, found.country),
    sector = least(entities.sector, found.sector),
    isic = least(entities.isic, found.isic),
    actor_type = least(entities.actor_type, found.actor_type),
    standard_type = least(entities.standard_type, found.standard_type)
WHEN NOT MATCHED THEN INSERT BY NAME

INSERT INTO mentions BY NAME FROM batch

INSERT INTO sentences BY NAME FROM batch

INSERT INTO sentence_works BY NAME FROM batch

INSERT INTO facts BY NAME FROM batch

INSERT INTO relations BY NAME FROM batch

INSERT INTO codes BY NAME FROM batch

INSERT INTO issues BY NAME FROM batch ANTI JOIN issues USING (issue_id)

INSERT INTO fingerprints BY NAME FROM batch

INSERT INTO paper_events BY NAME FROM batch

INSERT INTO paper_sources BY NAME FROM batch

INSERT INTO kept.paper_vectors BY NAME
FROM batch ANTI JOIN kept.paper_vectors USING (paper_id, ingested_at)

-- `batch`: the new codes. `chosen`: the papers that were coded, where given.
CREATE OR REPLACE TEMP TABLE recoded AS
SELECT paper_id FROM chosen
UNION
SELECT DISTINCT paper_id FROM batch JOIN passages USING (passage_id)
WHERE NOT getvariable('given');

SET VARIABLE replaced = (
    SELECT count(*) FROM codes SEMI JOIN recoded USING (paper_id)
    WHERE dimension = getvariable('dimension')
);

INSERT INTO codes_history BY NAME
SELECT codes.* EXCLUDE (made_at), passage_sha256, codes.made_at AS valid_from,
    getvariable('moment') AS valid_to, 'model' AS cause
FROM codes SEMI JOIN recoded USING (paper_id) JOIN passages USING (passage_id)
WHERE dimension = getvariable('dimension');

DELETE FROM codes
WHERE dimension = getvariable('dimension') AND paper_id IN (SELECT paper_id FROM recoded);

INSERT INTO codes BY NAME
SELECT batch.*, paper_id FROM batch JOIN passages USING (passage_id)
WHERE paper_id IN (SELECT paper_id FROM recoded);

INSERT INTO paper_events BY NAME
SELECT getvariable('moment') AS happened_at, paper_id, 'model' AS cause,
    coalesce(getvariable('recipe')::VARCHAR, recipe) AS recipe, getvariable('model') AS model_id,
    getvariable('dimension') AS detail
FROM papers SEMI JOIN recoded USING (paper_id);

UPDATE papers SET recipe = getvariable('recipe')::VARCHAR
WHERE getvariable('recipe') IS NOT NULL AND paper_id IN (SELECT paper_id FROM recoded);

UPDATE paper_sources SET recipe = getvariable('recipe')::VARCHAR
WHERE getvariable('recipe') IS NOT NULL AND paper_id IN (SELECT paper_id FROM recoded);

DROP TABLE recoded;

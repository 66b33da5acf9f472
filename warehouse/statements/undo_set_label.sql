-- The passage's codes in the dimension are again what the model said last.
CREATE OR REPLACE TEMP TABLE touched AS
SELECT passage_id, passages.paper_id, passages.passage_sha256, dimension
FROM passages JOIN corrections USING (passage_sha256)
WHERE correction_id = getvariable('correction');

CREATE OR REPLACE TEMP TABLE before AS
SELECT codes_history.*
FROM codes_history SEMI JOIN touched USING (passage_id, dimension)
WHERE cause = 'correction'
QUALIFY count(*) FILTER (WHERE model_id LIKE 'person:%')
    OVER (PARTITION BY passage_id, dimension, valid_to) = 0;

INSERT INTO codes_history BY NAME
SELECT codes.* EXCLUDE (made_at), passage_sha256, made_at AS valid_from,
    getvariable('moment') AS valid_to, 'correction' AS cause
FROM codes JOIN touched USING (passage_id, dimension);

DELETE FROM codes
WHERE (passage_id, dimension) IN (SELECT (passage_id, dimension) FROM touched);

INSERT INTO codes BY NAME
SELECT before.* EXCLUDE (passage_sha256, valid_from, valid_to, cause),
    getvariable('moment') AS made_at
FROM before
QUALIFY valid_to = max(valid_to) OVER (PARTITION BY passage_id, dimension);

INSERT INTO paper_events BY NAME
SELECT DISTINCT getvariable('moment') AS happened_at, paper_id, 'correction' AS cause,
    'undo set_label' AS detail
FROM touched;

DROP TABLE touched;
DROP TABLE before;

-- Labels that people set, on the current passages of getvariable('paper') (NULL: of all papers).
-- The newest word on a label counts. A dimension's codes of a passage go to history as a set, so
-- that undoing finds what the model said.
CREATE OR REPLACE TEMP TABLE said AS
SELECT passage_id, passages.paper_id, passages.passage_sha256, dimension, label, selected, alone,
    made_by, made_at
FROM corrections JOIN passages USING (passage_sha256)
WHERE kind = 'set_label' AND undone_at IS NULL
    AND (getvariable('paper') IS NULL OR passages.paper_id = getvariable('paper'))
QUALIFY row_number() OVER (
    PARTITION BY passage_id, dimension, label ORDER BY made_at DESC
) = 1;

-- Of several labels of which one alone can hold, the newest does.
DELETE FROM said USING (
    SELECT passage_id, dimension, max(made_at) AS newest FROM said WHERE alone GROUP BY ALL
) AS last
WHERE said.passage_id = last.passage_id AND said.dimension = last.dimension
    AND said.selected AND said.made_at < last.newest;

-- What is so already is left alone.
DELETE FROM said USING codes
WHERE said.passage_id = codes.passage_id AND said.dimension = codes.dimension
    AND said.label = codes.label AND said.selected AND codes.selected
    AND codes.model_id = 'person:' || said.made_by;

DELETE FROM said
WHERE NOT selected AND NOT EXISTS (
    FROM codes
    WHERE codes.passage_id = said.passage_id AND codes.dimension = said.dimension
        AND codes.label = said.label
);

CREATE OR REPLACE TEMP TABLE touched AS
SELECT DISTINCT passage_id, paper_id, passage_sha256, dimension FROM said;

CREATE OR REPLACE TEMP TABLE before AS
SELECT codes.* FROM codes SEMI JOIN touched USING (passage_id, dimension);

INSERT INTO codes_history BY NAME
SELECT before.* EXCLUDE (made_at), passage_sha256, made_at AS valid_from,
    getvariable('moment') AS valid_to, 'correction' AS cause
FROM before JOIN touched USING (passage_id, dimension);

DELETE FROM codes
WHERE (passage_id, dimension) IN (SELECT (passage_id, dimension) FROM touched);

INSERT INTO codes BY NAME
SELECT before.* REPLACE (
        selected AND alone.passage_id IS NULL AS selected,
        CASE WHEN alone.passage_id IS NULL THEN decision ELSE 'no' END AS decision,
        getvariable('moment') AS made_at
    )
FROM before
ANTI JOIN said USING (passage_id, dimension, label)
LEFT JOIN (SELECT DISTINCT passage_id, dimension FROM said WHERE alone) AS alone
    USING (passage_id, dimension)
WHERE alone.passage_id IS NULL
    OR (probability >= 0.05 AND model_id NOT LIKE 'person:%');

INSERT INTO codes BY NAME
SELECT passage_id, dimension, label, 1.0 AS probability, true AS selected, 'yes' AS decision,
    'person:' || made_by AS model_id,
    coalesce(
        (SELECT max(codebook_version) FROM codebook_labels
         WHERE codebook_labels.dimension = said.dimension), '1'
    ) AS codebook_version,
    paper_id, getvariable('moment') AS made_at
FROM said
WHERE selected;

INSERT INTO paper_events BY NAME
SELECT DISTINCT getvariable('moment') AS happened_at, paper_id, 'correction' AS cause,
    'set_label' AS detail
FROM touched;

DROP TABLE said;
DROP TABLE touched;
DROP TABLE before;

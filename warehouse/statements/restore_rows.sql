-- Brings the rows of withdrawn paper getvariable('paper') back; codes and facts hold from now on.
INSERT INTO main.paper_texts BY NAME
FROM withdrawn.paper_texts WHERE paper_id = getvariable('paper');

INSERT INTO main.sections BY NAME
FROM withdrawn.sections WHERE paper_id = getvariable('paper');

INSERT INTO main.passages BY NAME
FROM withdrawn.passages WHERE paper_id = getvariable('paper');

INSERT INTO main.passage_boxes BY NAME
FROM withdrawn.passage_boxes WHERE paper_id = getvariable('paper');

INSERT INTO main.passage_vectors BY NAME
FROM withdrawn.passage_vectors WHERE paper_id = getvariable('paper');

INSERT INTO main.tables BY NAME
FROM withdrawn.tables WHERE paper_id = getvariable('paper');

INSERT INTO main.paper_works BY NAME
FROM withdrawn.paper_works WHERE paper_id = getvariable('paper');

INSERT INTO main.citations BY NAME
FROM withdrawn.citations WHERE paper_id = getvariable('paper');

INSERT INTO main.mentions BY NAME
FROM withdrawn.mentions WHERE paper_id = getvariable('paper');

INSERT INTO main.sentences BY NAME
FROM withdrawn.sentences WHERE paper_id = getvariable('paper');

INSERT INTO main.sentence_works BY NAME
FROM withdrawn.sentence_works WHERE paper_id = getvariable('paper');

INSERT INTO main.facts BY NAME
SELECT * REPLACE (getvariable('moment') AS made_at)
FROM withdrawn.facts WHERE paper_id = getvariable('paper');

INSERT INTO main.relations BY NAME
FROM withdrawn.relations WHERE paper_id = getvariable('paper');

INSERT INTO main.codes BY NAME
SELECT * REPLACE (getvariable('moment') AS made_at)
FROM withdrawn.codes WHERE paper_id = getvariable('paper');

INSERT INTO main.issues BY NAME
FROM withdrawn.issues WHERE paper_id = getvariable('paper');

INSERT INTO main.works BY NAME
FROM withdrawn.works
WHERE work_id IN (SELECT work_id FROM paper_works WHERE paper_id = getvariable('paper'))
    AND work_id NOT IN (SELECT work_id FROM main.works);

INSERT INTO main.entities BY NAME
FROM withdrawn.entities
WHERE entity_id IN (
        SELECT entity_id FROM mentions WHERE paper_id = getvariable('paper')
        UNION SELECT entity_id FROM facts WHERE paper_id = getvariable('paper')
        UNION SELECT subject_id FROM relations WHERE paper_id = getvariable('paper')
        UNION SELECT object_id FROM relations WHERE paper_id = getvariable('paper')
    )
    AND entity_id NOT IN (SELECT entity_id FROM main.entities);

DELETE FROM withdrawn.paper_texts WHERE paper_id = getvariable('paper');
DELETE FROM withdrawn.sections WHERE paper_id = getvariable('paper');
DELETE FROM withdrawn.passages WHERE paper_id = getvariable('paper');
DELETE FROM withdrawn.passage_boxes WHERE paper_id = getvariable('paper');
DELETE FROM withdrawn.passage_vectors WHERE paper_id = getvariable('paper');
DELETE FROM withdrawn.tables WHERE paper_id = getvariable('paper');
DELETE FROM withdrawn.paper_works WHERE paper_id = getvariable('paper');
DELETE FROM withdrawn.citations WHERE paper_id = getvariable('paper');
DELETE FROM withdrawn.mentions WHERE paper_id = getvariable('paper');
DELETE FROM withdrawn.sentences WHERE paper_id = getvariable('paper');
DELETE FROM withdrawn.sentence_works WHERE paper_id = getvariable('paper');
DELETE FROM withdrawn.facts WHERE paper_id = getvariable('paper');
DELETE FROM withdrawn.relations WHERE paper_id = getvariable('paper');
DELETE FROM withdrawn.codes WHERE paper_id = getvariable('paper');
DELETE FROM withdrawn.issues WHERE paper_id = getvariable('paper');

UPDATE papers SET withdrawn_at = NULL, withdrawn_reason = NULL
WHERE paper_id = getvariable('paper');

INSERT INTO paper_events BY NAME
SELECT getvariable('moment') AS happened_at, getvariable('paper') AS paper_id,
    'restored' AS cause;

-- Takes the rows of paper getvariable('paper') out of every table but `papers` and
-- `paper_sources`; codes and facts go to history, ended at getvariable('moment') for the reason
-- getvariable('cause').
INSERT INTO codes_history BY NAME
SELECT codes.* EXCLUDE (made_at), passage_sha256, codes.made_at AS valid_from,
    getvariable('moment') AS valid_to, getvariable('cause') AS cause
FROM codes JOIN passages USING (passage_id)
WHERE codes.paper_id = getvariable('paper');

INSERT INTO facts_history BY NAME
SELECT facts.* EXCLUDE (made_at), passage_sha256, facts.made_at AS valid_from,
    getvariable('moment') AS valid_to, getvariable('cause') AS cause
FROM facts JOIN passages USING (passage_id)
WHERE facts.paper_id = getvariable('paper');

CREATE OR REPLACE TEMP TABLE left_entities AS
SELECT entity_id FROM mentions WHERE paper_id = getvariable('paper')
UNION SELECT entity_id FROM facts WHERE paper_id = getvariable('paper')
UNION SELECT subject_id FROM relations WHERE paper_id = getvariable('paper')
UNION SELECT object_id FROM relations WHERE paper_id = getvariable('paper')
UNION SELECT read_entity_id FROM mentions WHERE paper_id = getvariable('paper');

CREATE OR REPLACE TEMP TABLE left_works AS
SELECT work_id FROM paper_works WHERE paper_id = getvariable('paper');

DELETE FROM paper_texts WHERE paper_id = getvariable('paper');
DELETE FROM sections WHERE paper_id = getvariable('paper');
DELETE FROM passages WHERE paper_id = getvariable('paper');
DELETE FROM passage_boxes WHERE paper_id = getvariable('paper');
DELETE FROM passage_vectors WHERE paper_id = getvariable('paper');
DELETE FROM tables WHERE paper_id = getvariable('paper');
DELETE FROM paper_works WHERE paper_id = getvariable('paper');
DELETE FROM citations WHERE paper_id = getvariable('paper');
DELETE FROM mentions WHERE paper_id = getvariable('paper');
DELETE FROM sentences WHERE paper_id = getvariable('paper');
DELETE FROM sentence_works WHERE paper_id = getvariable('paper');
DELETE FROM facts WHERE paper_id = getvariable('paper');
DELETE FROM relations WHERE paper_id = getvariable('paper');
DELETE FROM codes WHERE paper_id = getvariable('paper');
DELETE FROM issues WHERE paper_id = getvariable('paper');
DELETE FROM kept.paper_vectors WHERE paper_id = getvariable('paper');

-- Entities and works that no other paper speaks of go with it.
DELETE FROM works USING left_works
WHERE works.work_id = left_works.work_id
    AND works.work_id NOT IN (SELECT work_id FROM paper_works);

DELETE FROM entities USING left_entities
WHERE entities.entity_id = left_entities.entity_id
    AND entities.entity_id NOT IN (SELECT entity_id FROM mentions)
    AND entities.entity_id NOT IN (SELECT entity_id FROM facts WHERE entity_id IS NOT NULL)
    AND entities.entity_id NOT IN (SELECT subject_id FROM relations)
    AND entities.entity_id NOT IN (SELECT object_id FROM relations);

DROP TABLE left_entities;
DROP TABLE left_works;

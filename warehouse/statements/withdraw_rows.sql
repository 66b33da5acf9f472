-- Moves the rows of paper getvariable('paper') aside; `remove_paper` takes them out after.
INSERT INTO withdrawn.paper_texts BY NAME
FROM main.paper_texts WHERE paper_id = getvariable('paper');

INSERT INTO withdrawn.sections BY NAME
FROM main.sections WHERE paper_id = getvariable('paper');

INSERT INTO withdrawn.passages BY NAME
FROM main.passages WHERE paper_id = getvariable('paper');

INSERT INTO withdrawn.passage_boxes BY NAME
FROM main.passage_boxes WHERE paper_id = getvariable('paper');

INSERT INTO withdrawn.passage_vectors BY NAME
FROM main.passage_vectors WHERE paper_id = getvariable('paper');

INSERT INTO withdrawn.tables BY NAME
FROM main.tables WHERE paper_id = getvariable('paper');

INSERT INTO withdrawn.paper_works BY NAME
FROM main.paper_works WHERE paper_id = getvariable('paper');

INSERT INTO withdrawn.citations BY NAME
FROM main.citations WHERE paper_id = getvariable('paper');

INSERT INTO withdrawn.mentions BY NAME
FROM main.mentions WHERE paper_id = getvariable('paper');

INSERT INTO withdrawn.sentences BY NAME
FROM main.sentences WHERE paper_id = getvariable('paper');

INSERT INTO withdrawn.sentence_works BY NAME
FROM main.sentence_works WHERE paper_id = getvariable('paper');

INSERT INTO withdrawn.facts BY NAME
FROM main.facts WHERE paper_id = getvariable('paper');

INSERT INTO withdrawn.relations BY NAME
FROM main.relations WHERE paper_id = getvariable('paper');

INSERT INTO withdrawn.codes BY NAME
FROM main.codes WHERE paper_id = getvariable('paper');

INSERT INTO withdrawn.issues BY NAME
FROM main.issues WHERE paper_id = getvariable('paper');

INSERT INTO withdrawn.works BY NAME
FROM main.works
WHERE work_id IN (SELECT work_id FROM paper_works WHERE paper_id = getvariable('paper'))
    AND work_id NOT IN (SELECT work_id FROM withdrawn.works);

INSERT INTO withdrawn.entities BY NAME
FROM main.entities
WHERE entity_id IN (
        SELECT entity_id FROM mentions WHERE paper_id = getvariable('paper')
        UNION SELECT entity_id FROM facts WHERE paper_id = getvariable('paper')
        UNION SELECT subject_id FROM relations WHERE paper_id = getvariable('paper')
        UNION SELECT object_id FROM relations WHERE paper_id = getvariable('paper')
    )
    AND entity_id NOT IN (SELECT entity_id FROM withdrawn.entities);

UPDATE papers SET
    withdrawn_at = getvariable('moment'),
    withdrawn_reason = (
        SELECT arg_max(reason, made_at) FROM corrections
        WHERE kind = 'withdraw_paper' AND undone_at IS NULL
            AND (
                corrections.text_sha256 = papers.text_sha256
                OR corrections.source = papers.source
            )
    )
WHERE paper_id = getvariable('paper');

INSERT INTO paper_events BY NAME
SELECT getvariable('moment') AS happened_at, getvariable('paper') AS paper_id,
    'withdrawn' AS cause;

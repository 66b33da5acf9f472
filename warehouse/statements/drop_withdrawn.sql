-- Forgets what was kept of a withdrawn paper that is replaced.
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

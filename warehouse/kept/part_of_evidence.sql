-- `part`: what the evidence map rests on, the passages that have a label of both its sides.
CREATE OR REPLACE TEMP TABLE possible AS
FROM main.codes
WHERE dimension IN ('governance', 'upgrading_path') AND (selected OR decision = 'unsure');
CREATE OR REPLACE TEMP TABLE both_sides AS
SELECT passage_id FROM possible
GROUP BY passage_id
HAVING min(dimension) != max(dimension);

CREATE SCHEMA part.kept;
CREATE TABLE part.papers AS SELECT paper_id, year FROM main.papers;
CREATE TABLE part.entities AS FROM main.entities;
CREATE TABLE part.work_papers AS
SELECT id AS work_id, state AS paper_id FROM state_now WHERE what = 'work';
CREATE TABLE part.passages AS
SELECT passage_id, paper_id, text, heading_end
FROM main.passages SEMI JOIN both_sides USING (passage_id);
CREATE TABLE part.codes AS FROM possible SEMI JOIN both_sides USING (passage_id);
CREATE TABLE part.mentions AS
SELECT passage_id, paper_id, entity_id, kind
FROM main.mentions SEMI JOIN both_sides USING (passage_id)
WHERE kind IN ('CLUSTER', 'COUNTRY');
CREATE TABLE part.facts AS FROM main.facts SEMI JOIN both_sides USING (passage_id);
CREATE TABLE part.citations AS FROM main.citations SEMI JOIN both_sides USING (passage_id);
CREATE TABLE part.sentences AS FROM main.sentences SEMI JOIN both_sides USING (passage_id);
CREATE TABLE part.sentence_works AS
FROM main.sentence_works SEMI JOIN part.sentences USING (sentence_id);
DROP TABLE both_sides;
DROP TABLE possible;

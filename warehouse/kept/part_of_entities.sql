-- `part`: all that is said of the entities that the new papers speak of, whichever paper says it.
CREATE OR REPLACE TEMP TABLE spoken AS
SELECT DISTINCT entity_id FROM fresh_spoken_of
UNION
SELECT entity_id FROM main.facts SEMI JOIN changed USING (paper_id) WHERE entity_id IS NOT NULL
UNION
SELECT id FROM differ WHERE what = 'entity';

CREATE OR REPLACE TEMP TABLE spoken_in AS
SELECT DISTINCT passage_id FROM kept.spoken_of SEMI JOIN spoken USING (entity_id)
UNION
SELECT passage_id FROM fresh_spoken_of;

CREATE SCHEMA part.kept;
CREATE TABLE part.codes AS FROM main.codes SEMI JOIN spoken_in USING (passage_id) WHERE selected;
CREATE TABLE part.mentions AS FROM main.mentions SEMI JOIN spoken_in USING (passage_id);
CREATE TABLE part.facts AS
FROM main.facts
WHERE entity_id IN (SELECT entity_id FROM spoken)
    OR passage_id IN (SELECT passage_id FROM spoken_in);
CREATE TABLE part.sentence_works AS
FROM main.sentence_works SEMI JOIN part.facts USING (sentence_id);
CREATE TABLE part.entities AS FROM main.entities;
CREATE TABLE part.work_papers AS
SELECT id AS work_id, state AS paper_id FROM state_now WHERE what = 'work';
CREATE TABLE part.unit_scales AS FROM main.unit_scales;

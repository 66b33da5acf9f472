-- `part`: a small warehouse in memory that holds the changed papers alone, under the same names.
CREATE SCHEMA part.kept;
CREATE TABLE part.papers AS FROM main.papers SEMI JOIN changed USING (paper_id);
CREATE TABLE part.passages AS FROM main.passages SEMI JOIN changed USING (paper_id);
CREATE TABLE part.codes AS FROM main.codes SEMI JOIN changed USING (paper_id);
CREATE TABLE part.mentions AS FROM main.mentions SEMI JOIN changed USING (paper_id);
CREATE TABLE part.facts AS FROM main.facts SEMI JOIN changed USING (paper_id);
CREATE TABLE part.sentences AS FROM main.sentences SEMI JOIN changed USING (paper_id);
CREATE TABLE part.sentence_works AS FROM main.sentence_works SEMI JOIN changed USING (paper_id);
CREATE TABLE part.citations AS FROM main.citations SEMI JOIN changed USING (paper_id);
CREATE TABLE part.paper_works AS FROM main.paper_works SEMI JOIN changed USING (paper_id);
CREATE TABLE part.entities AS FROM main.entities;
CREATE TABLE part.work_papers AS
SELECT id AS work_id, state AS paper_id FROM state_now WHERE what = 'work';

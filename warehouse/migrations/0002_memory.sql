-- What was true before, why it changed, and what people corrected. History rows are whole rows of
-- their table with the time they held (from `valid_from` up to, not including, `valid_to`).
CREATE TABLE recipes (recipe VARCHAR NOT NULL, part VARCHAR NOT NULL, value VARCHAR NOT NULL);
CREATE TABLE paper_events (
    happened_at TIMESTAMP NOT NULL, paper_id VARCHAR NOT NULL, cause VARCHAR NOT NULL, source VARCHAR,
    sha256 VARCHAR, recipe VARCHAR, model_id VARCHAR, detail VARCHAR
);
CREATE TABLE codes_history (
    passage_id VARCHAR NOT NULL, dimension VARCHAR NOT NULL, label VARCHAR NOT NULL,
    probability FLOAT NOT NULL, selected BOOLEAN NOT NULL, decision VARCHAR NOT NULL,
    model_id VARCHAR NOT NULL, codebook_version VARCHAR NOT NULL, paper_id VARCHAR NOT NULL,
    passage_sha256 VARCHAR NOT NULL, valid_from TIMESTAMP NOT NULL, valid_to TIMESTAMP NOT NULL,
    cause VARCHAR NOT NULL
);
CREATE TABLE facts_history (
    fact_id VARCHAR NOT NULL, passage_id VARCHAR NOT NULL, sentence_id VARCHAR, entity_id VARCHAR,
    country VARCHAR, metric VARCHAR NOT NULL, value DOUBLE NOT NULL, value_from DOUBLE,
    change_from DOUBLE, unit VARCHAR NOT NULL, year INTEGER, year_from INTEGER, year_to INTEGER,
    qualifier VARCHAR, quote VARCHAR NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    claim_source VARCHAR NOT NULL, work_id VARCHAR, assertion VARCHAR NOT NULL, rule VARCHAR,
    paper_id VARCHAR NOT NULL, read_entity_id VARCHAR, recipe VARCHAR NOT NULL,
    passage_sha256 VARCHAR NOT NULL, valid_from TIMESTAMP NOT NULL, valid_to TIMESTAMP NOT NULL,
    cause VARCHAR NOT NULL
);
CREATE TABLE corrections (
    correction_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, passage_sha256 VARCHAR,
    entity_id VARCHAR, to_entity_id VARCHAR, surface VARCHAR, metric VARCHAR, value DOUBLE,
    quote_sha256 VARCHAR, dimension VARCHAR, label VARCHAR, selected BOOLEAN, alone BOOLEAN,
    new_name VARCHAR, text_sha256 VARCHAR, source VARCHAR, doi VARCHAR, paper_id VARCHAR, made_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL, made_at TIMESTAMP NOT NULL, undone_at TIMESTAMP
);

-- Rows of withdrawn papers wait here, so that no query meets them and `restore` loses nothing;
-- entities that people merged away, too.
CREATE SCHEMA withdrawn;
CREATE TABLE withdrawn.paper_texts AS FROM main.paper_texts LIMIT 0;
CREATE TABLE withdrawn.sections AS FROM main.sections LIMIT 0;
CREATE TABLE withdrawn.passages AS FROM main.passages LIMIT 0;
CREATE TABLE withdrawn.passage_boxes AS FROM main.passage_boxes LIMIT 0;
CREATE TABLE withdrawn.passage_vectors AS FROM main.passage_vectors LIMIT 0;
CREATE TABLE withdrawn.tables AS FROM main.tables LIMIT 0;
CREATE TABLE withdrawn.paper_works AS FROM main.paper_works LIMIT 0;
CREATE TABLE withdrawn.works AS FROM main.works LIMIT 0;
CREATE TABLE withdrawn.citations AS FROM main.citations LIMIT 0;
CREATE TABLE withdrawn.entities AS FROM main.entities LIMIT 0;
CREATE TABLE withdrawn.mentions AS FROM main.mentions LIMIT 0;
CREATE TABLE withdrawn.sentences AS FROM main.sentences LIMIT 0;
CREATE TABLE withdrawn.sentence_works AS FROM main.sentence_works LIMIT 0;
CREATE TABLE withdrawn.facts AS FROM main.facts LIMIT 0;
CREATE TABLE withdrawn.relations AS FROM main.relations LIMIT 0;
CREATE TABLE withdrawn.codes AS FROM main.codes LIMIT 0;
CREATE TABLE withdrawn.issues AS FROM main.issues LIMIT 0;

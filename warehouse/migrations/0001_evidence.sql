-- Papers, what was read in them and what was found. No primary keys: their indexes would cost more
-- memory than they save, and DuckDB refuses to delete and insert a key in one transaction in some
-- orders; uniqueness comes from content ids and one writer, and is checked by warehouse/checks.
-- Every child carries paper_id, so that a paper is replaced or withdrawn whole. Times are UTC.

CREATE TABLE papers (
    paper_id VARCHAR NOT NULL, title VARCHAR, authors VARCHAR[], year INTEGER, doi VARCHAR,
    language VARCHAR, abstract VARCHAR, keywords VARCHAR[], source VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL, media_type VARCHAR NOT NULL, n_pages INTEGER, n_words INTEGER NOT NULL,
    parser_version VARCHAR NOT NULL, ingested_at TIMESTAMP NOT NULL,
    metadata_origin MAP(VARCHAR, VARCHAR), text_sha256 VARCHAR NOT NULL,
    recipe VARCHAR NOT NULL, withdrawn_at TIMESTAMP, withdrawn_reason VARCHAR
);
CREATE TABLE paper_texts (paper_id VARCHAR NOT NULL, text VARCHAR NOT NULL);
CREATE TABLE paper_sources (
    paper_id VARCHAR NOT NULL, source VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,
    relation VARCHAR NOT NULL, size BIGINT, mtime_ns BIGINT, recipe VARCHAR NOT NULL,
    noted_at TIMESTAMP NOT NULL
);
CREATE TABLE rejects (
    source VARCHAR NOT NULL, sha256 VARCHAR, stage VARCHAR NOT NULL, reason VARCHAR NOT NULL,
    detail VARCHAR NOT NULL, "at" TIMESTAMP NOT NULL, size BIGINT, mtime_ns BIGINT,
    recipe VARCHAR NOT NULL
);
CREATE TABLE sections (
    section_id VARCHAR NOT NULL, paper_id VARCHAR NOT NULL, ordinal INTEGER NOT NULL,
    level INTEGER NOT NULL, heading VARCHAR, role VARCHAR NOT NULL
);
CREATE TABLE passages (
    passage_id VARCHAR NOT NULL, paper_id VARCHAR NOT NULL, section_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL, page INTEGER, page_to INTEGER, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, text VARCHAR NOT NULL, heading_end INTEGER NOT NULL DEFAULT 0,
    passage_sha256 VARCHAR NOT NULL
);
CREATE TABLE passage_boxes (
    passage_id VARCHAR NOT NULL, paper_id VARCHAR NOT NULL, page INTEGER NOT NULL,
    "left" FLOAT NOT NULL, top FLOAT NOT NULL, "right" FLOAT NOT NULL, bottom FLOAT NOT NULL
);
CREATE TABLE passage_vectors (
    passage_id VARCHAR NOT NULL, paper_id VARCHAR NOT NULL, vector BLOB NOT NULL
);
CREATE TABLE tables (
    table_id VARCHAR NOT NULL, paper_id VARCHAR NOT NULL, caption VARCHAR, page INTEGER,
    cells VARCHAR[][] NOT NULL, section_id VARCHAR
);
CREATE TABLE works (
    work_id VARCHAR NOT NULL, authors VARCHAR[], year VARCHAR, title VARCHAR, container VARCHAR,
    doi VARCHAR
);
CREATE TABLE paper_works (
    paper_id VARCHAR NOT NULL, work_id VARCHAR NOT NULL, ordinal INTEGER NOT NULL, raw VARCHAR,
    key VARCHAR
);
CREATE TABLE citations (
    citation_id VARCHAR NOT NULL, passage_id VARCHAR NOT NULL, work_id VARCHAR,
    surface VARCHAR NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    paper_id VARCHAR NOT NULL
);
CREATE TABLE entities (
    entity_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, name VARCHAR NOT NULL, country VARCHAR,
    sector VARCHAR, isic VARCHAR, actor_type VARCHAR, standard_type VARCHAR,
    read_name VARCHAR NOT NULL
);
CREATE TABLE mentions (
    mention_id VARCHAR NOT NULL, passage_id VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    entity_id VARCHAR NOT NULL, surface VARCHAR NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, method VARCHAR NOT NULL, confidence FLOAT NOT NULL, reason VARCHAR,
    paper_id VARCHAR NOT NULL, read_entity_id VARCHAR NOT NULL
);
CREATE TABLE sentences (
    sentence_id VARCHAR NOT NULL, passage_id VARCHAR NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, claim_source VARCHAR NOT NULL, assertion VARCHAR NOT NULL,
    paper_id VARCHAR NOT NULL
);
CREATE TABLE sentence_works (
    sentence_id VARCHAR NOT NULL, work_id VARCHAR NOT NULL, paper_id VARCHAR NOT NULL
);
CREATE TABLE facts (
    fact_id VARCHAR NOT NULL, passage_id VARCHAR NOT NULL, sentence_id VARCHAR, entity_id VARCHAR,
    country VARCHAR, metric VARCHAR NOT NULL, value DOUBLE NOT NULL, value_from DOUBLE,
    change_from DOUBLE, unit VARCHAR NOT NULL, year INTEGER, year_from INTEGER, year_to INTEGER,
    qualifier VARCHAR, quote VARCHAR NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    claim_source VARCHAR NOT NULL, work_id VARCHAR, assertion VARCHAR NOT NULL, rule VARCHAR,
    paper_id VARCHAR NOT NULL, read_entity_id VARCHAR, recipe VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL
);
CREATE TABLE relations (
    relation_id VARCHAR NOT NULL, passage_id VARCHAR NOT NULL, subject_id VARCHAR NOT NULL,
    relation VARCHAR NOT NULL, object_id VARCHAR NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, confidence FLOAT NOT NULL, claim_source VARCHAR NOT NULL,
    work_id VARCHAR, assertion VARCHAR NOT NULL, paper_id VARCHAR NOT NULL,
    read_subject_id VARCHAR NOT NULL, read_object_id VARCHAR NOT NULL
);
CREATE TABLE codes (
    passage_id VARCHAR NOT NULL, dimension VARCHAR NOT NULL, label VARCHAR NOT NULL,
    probability FLOAT NOT NULL, selected BOOLEAN NOT NULL, decision VARCHAR NOT NULL,
    model_id VARCHAR NOT NULL, codebook_version VARCHAR NOT NULL, paper_id VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL
);
CREATE TABLE codebook_labels (
    codebook_version VARCHAR NOT NULL, dimension VARCHAR NOT NULL, label VARCHAR NOT NULL,
    definition VARCHAR NOT NULL
);
CREATE TABLE annotations (
    annotation_id VARCHAR NOT NULL, passage_sha256 VARCHAR NOT NULL, passage_id VARCHAR,
    dimension VARCHAR NOT NULL, label VARCHAR, coder VARCHAR NOT NULL,
    codebook_version VARCHAR NOT NULL, "at" TIMESTAMP NOT NULL, origin VARCHAR NOT NULL,
    text VARCHAR, "group" VARCHAR
);
CREATE TABLE models (
    model_id VARCHAR NOT NULL, dimension VARCHAR NOT NULL, status VARCHAR NOT NULL,
    trained_at TIMESTAMP, card VARCHAR, promoted_at TIMESTAMP, reason VARCHAR
);
CREATE TABLE runs (
    run_id VARCHAR NOT NULL, flow VARCHAR NOT NULL, started_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP, status VARCHAR NOT NULL, counts MAP(VARCHAR, BIGINT), report VARCHAR
);
CREATE TABLE issues (
    issue_id VARCHAR NOT NULL, paper_id VARCHAR, stage VARCHAR NOT NULL, problem VARCHAR NOT NULL,
    detail VARCHAR NOT NULL
);
CREATE TABLE fingerprints (
    paper_id VARCHAR NOT NULL, doi VARCHAR, title_key VARCHAR, authors_key VARCHAR,
    minhash BLOB NOT NULL
);

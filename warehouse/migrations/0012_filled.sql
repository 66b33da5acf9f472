-- From what the kept tables were filled: publishing again looks at nothing but what differs.
CREATE TABLE kept.filled (what VARCHAR NOT NULL, id VARCHAR NOT NULL, state VARCHAR NOT NULL);
COMMENT ON TABLE kept.filled IS 'What the kept tables were last filled from.';
COMMENT ON COLUMN kept.filled.what IS 'paper, entity, work, or all: what holds for every row.';
COMMENT ON COLUMN kept.filled.id IS 'The paper, entity or work.';
COMMENT ON COLUMN kept.filled.state IS 'How it was: a paper by its last event, an entity by its words, a work by the paper it is.';

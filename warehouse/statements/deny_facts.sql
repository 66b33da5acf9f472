-- Facts that a person denied leave the current rows of getvariable('paper') (NULL: of all papers).
CREATE OR REPLACE TEMP TABLE denied AS
SELECT DISTINCT fact_id, passages.passage_sha256
FROM facts
JOIN passages USING (passage_id)
JOIN papers ON papers.paper_id = facts.paper_id
JOIN corrections
    ON corrections.kind = 'deny_fact' AND corrections.undone_at IS NULL
    AND (
        corrections.passage_sha256 = passages.passage_sha256
        OR corrections.source = papers.source
    )
    AND corrections.metric = facts.metric AND corrections.value = facts.value
    AND corrections.quote_sha256 = sha256(facts.quote)
WHERE getvariable('paper') IS NULL OR facts.paper_id = getvariable('paper');

INSERT INTO facts_history BY NAME
SELECT facts.* EXCLUDE (made_at), passage_sha256, facts.made_at AS valid_from,
    getvariable('moment') AS valid_to, 'correction' AS cause
FROM facts JOIN denied USING (fact_id);

INSERT INTO paper_events BY NAME
SELECT getvariable('moment') AS happened_at, paper_id, 'correction' AS cause,
    'deny_fact' AS detail
FROM facts SEMI JOIN denied USING (fact_id)
GROUP BY paper_id;

DELETE FROM facts WHERE fact_id IN (SELECT fact_id FROM denied);

DROP TABLE denied;

-- The fact comes back as it was last read, if its passage is still there.
INSERT INTO facts BY NAME
SELECT facts_history.* EXCLUDE (passage_sha256, valid_from, valid_to, cause),
    getvariable('moment') AS made_at
FROM facts_history
SEMI JOIN passages USING (passage_id)
JOIN papers ON papers.paper_id = facts_history.paper_id
JOIN corrections
    ON corrections.correction_id = getvariable('correction')
    AND (
        corrections.passage_sha256 = facts_history.passage_sha256
        OR corrections.source = papers.source
    )
    AND corrections.metric = facts_history.metric AND corrections.value = facts_history.value
    AND corrections.quote_sha256 = sha256(facts_history.quote)
WHERE facts_history.cause = 'correction' AND fact_id NOT IN (SELECT fact_id FROM facts)
QUALIFY row_number() OVER (PARTITION BY fact_id ORDER BY valid_to DESC) = 1;

INSERT INTO paper_events BY NAME
SELECT getvariable('moment') AS happened_at, paper_id, 'correction' AS cause,
    'undo deny_fact' AS detail
FROM facts WHERE made_at = getvariable('moment')
GROUP BY paper_id;

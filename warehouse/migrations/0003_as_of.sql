-- What was so before, what changed and why, and which corrections no longer find their place.

-- The moment meant by a time, or by a model: the last one at which that model was in force.
CREATE MACRO moment_of(model_or_time) AS coalesce(
    try_cast(model_or_time AS TIMESTAMP),
    (
        SELECT max(last) FROM (
            SELECT TIMESTAMP '9999-12-31' AS last FROM codes WHERE model_id = model_or_time
            UNION ALL
            SELECT TIMESTAMP '9999-12-31'
            FROM recipes JOIN papers USING (recipe) WHERE recipes.value = model_or_time
            UNION ALL
            SELECT valid_to - INTERVAL 1 MICROSECOND FROM codes_history
            WHERE model_id = model_or_time
            UNION ALL
            SELECT valid_to - INTERVAL 1 MICROSECOND
            FROM facts_history JOIN recipes USING (recipe) WHERE recipes.value = model_or_time
        )
    )
);

CREATE MACRO facts_as_of(model_or_time) AS TABLE
SELECT fact_id, passage_id, sentence_id, entity_id, country, metric, value, value_from,
    change_from, unit, year, year_from, year_to, qualifier, quote, start, "end", claim_source,
    work_id, assertion, rule, paper_id, recipe, made_at AS valid_from,
    NULL::TIMESTAMP AS valid_to, NULL::VARCHAR AS ended_by
FROM facts
WHERE made_at <= moment_of(model_or_time)
UNION ALL
SELECT fact_id, passage_id, sentence_id, entity_id, country, metric, value, value_from,
    change_from, unit, year, year_from, year_to, qualifier, quote, start, "end", claim_source,
    work_id, assertion, rule, paper_id, recipe, valid_from, valid_to, cause
FROM facts_history
WHERE valid_from <= moment_of(model_or_time) AND valid_to > moment_of(model_or_time);

-- By time: the codes that held then. By model: what that model said last of each passage,
-- whatever took its place since.
CREATE MACRO codes_as_of(model_or_time) AS TABLE
SELECT passage_id, dimension, label, probability, selected, decision, model_id,
    codebook_version, paper_id, valid_from, valid_to, ended_by
FROM (
    SELECT passage_id, dimension, label, probability, selected, decision, model_id,
        codebook_version, paper_id, made_at AS valid_from, NULL::TIMESTAMP AS valid_to,
        NULL::VARCHAR AS ended_by
    FROM codes
    UNION ALL
    SELECT passage_id, dimension, label, probability, selected, decision, model_id,
        codebook_version, paper_id, valid_from, valid_to, cause
    FROM codes_history
)
WHERE CASE WHEN try_cast(model_or_time AS TIMESTAMP) IS NULL THEN model_id = model_or_time
    ELSE valid_from <= try_cast(model_or_time AS TIMESTAMP)
        AND (valid_to IS NULL OR valid_to > try_cast(model_or_time AS TIMESTAMP)) END
QUALIFY row_number() OVER (
    PARTITION BY passage_id, dimension, label ORDER BY valid_to DESC NULLS FIRST, valid_from DESC
) = 1;

-- What differs between two states (each a time or a model), and by which cause. Items are compared
-- by content, so a new reading that finds the same again is no change. Of codes, the selected ones.
CREATE MACRO changes(from_state, to_state) AS TABLE
WITH bounds AS (SELECT moment_of(from_state) AS t1, moment_of(to_state) AS t2),
items AS (
    SELECT 'fact' AS kind, concat_ws(' ', metric, value, unit, coalesce(year, year_to)) AS item,
        concat_ws('|', passage_sha256, metric, value, unit, year, year_from, year_to, entity_id,
            quote) AS content,
        facts.paper_id, passage_id, NULL AS model_id, made_at AS valid_from,
        TIMESTAMP '9999-12-31 12:00' AS valid_to, NULL AS cause
    FROM facts JOIN passages USING (passage_id)
    UNION ALL
    SELECT 'fact', concat_ws(' ', metric, value, unit, coalesce(year, year_to)),
        concat_ws('|', passage_sha256, metric, value, unit, year, year_from, year_to, entity_id,
            quote),
        paper_id, passage_id, NULL, valid_from, valid_to, cause
    FROM facts_history
    UNION ALL
    SELECT 'code', dimension || '=' || label, concat_ws('|', passage_sha256, dimension, label),
        codes.paper_id, passage_id, model_id, made_at, TIMESTAMP '9999-12-31 12:00', NULL
    FROM codes JOIN passages USING (passage_id)
    WHERE selected
    UNION ALL
    SELECT 'code', dimension || '=' || label, concat_ws('|', passage_sha256, dimension, label),
        paper_id, passage_id, model_id, valid_from, valid_to, cause
    FROM codes_history
    WHERE selected
),
gone AS (
    SELECT items.* FROM items, bounds WHERE valid_from <= t1 AND valid_to > t1 AND valid_to <= t2
),
come AS (SELECT items.* FROM items, bounds WHERE valid_from > t1 AND valid_from <= t2 AND valid_to > t2),
causes AS (
    SELECT paper_id, happened_at,
        coalesce(min(cause) FILTER (WHERE cause != 'correction'), min(cause)) AS cause
    FROM paper_events
    GROUP BY ALL
)
SELECT 'removed' AS change, kind, item, cause, valid_to AS happened_at, paper_id, passage_id,
    model_id
FROM gone ANTI JOIN come USING (kind, content)
UNION ALL
SELECT 'added', kind, item,
    CASE WHEN model_id LIKE 'person:%' THEN 'correction' ELSE causes.cause END, valid_from,
    come.paper_id, passage_id, model_id
FROM (FROM come ANTI JOIN gone USING (kind, content)) AS come
LEFT JOIN causes ON causes.paper_id = come.paper_id AND causes.happened_at = come.valid_from
UNION ALL
SELECT CASE WHEN paper_events.cause = 'withdrawn' THEN 'removed' ELSE 'added' END, 'paper',
    coalesce(title, paper_events.source, paper_events.paper_id), paper_events.cause, happened_at,
    paper_events.paper_id, NULL, NULL
FROM paper_events LEFT JOIN papers USING (paper_id), bounds
WHERE happened_at > t1 AND happened_at <= t2
    AND paper_events.cause IN ('new_paper', 'withdrawn', 'restored');

CREATE VIEW corrections_lost AS
SELECT corrections.*, CASE
        WHEN kind IN ('deny_fact', 'set_label') AND NOT EXISTS (
            FROM passages WHERE passages.passage_sha256 = corrections.passage_sha256
        ) THEN 'the passage is in no paper any more'
        WHEN kind = 'deny_fact' THEN 'the passage says nothing of the kind any more'
        WHEN kind = 'withdraw_paper' THEN 'the paper is not there any more'
        ELSE 'no paper speaks of the entity any more'
    END AS why
FROM corrections
WHERE undone_at IS NULL AND CASE kind
    WHEN 'deny_fact' THEN NOT EXISTS (
        FROM facts_history JOIN papers USING (paper_id)
        WHERE facts_history.cause = 'correction' AND valid_to >= papers.ingested_at
            AND facts_history.metric = corrections.metric
            AND facts_history.value = corrections.value
            AND sha256(facts_history.quote) = corrections.quote_sha256
            AND (
                facts_history.passage_sha256 = corrections.passage_sha256
                OR papers.source = corrections.source
            )
    )
    WHEN 'set_label' THEN corrections.passage_sha256 NOT IN (SELECT passage_sha256 FROM passages)
    WHEN 'withdraw_paper' THEN NOT EXISTS (
        FROM papers
        WHERE papers.text_sha256 = corrections.text_sha256 OR papers.source = corrections.source
    )
    ELSE corrections.entity_id NOT IN (SELECT read_entity_id FROM mentions)
        AND corrections.entity_id NOT IN (SELECT entity_id FROM entities)
    END;

SELECT entities.*,
    (SELECT count(*) FROM mentions WHERE entity_id = $id) AS n_mentions,
    (SELECT count(DISTINCT paper_id) FROM mentions WHERE entity_id = $id) AS n_papers,
    (SELECT list(DISTINCT surface) FROM mentions WHERE entity_id = $id) AS surfaces,
    (SELECT list(fact_id || ': ' || concat_ws(' ', metric, value, unit, year)) FROM facts
     WHERE entity_id = $id) AS facts,
    (SELECT any_value(passage_id) FROM mentions WHERE entity_id = $id) AS example_passage_id
FROM entities WHERE entity_id = $id

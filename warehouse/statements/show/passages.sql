SELECT passages.*,
    (SELECT list(DISTINCT kind || ' ' || surface) FROM mentions WHERE passage_id = $id) AS mentions,
    (SELECT list(fact_id || ': ' || concat_ws(' ', metric, value, unit, year) ORDER BY start)
     FROM facts WHERE passage_id = $id) AS facts,
    (SELECT list(
        dimension || ' ' || label || ' ' || round(probability, 2) || ' ' || decision
        || CASE WHEN selected THEN ' selected' ELSE '' END || ' by ' || model_id
        ORDER BY dimension, probability DESC
    ) FROM codes WHERE passage_id = $id) AS codes
FROM passages WHERE passage_id = $id

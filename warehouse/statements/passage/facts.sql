SELECT fact_id, metric, value, unit, coalesce(facts.year, year_to, year_from) AS year, qualifier,
    claim_source, assertion, start, "end", quote, name AS cluster, facts.country, rule
FROM facts LEFT JOIN entities USING (entity_id)
WHERE passage_id = $id
ORDER BY start

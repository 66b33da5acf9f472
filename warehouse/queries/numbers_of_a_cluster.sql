-- The numbers said of a cluster over time, with who says so, the works they trace to, and the quote.
-- param cluster text = NULL: part of its name
-- param metric text = NULL: employment, firms, exports, wage, …
WITH chosen AS (
    SELECT entity_id, name FROM kept.clusters
    WHERE $cluster IS NULL OR contains(lower(name), lower($cluster))
)
SELECT chosen.name AS cluster, facts.metric, coalesce(facts.year, year_to, year_from) AS year, facts.value,
    value_from, change_from, facts.unit, qualifier, claim_source, assertion,
    coalesce(works.authors[1] || ' ' || works.year, works.title) AS work, n_independent,
    papers.title AS paper, papers.year AS paper_year, quote, fact_id
FROM facts
JOIN chosen USING (entity_id)
JOIN papers USING (paper_id)
LEFT JOIN works USING (work_id)
LEFT JOIN kept.numbers AS numbers
    ON numbers.entity_id = facts.entity_id AND numbers.metric = facts.metric
    AND numbers.unit = facts.unit AND numbers.value = facts.value
    AND numbers.year IS NOT DISTINCT FROM coalesce(facts.year, facts.year_to, facts.year_from)
WHERE $metric IS NULL OR facts.metric = $metric
ORDER BY cluster, facts.metric, year NULLS LAST, value, fact_id
LIMIT 2000

-- The numbers said of a cluster over time, with who says so, the works they trace to, and the quote.
-- param cluster text = NULL: part of its name
-- param metric text = NULL: employment, firms, exports, wage, …
WITH chosen AS (
    SELECT entity_id, name FROM kept.clusters
    WHERE $cluster IS NULL OR contains(lower(name), lower($cluster))
),
said AS (
    SELECT chosen.name AS cluster, facts.*, coalesce(year, year_to, year_from) AS said_year
    FROM facts JOIN chosen USING (entity_id)
    WHERE $metric IS NULL OR metric = $metric
    ORDER BY cluster, metric, said_year NULLS LAST, value, fact_id
    LIMIT 2000
)
SELECT cluster, said.metric, said_year AS year, said.value, value_from, change_from, said.unit,
    qualifier, claim_source, assertion,
    coalesce(works.authors[1] || ' ' || works.year, works.title) AS work, n_independent,
    papers.title AS paper, papers.year AS paper_year, quote, fact_id
FROM said
JOIN papers USING (paper_id)
LEFT JOIN works USING (work_id)
LEFT JOIN kept.numbers AS numbers
    ON numbers.entity_id = said.entity_id AND numbers.metric = said.metric
    AND numbers.unit = said.unit AND numbers.value = said.value
    AND numbers.year IS NOT DISTINCT FROM said_year
ORDER BY cluster, said.metric, said_year NULLS LAST, said.value, fact_id

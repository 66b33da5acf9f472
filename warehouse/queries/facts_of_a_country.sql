-- Numbers said of a country's clusters and industry.
-- param country text: ISO 3166 alpha-2
-- param metric text = NULL: employment, firms, exports, …
SELECT facts.country, entities.name AS cluster, metric, coalesce(facts.year, year_to, year_from) AS year,
    value, unit, qualifier, claim_source, assertion, quote, papers.title AS paper, fact_id
FROM facts LEFT JOIN entities USING (entity_id) JOIN papers USING (paper_id)
WHERE facts.country = $country AND ($metric IS NULL OR metric = $metric)
ORDER BY cluster NULLS LAST, metric, year NULLS LAST, value, fact_id
LIMIT 1000

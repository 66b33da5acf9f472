-- Which standards are spoken of in which country, by how many papers.
-- param country text = NULL: ISO 3166 alpha-2
SELECT uses.country, entities.name AS standard, standard_type, CAST(sum(n_passages) AS BIGINT) AS n_passages,
    max(n_papers) AS n_papers_at_least
FROM kept.standard_uses AS uses JOIN entities ON entities.entity_id = standard_id
WHERE uses.country IS NOT NULL AND ($country IS NULL OR uses.country = $country)
GROUP BY ALL
ORDER BY uses.country, n_passages DESC, standard
LIMIT 5000

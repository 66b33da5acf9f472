-- Which standards are spoken of where, and with which outcome.
-- param standard text = NULL: part of its name
-- param country text = NULL: ISO 3166 alpha-2
SELECT standards.name AS standard, standards.standard_type, uses.country,
    clusters.name AS cluster, outcome, CAST(sum(n_passages) AS BIGINT) AS n_passages, max(uses.n_papers) AS n_papers,
    min(example_passage_id) AS example
FROM kept.standard_uses AS uses
JOIN entities AS standards ON standards.entity_id = standard_id
LEFT JOIN entities AS clusters ON clusters.entity_id = cluster_id
WHERE ($standard IS NULL OR contains(lower(standards.name), lower($standard)))
    AND ($country IS NULL OR uses.country = $country)
GROUP BY ALL
ORDER BY n_passages DESC, standard, uses.country, cluster, outcome
LIMIT 2000

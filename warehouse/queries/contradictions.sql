-- Numbers of a cluster that cannot all be true, from independent sources, the widest apart first.
-- param cluster text = NULL: part of its name
SELECT entities.name AS cluster, entities.country, metric, year, unit, low, high,
    CASE WHEN low > 0 AND unit != 'year' THEN round(high / low, 2) END AS times, n_independent,
    entity_id
FROM kept.contradicted JOIN entities USING (entity_id)
WHERE $cluster IS NULL OR contains(lower(entities.name), lower($cluster))
ORDER BY times DESC NULLS LAST, cluster, metric, year
LIMIT 2000

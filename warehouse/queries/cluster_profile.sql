-- What is known of a cluster: place, size, governance, paths of upgrading, standards, actors, outcomes.
-- param cluster text = NULL: part of its name
-- param country text = NULL: ISO 3166 alpha-2
SELECT name, country, sector, n_papers, n_passages, employment, employment_year, firms, firms_year,
    governance, upgrading_paths, standards[:10] AS standards, actors[:10] AS actors, outcomes,
    entity_id
FROM kept.clusters
WHERE ($cluster IS NULL OR contains(lower(name), lower($cluster)))
    AND ($country IS NULL OR country = $country)
ORDER BY n_papers DESC, n_passages DESC, name

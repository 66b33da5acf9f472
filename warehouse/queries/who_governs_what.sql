-- Which forms of governance are spoken of for which cluster, and the kinds of actor that act.
-- param cluster text = NULL: part of its name
-- param country text = NULL: ISO 3166 alpha-2
SELECT clusters.name AS cluster, clusters.country, dimension, label, cluster_labels.n_passages,
    cluster_labels.n_papers, n_unsure
FROM kept.cluster_labels JOIN kept.clusters AS clusters USING (entity_id)
WHERE dimension IN ('governance', 'actor_classes')
    AND ($cluster IS NULL OR contains(lower(clusters.name), lower($cluster)))
    AND ($country IS NULL OR clusters.country = $country)
    AND cluster_labels.n_passages > 0
ORDER BY clusters.n_papers DESC, cluster, dimension DESC, cluster_labels.n_passages DESC, label
LIMIT 2000

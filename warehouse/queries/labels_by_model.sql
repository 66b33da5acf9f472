-- How each model uses its labels: selected, unsure, mean probability of what is kept; and whose codes are in force.
-- param dimension text = NULL: one dimension
SELECT paper_labels.dimension, label, model_id, CAST(sum(n_selected) AS BIGINT) AS n_selected,
    CAST(sum(n_unsure) AS BIGINT) AS n_unsure,
    round(sum(sum_probability) / sum(n_kept), 3) AS mean_probability,
    count(*) FILTER (WHERE n_selected > 0) AS n_papers, any_value(models.status) AS status
FROM kept.paper_labels LEFT JOIN models USING (model_id)
WHERE $dimension IS NULL OR paper_labels.dimension = $dimension
GROUP BY ALL
ORDER BY paper_labels.dimension, n_selected DESC, label, model_id

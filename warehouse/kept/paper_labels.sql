SELECT paper_id, dimension, label, model_id, count(*) FILTER (WHERE selected),
    count(*) FILTER (WHERE decision = 'unsure'), count(*), sum(probability)
FROM codes
GROUP BY ALL
ORDER BY dimension, label

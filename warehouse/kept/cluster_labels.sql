WITH by_paper AS (
    SELECT entity_id, codes.paper_id, dimension, label, count(*) FILTER (WHERE selected) AS n,
        count(*) FILTER (WHERE decision = 'unsure') AS n_unsure
    FROM codes JOIN kept.spoken_of USING (passage_id)
    WHERE selected OR decision = 'unsure'
    GROUP BY ALL
)
SELECT entity_id, dimension, label, CAST(sum(n) AS BIGINT), count(*) FILTER (WHERE n > 0),
    CAST(sum(n_unsure) AS BIGINT)
FROM by_paper
GROUP BY ALL
ORDER BY entity_id

SELECT entity_id, dimension, label, count(*) FILTER (WHERE selected),
    count(DISTINCT codes.paper_id) FILTER (WHERE selected),
    count(*) FILTER (WHERE decision = 'unsure')
FROM codes JOIN kept.spoken_of USING (passage_id)
WHERE selected OR decision = 'unsure'
GROUP BY ALL
ORDER BY entity_id

SELECT dimension, label, country, papers.year, count(DISTINCT passage_id),
    count(DISTINCT codes.paper_id)
FROM codes
JOIN papers USING (paper_id)
LEFT JOIN countries_now USING (passage_id)
WHERE selected
GROUP BY ALL

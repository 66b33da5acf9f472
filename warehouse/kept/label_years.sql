-- A passage has a label once and a country once: counting its rows by paper first is quicker.
WITH by_paper AS (
    SELECT dimension, label, country, codes.paper_id, count(*) AS n
    FROM codes LEFT JOIN passage_countries USING (passage_id)
    WHERE selected
    GROUP BY ALL
)
SELECT dimension, label, country, papers.year, CAST(sum(n) AS BIGINT), count(*)
FROM by_paper JOIN papers USING (paper_id)
GROUP BY ALL

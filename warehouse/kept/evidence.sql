-- The view evidence_passages, from countries that were worked out once.
WITH possible AS (
    SELECT passage_id, paper_id, dimension, label, selected, decision = 'unsure' AS unsure
    FROM codes
    WHERE dimension IN ('governance', 'upgrading_path') AND (selected OR decision = 'unsure')
),
pairs AS (
    SELECT passage_id, first.paper_id, first.label AS governance, second.label AS upgrading_path,
        first.selected AND second.selected AS counted, first.unsure OR second.unsure AS unsure
    FROM possible AS first JOIN possible AS second USING (passage_id)
    WHERE first.dimension = 'governance' AND second.dimension = 'upgrading_path'
)
SELECT passage_id, pairs.paper_id, governance, upgrading_path, countries_now.country,
    CAST(coalesce(passage_years.year, papers.year) // 10 * 10 AS INTEGER) AS decade,
    counted, unsure, coalesce(claim, 'unclear') AS claim, coalesce(origins, []) AS origins
FROM pairs
LEFT JOIN countries_now USING (passage_id)
LEFT JOIN passage_years USING (passage_id)
LEFT JOIN passage_claims USING (passage_id)
LEFT JOIN papers ON papers.paper_id = pairs.paper_id
ORDER BY governance, upgrading_path

-- Where the evidence is thinnest: cells of governance and path with the fewest papers, by country if asked.
-- param country text = NULL: ISO 3166 alpha-2
-- param at_most integer = 2: cells with at most so many papers
WITH version AS (SELECT max(codebook_version) AS v FROM codebook_labels),
cells AS (
    SELECT governance, upgrading_path,
        count(DISTINCT paper_id) FILTER (WHERE counted) AS n_papers,
        count(DISTINCT passage_id) FILTER (WHERE counted) AS n_passages,
        count(DISTINCT passage_id) FILTER (WHERE unsure) AS n_unsure
    FROM kept.evidence
    WHERE $country IS NULL OR country = $country
    GROUP BY ALL
)
SELECT first.label AS governance, second.label AS upgrading_path, coalesce(n_papers, 0) AS n_papers,
    coalesce(n_passages, 0) AS n_passages, coalesce(n_unsure, 0) AS n_unsure
FROM codebook_labels AS first CROSS JOIN codebook_labels AS second CROSS JOIN version
LEFT JOIN cells ON governance = first.label AND upgrading_path = second.label
WHERE first.dimension = 'governance' AND second.dimension = 'upgrading_path'
    AND first.codebook_version = v AND second.codebook_version = v
    AND coalesce(n_papers, 0) <= $at_most
ORDER BY n_papers, n_passages, n_unsure DESC, governance, upgrading_path

-- What drives and what hinders responsible conduct, side by side, in how many passages and papers.
-- param country text = NULL: ISO 3166 alpha-2
WITH counted AS (
    SELECT label, CAST(sum(n_passages) AS BIGINT) AS n_passages,
        CAST(sum(n_papers) AS BIGINT) AS n_papers
    FROM kept.label_years
    WHERE dimension = 'csr_factor' AND $country IS NOT NULL AND country = $country
    GROUP BY label
    UNION ALL
    SELECT label, CAST(sum(n_selected) AS BIGINT), count(*) FILTER (WHERE n_selected > 0)
    FROM (SELECT paper_id, label, sum(n_selected) AS n_selected FROM kept.paper_labels
        WHERE dimension = 'csr_factor' AND $country IS NULL GROUP BY ALL)
    GROUP BY label
)
SELECT CASE WHEN label LIKE 'd\_%' ESCAPE '\' THEN 'driver' ELSE 'barrier' END AS side, label,
    n_passages, n_papers, round(n_passages / sum(n_passages) OVER (), 3) AS share
FROM counted
WHERE n_passages > 0
ORDER BY side DESC, n_passages DESC, label

-- Kinds and paths of upgrading by decade of the paper.
-- param country text = NULL: ISO 3166 alpha-2
WITH counted AS (
    SELECT dimension, label, paper_id, sum(n_selected) AS n
    FROM kept.paper_labels
    WHERE dimension IN ('upgrading_kind', 'upgrading_path') AND n_selected > 0
        AND ($country IS NULL OR paper_id IN (
            SELECT paper_id FROM kept.paper_countries WHERE country = $country))
    GROUP BY ALL
)
SELECT CAST(year // 10 * 10 AS INTEGER) AS decade, dimension, label,
    CAST(sum(n) AS BIGINT) AS n_passages, count(*) AS n_papers
FROM counted JOIN papers USING (paper_id)
GROUP BY ALL
ORDER BY decade NULLS LAST, dimension, n_passages DESC, label

-- Which governance goes with which path of upgrading: every cell of the grid, empty ones too, with how many papers were looked at.
-- param country text = NULL: only passages of this country (ISO 3166 alpha-2)
-- param decade integer = NULL: only findings of this decade (its first year, such as 2000)
-- n_of_papers: the papers that were coded; of them those that speak of the country, and those of the
-- decade or with findings of it. n_unsure stands apart: passages in which a label is unsure.
WITH chosen AS (
    FROM kept.evidence
    WHERE ($country IS NULL OR country = $country) AND ($decade IS NULL OR decade = $decade)
),
looked_at AS (
    SELECT count(*) AS n FROM kept.paper_counts JOIN papers USING (paper_id)
    WHERE n_coded > 0
        AND ($country IS NULL OR paper_id IN (
            SELECT paper_id FROM kept.paper_countries WHERE country = $country))
        AND ($decade IS NULL OR papers.year // 10 * 10 = $decade
            OR paper_id IN (SELECT paper_id FROM chosen))
),
version AS (
    SELECT max(codebook_version) AS v FROM codebook_labels WHERE dimension = 'governance'
),
grid AS (
    SELECT first.label AS governance, second.label AS upgrading_path
    FROM codebook_labels AS first, codebook_labels AS second, version
    WHERE first.dimension = 'governance' AND second.dimension = 'upgrading_path'
        AND first.codebook_version = v AND second.codebook_version = v
    UNION
    SELECT governance, upgrading_path FROM chosen
),
cells AS (
    SELECT governance, upgrading_path,
        count(DISTINCT passage_id) FILTER (WHERE counted) AS n_passages,
        count(DISTINCT paper_id) FILTER (WHERE counted) AS n_papers,
        count(DISTINCT passage_id) FILTER (WHERE counted AND claim = 'own') + least(
            count(DISTINCT passage_id) FILTER (WHERE counted AND claim = 'cited'),
            len(list_distinct(flatten(coalesce(
                list(origins) FILTER (WHERE counted AND claim = 'cited'), []))))
        ) AS n_own,
        count(DISTINCT passage_id) FILTER (WHERE unsure) AS n_unsure
    FROM chosen
    GROUP BY ALL
)
SELECT governance, upgrading_path, coalesce(n_passages, 0) AS n_passages,
    coalesce(n_papers, 0) AS n_papers, looked_at.n AS n_of_papers, coalesce(n_own, 0) AS n_own,
    coalesce(n_unsure, 0) AS n_unsure
FROM grid CROSS JOIN looked_at LEFT JOIN cells USING (governance, upgrading_path)
ORDER BY governance, upgrading_path

-- Which unsure passages to look at first: by how many cells of the evidence map their verdict would change, thin cells first.
-- param n integer = 50: how many
WITH cells AS (
    SELECT governance, upgrading_path, country, decade,
        approx_count_distinct(paper_id) FILTER (WHERE counted) AS n_papers
    FROM kept.evidence
    GROUP BY ALL
),
unsure AS (
    SELECT passage_id, evidence.governance || ' × ' || evidence.upgrading_path AS cell, n_papers
    FROM kept.evidence AS evidence JOIN cells
        ON evidence.governance = cells.governance AND evidence.upgrading_path = cells.upgrading_path
        AND evidence.country IS NOT DISTINCT FROM cells.country
        AND evidence.decade IS NOT DISTINCT FROM cells.decade
    WHERE evidence.unsure
),
weighed AS MATERIALIZED (
    SELECT passage_id, count(*) AS n_cells, sum(1.0 / (1 + n_papers)) AS weight
    FROM unsure
    GROUP BY passage_id
    ORDER BY weight DESC, passage_id
    LIMIT CAST($n AS BIGINT)
),
-- Places first: unpacking a text costs more than finding a thousand ids.
places AS (SELECT rowid AS place FROM passages SEMI JOIN weighed USING (passage_id)),
read AS (
    SELECT passage_id, paper_id, text FROM passages WHERE rowid IN (SELECT place FROM places)
)
SELECT round(weighed.weight, 3) AS weight, n_cells,
    (SELECT list_sort(list(DISTINCT cell)) FROM unsure WHERE unsure.passage_id = weighed.passage_id)
        AS cells,
    title, left(text, 200) AS "text", passage_id
FROM weighed JOIN read USING (passage_id) JOIN papers USING (paper_id)
ORDER BY weighed.weight DESC, passage_id

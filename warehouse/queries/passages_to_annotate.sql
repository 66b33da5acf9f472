-- Passages for a coding round: not yet annotated in the dimension, most unsure first, spread over papers.
-- param dimension text = governance: the dimension to code
-- param n integer = 50: how many
WITH chosen_papers AS (
    SELECT paper_id FROM kept.paper_labels
    WHERE dimension = $dimension
    GROUP BY paper_id
    ORDER BY sum(n_unsure) DESC, paper_id
    LIMIT CAST($n AS BIGINT)
),
doubt AS (
    SELECT passage_id, paper_id, max(0.5 - abs(probability - 0.5)) AS doubt,
        count(*) FILTER (WHERE decision = 'unsure') AS n_unsure
    FROM codes JOIN chosen_papers USING (paper_id)
    WHERE dimension = $dimension AND model_id NOT LIKE 'person:%'
    GROUP BY ALL
),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY paper_id ORDER BY n_unsure DESC, doubt DESC, passage_id)
        AS turn
    FROM doubt
)
SELECT passages.passage_sha256, passages.text, papers.paper_id AS "group", title, n_unsure,
    round(doubt, 3) AS doubt, passage_id
FROM ranked JOIN passages USING (passage_id) JOIN papers ON papers.paper_id = ranked.paper_id
WHERE passages.passage_sha256 NOT IN (
    SELECT passage_sha256 FROM annotations WHERE dimension = $dimension)
ORDER BY turn, n_unsure DESC, ranked.doubt DESC, passage_id
LIMIT CAST($n AS BIGINT)

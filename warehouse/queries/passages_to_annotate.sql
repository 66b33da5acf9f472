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
),
annotated AS (
    SELECT passage_id FROM passages
    WHERE passage_sha256 IN (SELECT passage_sha256 FROM annotations WHERE dimension = $dimension)
),
first AS MATERIALIZED (
    FROM ranked ANTI JOIN annotated USING (passage_id)
    ORDER BY turn, n_unsure DESC, doubt DESC, passage_id
    LIMIT CAST($n AS BIGINT)
),
-- Places first: unpacking a text costs more than finding a thousand ids.
places AS (SELECT rowid AS place FROM passages SEMI JOIN first USING (passage_id)),
read AS (
    SELECT passage_id, passage_sha256, text FROM passages
    WHERE rowid IN (SELECT place FROM places)
)
SELECT passage_sha256, text, papers.paper_id AS "group", title, n_unsure, round(doubt, 3) AS doubt,
    passage_id
FROM first JOIN read USING (passage_id) JOIN papers ON papers.paper_id = first.paper_id
ORDER BY turn, n_unsure DESC, first.doubt DESC, passage_id

-- Example passages for a label, the surest first, one for each paper.
-- param label text: a label of the codebook
-- param dimension text = NULL: its dimension, where several have the label
-- param n integer = 10: how many
WITH chosen_papers AS (
    SELECT paper_id FROM kept.paper_labels
    WHERE label = $label AND ($dimension IS NULL OR dimension = $dimension) AND n_selected > 0
    ORDER BY sum_probability / n_kept DESC, paper_id
    LIMIT CAST($n AS BIGINT)
),
best AS (
    SELECT passage_id, codes.paper_id, dimension, probability
    FROM codes JOIN chosen_papers USING (paper_id)
    WHERE label = $label AND ($dimension IS NULL OR dimension = $dimension) AND selected
    QUALIFY row_number() OVER (
        PARTITION BY codes.paper_id, dimension ORDER BY probability DESC, passage_id) = 1
)
SELECT dimension, probability, title, papers.year, page, text, passage_id
FROM best JOIN passages USING (passage_id) JOIN papers ON papers.paper_id = best.paper_id
ORDER BY dimension, probability DESC, passage_id

-- Shares of labels, and how sure the models were of them, in the papers that came in from a moment
-- on, and in those before it.
WITH coded AS (
    SELECT codes.*, papers.ingested_at >= $since AS fresh FROM codes JOIN papers USING (paper_id)
),
n AS (
    SELECT
        count(DISTINCT passage_id) FILTER (fresh) AS n_new,
        count(DISTINCT passage_id) FILTER (NOT fresh) AS n_before
    FROM coded
)
SELECT dimension, label,
    count(*) FILTER (selected AND fresh) / nullif(max(n_new), 0) AS share_new,
    count(*) FILTER (selected AND NOT fresh) / nullif(max(n_before), 0) AS share_before,
    avg(probability) FILTER (selected AND fresh) AS sure_new,
    avg(probability) FILTER (selected AND NOT fresh) AS sure_before,
    count(*) FILTER (selected AND fresh) AS selected_new,
    count(*) FILTER (selected AND NOT fresh) AS selected_before,
    max(n_new) AS n_new, max(n_before) AS n_before
FROM coded CROSS JOIN n
GROUP BY dimension, label
ORDER BY dimension, label

-- Shares of labels and mean certainty in the papers that came in from a moment on, and before it.
WITH coded AS (
    SELECT codes.*, papers.ingested_at >= $since AS fresh FROM codes JOIN papers USING (paper_id)
),
n AS (
    SELECT dimension,
        count(DISTINCT passage_id) FILTER (fresh) AS n_new,
        count(DISTINCT passage_id) FILTER (NOT fresh) AS n_before
    FROM coded GROUP BY dimension
)
SELECT dimension, label,
    count(*) FILTER (selected AND fresh) / nullif(max(n_new), 0) AS share_new,
    count(*) FILTER (selected AND NOT fresh) / nullif(max(n_before), 0) AS share_before,
    avg(abs(2 * probability - 1)) FILTER (fresh) AS certainty_new,
    avg(abs(2 * probability - 1)) FILTER (NOT fresh) AS certainty_before,
    max(n_new) AS n_new, max(n_before) AS n_before
FROM coded JOIN n USING (dimension)
GROUP BY dimension, label
ORDER BY dimension, label

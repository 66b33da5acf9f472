-- Shares of labels and mean certainty in the papers that came in from a moment on, and before it.
WITH passages_in AS (
    SELECT codes.dimension, codes.label, codes.selected, codes.decision, codes.probability,
        codes.passage_id, papers.ingested_at >= $since AS fresh
    FROM codes JOIN papers USING (paper_id)
),
n AS (
    SELECT dimension, fresh, count(DISTINCT passage_id) AS n FROM passages_in GROUP BY ALL
)
SELECT passages_in.dimension, label,
    count(*) FILTER (selected AND fresh) / max(new.n) AS share_new,
    count(*) FILTER (selected AND NOT fresh) / max(old.n) AS share_before,
    avg(abs(2 * probability - 1)) FILTER (fresh) AS certainty_new,
    avg(abs(2 * probability - 1)) FILTER (NOT fresh) AS certainty_before,
    max(new.n) AS n_new, max(old.n) AS n_before
FROM passages_in
LEFT JOIN n AS new ON new.dimension = passages_in.dimension AND new.fresh
LEFT JOIN n AS old ON old.dimension = passages_in.dimension AND NOT old.fresh
GROUP BY passages_in.dimension, label
ORDER BY ALL

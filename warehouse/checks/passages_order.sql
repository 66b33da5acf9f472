-- Passages are numbered in reading order and do not overlap.
SELECT passage_id, ordinal, start
FROM passages
QUALIFY start < max("end") OVER (
        PARTITION BY paper_id ORDER BY ordinal ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
    OR count(*) OVER (PARTITION BY paper_id, ordinal) > 1

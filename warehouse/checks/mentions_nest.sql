-- Of mentions that nest, only the longest stands.
SELECT mention_id, passage_id, start, "end"
FROM mentions
QUALIFY start < max("end") OVER (
    PARTITION BY passage_id ORDER BY start, "end" DESC, mention_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
)

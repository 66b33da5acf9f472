-- Every fact's quote stands in its passage where the fact says.
SELECT fact_id, passage_id, quote
FROM facts JOIN passages USING (passage_id)
WHERE quote IS DISTINCT FROM substring(text, facts.start + 1, facts."end" - facts.start)

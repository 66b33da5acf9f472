-- Every citation stands in its passage where it says.
SELECT citation_id, passage_id, surface
FROM citations JOIN passages USING (passage_id)
WHERE surface IS DISTINCT FROM
    substring(text, citations.start + 1, citations."end" - citations.start)

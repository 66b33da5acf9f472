-- Spans lie inside their passage and end after they start.
SELECT 'citations' AS "table", citation_id AS id, citations.start, citations."end"
FROM citations JOIN passages USING (passage_id)
WHERE NOT (0 <= citations.start AND citations.start < citations."end" AND citations."end" <= length(text))
UNION ALL
SELECT 'mentions' AS "table", mention_id AS id, mentions.start, mentions."end"
FROM mentions JOIN passages USING (passage_id)
WHERE NOT (0 <= mentions.start AND mentions.start < mentions."end" AND mentions."end" <= length(text))
UNION ALL
SELECT 'sentences' AS "table", sentence_id AS id, sentences.start, sentences."end"
FROM sentences JOIN passages USING (passage_id)
WHERE NOT (0 <= sentences.start AND sentences.start < sentences."end" AND sentences."end" <= length(text))
UNION ALL
SELECT 'facts' AS "table", fact_id AS id, facts.start, facts."end"
FROM facts JOIN passages USING (passage_id)
WHERE NOT (0 <= facts.start AND facts.start < facts."end" AND facts."end" <= length(text))
UNION ALL
SELECT 'relations' AS "table", relation_id AS id, relations.start, relations."end"
FROM relations JOIN passages USING (passage_id)
WHERE NOT (0 <= relations.start AND relations.start < relations."end" AND relations."end" <= length(text))

-- Kinds, roles, claim sources and assertions are those of the codebook.
SELECT 'sections.role' AS "column", section_id AS id, role AS value FROM sections
WHERE role NOT IN ('front', 'abstract', 'body', 'table', 'note', 'references', 'appendix')
UNION ALL
SELECT 'entities.kind', entity_id, kind FROM entities
WHERE kind NOT IN ('CLUSTER', 'COUNTRY', 'ACTOR', 'STANDARD')
UNION ALL
SELECT 'mentions.kind', mention_id, mentions.kind FROM mentions JOIN entities USING (entity_id)
WHERE mentions.kind != entities.kind
UNION ALL
SELECT 'sentences.claim_source', sentence_id, claim_source FROM sentences
WHERE claim_source NOT IN ('own', 'cited', 'synthesis', 'unclear')
UNION ALL
SELECT 'sentences.assertion', sentence_id, assertion FROM sentences
WHERE assertion NOT IN ('affirmed', 'negated', 'hypothetical', 'planned')
UNION ALL
SELECT 'facts.claim_source', fact_id, claim_source FROM facts
WHERE claim_source NOT IN ('own', 'cited', 'synthesis', 'unclear')
UNION ALL
SELECT 'facts.assertion', fact_id, assertion FROM facts
WHERE assertion NOT IN ('affirmed', 'negated', 'hypothetical', 'planned')

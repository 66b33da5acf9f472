-- Sections, sentences, works, entities and papers that are pointed to are there.
SELECT 'passages.section_id' AS "column", passage_id AS id, section_id AS points_to
FROM passages ANTI JOIN sections USING (section_id)
UNION ALL
SELECT 'facts.sentence_id', fact_id, sentence_id
FROM facts ANTI JOIN sentences USING (sentence_id, passage_id) WHERE sentence_id IS NOT NULL
UNION ALL
SELECT 'sentence_works.sentence_id', sentence_id, sentence_id
FROM sentence_works ANTI JOIN sentences USING (sentence_id)
UNION ALL
SELECT 'sentence_works.work_id', sentence_id, work_id FROM sentence_works ANTI JOIN works USING (work_id)
UNION ALL
SELECT 'paper_works.work_id', paper_id, work_id FROM paper_works ANTI JOIN works USING (work_id)
UNION ALL
SELECT 'citations.work_id', citation_id, work_id
FROM citations ANTI JOIN works USING (work_id) WHERE work_id IS NOT NULL
UNION ALL
SELECT 'facts.work_id', fact_id, work_id
FROM facts ANTI JOIN works USING (work_id) WHERE work_id IS NOT NULL
UNION ALL
SELECT 'relations.work_id', relation_id, work_id
FROM relations ANTI JOIN works USING (work_id) WHERE work_id IS NOT NULL
UNION ALL
SELECT 'mentions.entity_id', mention_id, entity_id FROM mentions ANTI JOIN entities USING (entity_id)
UNION ALL
SELECT 'facts.entity_id', fact_id, entity_id
FROM facts ANTI JOIN entities USING (entity_id) WHERE entity_id IS NOT NULL
UNION ALL
SELECT 'relations.subject_id', relation_id, subject_id
FROM relations WHERE subject_id NOT IN (SELECT entity_id FROM entities)
UNION ALL
SELECT 'relations.object_id', relation_id, object_id
FROM relations
-- The object of in_sector is a sector in words.
WHERE object_id NOT IN (SELECT entity_id FROM entities) AND relation <> 'in_sector'
UNION ALL
SELECT 'paper_sources.paper_id', source, paper_id FROM paper_sources ANTI JOIN papers USING (paper_id)

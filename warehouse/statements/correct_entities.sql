-- Entities as people see them, made anew from what was read: splits first, then merges (along
-- chains), then names. For rows of getvariable('paper'), or of all papers where it is NULL.
CREATE OR REPLACE TEMP TABLE split AS
SELECT entity_id AS read_entity_id, surface, arg_max(to_entity_id, made_at) AS to_entity_id
FROM corrections
WHERE kind = 'split_entity' AND undone_at IS NULL
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE merged AS
WITH RECURSIVE newest AS (
    SELECT entity_id, arg_max(to_entity_id, made_at) AS to_entity_id
    FROM corrections
    WHERE kind = 'merge_entity' AND undone_at IS NULL
    GROUP BY ALL
), chain AS (
    SELECT entity_id, to_entity_id, 1 AS steps FROM newest
    UNION ALL
    SELECT chain.entity_id, newest.to_entity_id, steps + 1
    FROM chain JOIN newest ON newest.entity_id = chain.to_entity_id
    WHERE steps < 20 AND newest.to_entity_id != chain.entity_id
)
SELECT entity_id, arg_max(to_entity_id, steps) AS to_entity_id FROM chain GROUP BY entity_id;

-- What is to be merged or was split off is kept aside, so that undoing finds it.
INSERT INTO withdrawn.entities BY NAME
SELECT entities.* FROM entities
WHERE entity_id IN (SELECT entity_id FROM merged UNION SELECT to_entity_id FROM merged
    UNION SELECT read_entity_id FROM split)
    AND entity_id NOT IN (SELECT entity_id FROM withdrawn.entities);

UPDATE mentions SET entity_id = wanted.entity_id
FROM (
    SELECT mention_id, coalesce(merged.to_entity_id, split.to_entity_id, read_entity_id)
        AS entity_id
    FROM mentions
    LEFT JOIN split USING (read_entity_id, surface)
    LEFT JOIN merged
        ON merged.entity_id = coalesce(split.to_entity_id, mentions.read_entity_id)
    WHERE getvariable('paper') IS NULL OR paper_id = getvariable('paper')
) AS wanted
WHERE mentions.mention_id = wanted.mention_id AND mentions.entity_id != wanted.entity_id;

-- A fact goes along with a split where every mention of its entity in the passage does.
CREATE OR REPLACE TEMP TABLE moved AS
SELECT passage_id, read_entity_id, min(split.to_entity_id) AS to_entity_id
FROM mentions LEFT JOIN split USING (read_entity_id, surface)
WHERE read_entity_id IN (SELECT read_entity_id FROM split)
GROUP BY ALL
HAVING count(DISTINCT split.to_entity_id) = 1 AND count(*) = count(split.to_entity_id);

UPDATE facts SET entity_id = wanted.entity_id
FROM (
    SELECT fact_id, coalesce(merged.to_entity_id, moved.to_entity_id, read_entity_id) AS entity_id
    FROM facts
    LEFT JOIN moved USING (passage_id, read_entity_id)
    LEFT JOIN merged
        ON merged.entity_id = coalesce(moved.to_entity_id, facts.read_entity_id)
    WHERE getvariable('paper') IS NULL OR paper_id = getvariable('paper')
) AS wanted
WHERE facts.fact_id = wanted.fact_id AND facts.entity_id IS DISTINCT FROM wanted.entity_id;

UPDATE relations SET subject_id = wanted.subject_id, object_id = wanted.object_id
FROM (
    SELECT relation_id,
        coalesce(one.to_entity_id, read_subject_id) AS subject_id,
        coalesce(other.to_entity_id, read_object_id) AS object_id
    FROM relations
    LEFT JOIN merged AS one ON one.entity_id = read_subject_id
    LEFT JOIN merged AS other ON other.entity_id = read_object_id
    WHERE getvariable('paper') IS NULL OR paper_id = getvariable('paper')
) AS wanted
WHERE relations.relation_id = wanted.relation_id
    AND (relations.subject_id != wanted.subject_id OR relations.object_id != wanted.object_id);

DELETE FROM entities
WHERE entity_id IN (SELECT entity_id FROM withdrawn.entities)
    AND entity_id NOT IN (SELECT entity_id FROM mentions)
    AND entity_id NOT IN (SELECT entity_id FROM facts WHERE entity_id IS NOT NULL)
    AND entity_id NOT IN (SELECT subject_id FROM relations)
    AND entity_id NOT IN (SELECT object_id FROM relations);

INSERT INTO entities BY NAME
SELECT * FROM withdrawn.entities
WHERE entity_id NOT IN (SELECT entity_id FROM entities)
    AND entity_id IN (
        SELECT entity_id FROM mentions UNION SELECT entity_id FROM facts
        UNION SELECT subject_id FROM relations UNION SELECT object_id FROM relations
    );

UPDATE entities SET name = wanted.name
FROM (
    SELECT entities.entity_id, coalesce(arg_max(new_name, made_at), any_value(read_name)) AS name
    FROM entities
    LEFT JOIN corrections
        ON corrections.entity_id = entities.entity_id AND corrections.kind = 'rename_entity'
        AND undone_at IS NULL
    GROUP BY ALL
) AS wanted
WHERE entities.entity_id = wanted.entity_id AND entities.name != wanted.name;

DROP TABLE split;
DROP TABLE merged;
DROP TABLE moved;

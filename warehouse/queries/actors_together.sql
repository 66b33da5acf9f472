-- Which organisations are named in the same passages.
-- param actor text = NULL: part of one's name
SELECT one.name AS actor, one.actor_type, other.name AS other, other.actor_type AS other_type,
    n_passages, n_papers, example_passage_id
FROM kept.actor_pairs
JOIN entities AS one ON one.entity_id = actor_id
JOIN entities AS other ON other.entity_id = other_id
WHERE $actor IS NULL OR contains(lower(one.name), lower($actor))
    OR contains(lower(other.name), lower($actor))
ORDER BY n_papers DESC, n_passages DESC, actor, other
LIMIT 500

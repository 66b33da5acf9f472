-- Which organisations act in a cluster, which standards apply there, who buys from it, with the evidence.
-- param cluster text = NULL: part of its name
SELECT object.name AS cluster, relation, subject.kind, subject.name AS subject,
    count(*) AS n, count(DISTINCT relations.paper_id) AS n_papers,
    count(*) FILTER (WHERE claim_source = 'own') AS n_own,
    count(*) FILTER (WHERE assertion = 'negated') AS n_negated, min(relation_id) AS example
FROM relations
JOIN entities AS object ON object.entity_id = object_id
JOIN entities AS subject ON subject.entity_id = subject_id
WHERE object.kind = 'CLUSTER'
    AND ($cluster IS NULL OR contains(lower(object.name), lower($cluster)))
GROUP BY ALL
ORDER BY n_papers DESC, n DESC, cluster, relation, subject
LIMIT 2000

-- Which organisations act in a cluster, which standards apply there, who buys from it, with the evidence.
-- param cluster text = NULL: part of its name
WITH chosen AS (
    SELECT entity_id AS object_id, name FROM kept.clusters
    WHERE $cluster IS NULL OR contains(lower(name), lower($cluster))
),
counted AS (
    SELECT object_id, relation, subject_id, count(*) AS n, count(DISTINCT paper_id) AS n_papers,
        count(*) FILTER (WHERE claim_source = 'own') AS n_own,
        count(*) FILTER (WHERE assertion = 'negated') AS n_negated, min(relation_id) AS example
    FROM relations SEMI JOIN chosen USING (object_id)
    GROUP BY ALL
    ORDER BY n_papers DESC, n DESC, object_id, relation, subject_id
    LIMIT 1000
)
SELECT chosen.name AS cluster, relation, subject.kind, subject.name AS subject, n, n_papers, n_own,
    n_negated, example
FROM counted JOIN chosen USING (object_id) JOIN entities AS subject ON subject.entity_id = subject_id
ORDER BY n_papers DESC, n DESC, cluster, relation, subject

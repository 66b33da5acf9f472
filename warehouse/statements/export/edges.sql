SELECT subject_id, object_id, relation, count(*) AS n, count(DISTINCT paper_id) AS n_papers,
    round(avg(confidence), 3) AS confidence, count(*) FILTER (WHERE assertion = 'negated') AS n_negated
FROM relations
GROUP BY ALL
ORDER BY ALL

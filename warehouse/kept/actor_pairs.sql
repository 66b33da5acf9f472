WITH named AS (SELECT DISTINCT passage_id, paper_id, entity_id FROM mentions WHERE kind = 'ACTOR')
SELECT one.entity_id, other.entity_id, count(*), count(DISTINCT one.paper_id), min(passage_id)
FROM named AS one JOIN named AS other USING (passage_id)
WHERE one.entity_id < other.entity_id
GROUP BY ALL

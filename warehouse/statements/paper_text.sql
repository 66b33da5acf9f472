SELECT text FROM paper_texts WHERE paper_id = ?
UNION ALL
SELECT text FROM withdrawn.paper_texts WHERE paper_id = ?

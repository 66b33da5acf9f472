SELECT sentences.*, (SELECT list(work_id) FROM sentence_works WHERE sentence_id = $id) AS works
FROM sentences WHERE sentence_id = $id

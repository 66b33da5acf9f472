MERGE INTO kept.actor_pairs AS old USING fresh_actor_pairs AS more
ON old.actor_id = more.actor_id AND old.other_id = more.other_id
WHEN MATCHED THEN UPDATE SET
    n_passages = old.n_passages + more.n_passages, n_papers = old.n_papers + more.n_papers,
    example_passage_id = least(old.example_passage_id, more.example_passage_id)
WHEN NOT MATCHED THEN INSERT BY NAME

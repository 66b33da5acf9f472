SELECT passage_id, rowid AS place
FROM passages SEMI JOIN (SELECT unnest($ids) AS passage_id) USING (passage_id)

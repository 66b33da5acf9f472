SELECT * FROM rejects WHERE source = $id

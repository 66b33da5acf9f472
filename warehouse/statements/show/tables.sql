SELECT * FROM tables WHERE table_id = $id

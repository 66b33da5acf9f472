SELECT * FROM annotations WHERE annotation_id = $id

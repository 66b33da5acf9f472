SELECT * FROM issues WHERE issue_id = $id

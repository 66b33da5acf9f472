DELETE FROM issues WHERE paper_id = ? AND problem = 'source_turned_bad'

SELECT passage_id, paper_id, governance, upgrading_path, country, decade, counted, unsure, claim, origins
FROM evidence_passages
ORDER BY governance, upgrading_path

FROM evidence_passages ORDER BY governance, upgrading_path

SELECT passage_id, passages.paper_id, page, text, withdrawn_at, withdrawn_reason
FROM withdrawn.passages AS passages JOIN papers USING (paper_id) WHERE passage_id = $id

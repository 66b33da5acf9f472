-- The passages of papers that are evidence, without their headings.
SELECT paper_id, passage_id, substr(text, heading_end + 1) AS body
FROM passages JOIN sections USING (paper_id, section_id)
WHERE role IN ('abstract', 'body', 'note', 'appendix') AND paper_id IN (SELECT unnest($papers))
    AND trim(substr(text, heading_end + 1)) != ''
ORDER BY paper_id, passages.ordinal

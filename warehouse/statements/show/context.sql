-- Where a passage stands: the paper, the page, the section.
SELECT passages.passage_id, text, heading_end, page, page_to, passages.ordinal, heading, role,
    papers.paper_id, title, authors, papers.year, doi, source, papers.sha256, parser_version,
    papers.recipe
FROM passages JOIN sections USING (section_id) JOIN papers ON papers.paper_id = passages.paper_id
WHERE passage_id = $id

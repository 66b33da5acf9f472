-- By place: unpacking a text costs more than finding a thousand ids.
SELECT passage_id, found.paper_id, title, authors, papers.year, source, page, heading, role, text
FROM (FROM passages WHERE rowid IN (SELECT unnest($places))) AS found
JOIN papers USING (paper_id) JOIN sections USING (section_id)

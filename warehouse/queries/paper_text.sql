-- A paper's passages in reading order: notes and tables left out.
-- param paper text: its paper_id, or part of its title or source
WITH this AS (
    SELECT paper_id FROM papers
    WHERE paper_id = $paper OR contains(lower(title), lower($paper))
        OR contains(lower(source), lower($paper))
    ORDER BY (paper_id = $paper) DESC, title
    LIMIT 1
)
SELECT passages.ordinal, page, role, heading, text, passage_id
FROM passages JOIN sections USING (section_id)
WHERE passages.paper_id = (SELECT paper_id FROM this) AND role NOT IN ('note', 'table')
ORDER BY passages.ordinal

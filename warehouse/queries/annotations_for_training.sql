-- Every annotation with its passage's text and group, for training and agreement between coders.
-- param dimension text = NULL: one dimension
WITH placed AS (
    SELECT passage_sha256, any_value(text) AS text, min(paper_id) AS paper_id
    FROM passages
    WHERE passage_sha256 IN (SELECT passage_sha256 FROM annotations)
    GROUP BY passage_sha256
)
SELECT annotations.passage_sha256, coalesce(annotations.text, placed.text) AS text,
    coalesce(annotations."group", placed.paper_id, annotations.passage_sha256) AS "group",
    dimension, label, coder, "at", origin
FROM annotations LEFT JOIN placed USING (passage_sha256)
WHERE ($dimension IS NULL OR dimension = $dimension)
    AND coalesce(annotations.text, placed.text) IS NOT NULL
ORDER BY annotations.passage_sha256, dimension, coder, label, "at"

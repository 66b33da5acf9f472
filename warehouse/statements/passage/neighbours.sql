WITH this AS (SELECT paper_id, ordinal FROM passages WHERE passage_id = $id)
SELECT passage_id, passages.ordinal - this.ordinal AS step
FROM passages JOIN this USING (paper_id)
WHERE passages.ordinal BETWEEN this.ordinal - 1 AND this.ordinal + 1
    AND passages.ordinal != this.ordinal

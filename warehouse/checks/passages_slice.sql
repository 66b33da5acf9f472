-- Every passage is exactly the slice of the paper's text that it says it is.
SELECT passage_id, start, "end"
FROM passages JOIN paper_texts USING (paper_id)
WHERE passages.text IS DISTINCT FROM substring(paper_texts.text, start + 1, "end" - start)
    OR passage_sha256 != sha256(passages.text)
    OR heading_end NOT BETWEEN 0 AND length(passages.text)

-- Who says so, and how surely: sentences by source of the claim and assertion.
-- param paper text = NULL: its paper_id, or part of its title
SELECT claim_source, assertion, CAST(sum(n) AS BIGINT) AS n_sentences,
    round(sum(n) / sum(sum(n)) OVER (), 3) AS share, count(DISTINCT paper_id) AS n_papers
FROM kept.claims
WHERE $paper IS NULL OR paper_id IN (
    SELECT paper_id FROM papers WHERE paper_id = $paper OR contains(lower(title), lower($paper)))
GROUP BY ALL
ORDER BY n_sentences DESC, claim_source, assertion

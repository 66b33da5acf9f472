-- How much of each paper was read and coded, and in which language it is.
-- param paper text = NULL: part of its title or source
SELECT title, year, language, n_pages, n_words, n_passages, n_coded, n_mentions, n_facts,
    n_clusters, source, paper_id
FROM papers JOIN kept.paper_counts USING (paper_id)
WHERE withdrawn_at IS NULL AND ($paper IS NULL OR contains(lower(title), lower($paper))
    OR contains(lower(source), lower($paper)))
ORDER BY n_coded, title, paper_id
LIMIT 1000

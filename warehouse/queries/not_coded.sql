-- Papers that were read but not coded: in other languages than English, or without a coded passage.
SELECT CASE WHEN language != 'en' THEN 'language' ELSE 'no coded passage' END AS reason, language,
    title, year, n_passages, source, paper_id
FROM papers JOIN kept.paper_counts USING (paper_id)
WHERE n_coded = 0 AND withdrawn_at IS NULL
ORDER BY reason, language, title, paper_id
LIMIT 2000

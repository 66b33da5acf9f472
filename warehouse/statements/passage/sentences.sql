SELECT sentences.start, sentences."end", claim_source, assertion,
    list(coalesce(authors[1], title) || ' ' || coalesce(year, '') ORDER BY work_id)
        FILTER (WHERE work_id IS NOT NULL) AS works
FROM sentences LEFT JOIN sentence_works USING (sentence_id) LEFT JOIN works USING (work_id)
WHERE passage_id = $id
GROUP BY ALL
ORDER BY sentences.start

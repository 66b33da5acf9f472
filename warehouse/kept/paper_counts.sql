SELECT paper_id, coalesce(read.n, 0), coalesce(coded.n, 0), coalesce(named.n, 0),
    coalesce(counted.n, 0), coalesce(spoken.n, 0)
FROM papers
LEFT JOIN (SELECT paper_id, count(*) AS n FROM passages GROUP BY paper_id) AS read USING (paper_id)
LEFT JOIN (SELECT paper_id, count(DISTINCT passage_id) AS n FROM codes GROUP BY paper_id) AS coded
    USING (paper_id)
LEFT JOIN (SELECT paper_id, count(*) AS n FROM mentions GROUP BY paper_id) AS named USING (paper_id)
LEFT JOIN (SELECT paper_id, count(*) AS n FROM facts GROUP BY paper_id) AS counted USING (paper_id)
LEFT JOIN (SELECT paper_id, count(DISTINCT entity_id) AS n FROM kept.spoken_of GROUP BY paper_id)
    AS spoken USING (paper_id)

SELECT papers.*, (SELECT count(*) FROM passages WHERE passages.paper_id = papers.paper_id)
        AS n_passages,
    (SELECT count(*) FROM facts WHERE facts.paper_id = papers.paper_id) AS n_facts,
    (SELECT list(source || ' (' || relation || ')' ORDER BY noted_at) FROM paper_sources
     WHERE paper_sources.paper_id = papers.paper_id) AS sources,
    (SELECT list(stage || ': ' || problem || ': ' || detail) FROM issues
     WHERE issues.paper_id = papers.paper_id) AS issues
FROM papers WHERE paper_id = $id

SELECT works.*, (SELECT list(paper_id || ': ' || raw) FROM paper_works WHERE work_id = $id)
        AS printed_in,
    (SELECT count(*) FROM citations WHERE work_id = $id) AS n_citations
FROM works WHERE work_id = $id

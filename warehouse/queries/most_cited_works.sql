-- The works that most papers here cite.
-- param least integer = 1: only works cited by so many papers at least
SELECT array_to_string(authors, '; ') AS authors, year, title, container, doi,
    cited_works.n_papers, n_citations, work_id
FROM (FROM kept.cited_works WHERE n_papers >= $least ORDER BY n_papers DESC, n_citations DESC, work_id LIMIT 200)
    AS cited_works
JOIN works USING (work_id)
ORDER BY cited_works.n_papers DESC, n_citations DESC, authors, year, work_id

-- Papers like this one, by what their passages mean (cosine of the mean passage vectors).
-- param paper text: its paper_id, or part of its title
-- param n integer = 20: how many
WITH this AS (
    SELECT paper_id, vector FROM kept.paper_vectors JOIN papers USING (paper_id)
    WHERE paper_id = $paper OR contains(lower(title), lower($paper))
    ORDER BY (paper_id = $paper) DESC, title
    LIMIT 1
),
near AS (
    SELECT other.paper_id, list_dot_product(other.vector, this.vector) AS likeness
    FROM kept.paper_vectors AS other, this
    WHERE other.paper_id != this.paper_id AND len(other.vector) = len(this.vector)
    ORDER BY likeness DESC, other.paper_id
    LIMIT CAST($n AS BIGINT)
)
SELECT title, authors, year, round(likeness, 3) AS likeness, paper_id
FROM near JOIN papers USING (paper_id)
ORDER BY likeness DESC, paper_id

-- The passages behind a cell of the evidence map, with text and page: what a number rests on.
-- param governance text = NULL: label of governance
-- param path text = NULL: label of upgrading_path
-- param country text = NULL: ISO 3166 alpha-2
-- param decade integer = NULL: first year of the decade
-- param at_most integer = 100: how many passages at most, the surest first
WITH said AS (
    FROM kept.evidence
    WHERE ($governance IS NULL OR governance = $governance)
        AND ($path IS NULL OR upgrading_path = $path)
        AND ($country IS NULL OR country = $country) AND ($decade IS NULL OR decade = $decade)
),
picked AS MATERIALIZED (
    SELECT DISTINCT passage_id, governance, upgrading_path, counted, unsure
    FROM said
    ORDER BY counted DESC, unsure, passage_id, governance, upgrading_path
    LIMIT CAST($at_most AS BIGINT)
),
chosen AS MATERIALIZED (
    SELECT passage_id, paper_id, governance, upgrading_path,
        list(DISTINCT country ORDER BY country) FILTER (WHERE country IS NOT NULL) AS countries,
        any_value(decade) AS decade, any_value(claim) AS claim, bool_or(counted) AS counted,
        bool_or(unsure) AS unsure
    FROM said SEMI JOIN picked USING (passage_id, governance, upgrading_path)
    GROUP BY ALL
),
-- Places first: unpacking a text costs more than finding a thousand ids.
places AS (SELECT rowid AS place FROM passages SEMI JOIN chosen USING (passage_id)),
read AS (
    SELECT passage_id, page, text FROM passages WHERE rowid IN (SELECT place FROM places)
)
SELECT chosen.governance, chosen.upgrading_path, countries, decade, claim, counted, unsure, title,
    papers.year, page, text, passage_id
FROM chosen JOIN read USING (passage_id) JOIN papers ON papers.paper_id = chosen.paper_id
ORDER BY counted DESC, unsure, title, passage_id

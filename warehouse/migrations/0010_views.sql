-- The views of the contract. All are computed when asked, so that they are right at any moment of
-- writing; 0011 keeps the costly ones as tables, filled when a copy for readers is published.

-- A reference that is itself a paper here: evidence told twice is one piece of evidence.
CREATE VIEW work_papers AS
SELECT work_id, min(paper_id) AS paper_id
FROM (
    SELECT works.work_id, papers.paper_id
    FROM works JOIN papers ON lower(works.doi) = lower(papers.doi)
    UNION ALL
    SELECT works.work_id, papers.paper_id
    FROM works JOIN papers
        ON regexp_replace(lower(works.title), '[^a-z0-9]', '', 'g')
            = regexp_replace(lower(papers.title), '[^a-z0-9]', '', 'g')
        AND works.year = CAST(papers.year AS VARCHAR)
    WHERE length(works.title) >= 10
)
GROUP BY work_id;
COMMENT ON VIEW work_papers IS 'Cited works that are papers of this warehouse: same DOI, or same title (letters and digits) and year.';
COMMENT ON COLUMN work_papers.work_id IS 'The cited work.';
COMMENT ON COLUMN work_papers.paper_id IS 'The paper it is.';

CREATE VIEW passage_claims AS
WITH counted AS (
    SELECT passage_id, paper_id,
        count(*) FILTER (WHERE claim_source = 'own') AS n_own,
        count(*) FILTER (WHERE claim_source = 'cited') AS n_cited,
        count(*) FILTER (WHERE claim_source = 'synthesis') AS n_synthesis
    FROM sentences
    GROUP BY passage_id, paper_id
),
traced AS (
    SELECT passage_id, list(DISTINCT coalesce(work_papers.paper_id, work_id)) AS origins
    FROM sentence_works
    JOIN sentences USING (sentence_id)
    LEFT JOIN work_papers USING (work_id)
    WHERE claim_source = 'cited'
    GROUP BY passage_id
)
SELECT passage_id, paper_id, n_own, n_cited,
    CASE
        WHEN n_own > 0 AND n_own >= n_cited THEN 'own'
        WHEN n_cited > 0 THEN 'cited'
        WHEN n_synthesis > 0 THEN 'synthesis'
        ELSE 'unclear'
    END AS claim,
    CASE claim
        WHEN 'own' THEN [paper_id]
        WHEN 'cited' THEN list_sort(coalesce(origins, []))
        ELSE []
    END AS origins
FROM counted LEFT JOIN traced USING (passage_id);
COMMENT ON VIEW passage_claims IS 'Who says what a passage says: own where at least as many of its sentences are own as are cited, else cited, synthesis or unclear.';
COMMENT ON COLUMN passage_claims.passage_id IS 'The passage.';
COMMENT ON COLUMN passage_claims.paper_id IS 'Its paper.';
COMMENT ON COLUMN passage_claims.n_own IS 'Sentences that are the authors'' own claim.';
COMMENT ON COLUMN passage_claims.n_cited IS 'Sentences that report particular works.';
COMMENT ON COLUMN passage_claims.claim IS 'own, cited, synthesis or unclear.';
COMMENT ON COLUMN passage_claims.origins IS 'Where the claim comes from: the paper itself if own; if cited, the works (as paper_id where the work is a paper here, else work_id); else empty.';

CREATE VIEW passage_clusters AS
SELECT DISTINCT passage_id, paper_id, entity_id FROM mentions WHERE kind = 'CLUSTER'
UNION
SELECT passage_id, facts.paper_id, entity_id
FROM facts JOIN entities USING (entity_id)
WHERE entities.kind = 'CLUSTER';
COMMENT ON VIEW passage_clusters IS 'The clusters a passage speaks of: named in it, or bearers of a fact in it.';
COMMENT ON COLUMN passage_clusters.passage_id IS 'The passage.';
COMMENT ON COLUMN passage_clusters.paper_id IS 'Its paper.';
COMMENT ON COLUMN passage_clusters.entity_id IS 'The cluster.';

CREATE VIEW passage_countries AS
WITH of_clusters AS (
    SELECT DISTINCT passage_id, passage_clusters.paper_id, entities.country
    FROM passage_clusters JOIN entities USING (entity_id)
    WHERE entities.country IS NOT NULL
),
named AS (
    SELECT DISTINCT passage_id, mentions.paper_id, coalesce(entities.country, entities.name) AS country
    FROM mentions JOIN entities USING (entity_id)
    WHERE mentions.kind = 'COUNTRY'
)
SELECT passage_id, paper_id, country, 'cluster' AS said_by FROM of_clusters
UNION ALL
SELECT passage_id, paper_id, country, 'country'
FROM named ANTI JOIN of_clusters USING (passage_id);
COMMENT ON VIEW passage_countries IS 'The countries of a passage: those of the clusters it speaks of; where there are none, the countries it names.';
COMMENT ON COLUMN passage_countries.passage_id IS 'The passage.';
COMMENT ON COLUMN passage_countries.paper_id IS 'Its paper.';
COMMENT ON COLUMN passage_countries.country IS 'ISO 3166 alpha-2.';
COMMENT ON COLUMN passage_countries.said_by IS 'cluster: the country of a cluster spoken of; country: a country named.';

-- A year in running text stands after a word of time; years of citations don't, or are taken out.
CREATE VIEW passage_years AS
WITH from_facts AS (
    SELECT passage_id, max(coalesce(year, year_to, year_from)) AS year
    FROM facts
    WHERE coalesce(year, year_to, year_from) IS NOT NULL
    GROUP BY passage_id
),
said AS (
    SELECT passage_id, paper_id, CAST(unnest(regexp_extract_all(substr(text, heading_end + 1),
        '(?i)\b(?:in|since|by|from|during|until|till|between|after|before|around|throughout|to|and|early|late|mid)[ -](?:the )?(?:early |late |mid-)?((?:18|19|20)\d\d)(?:s\b|\b)',
        1)) AS INTEGER) AS year
    FROM passages
    WHERE regexp_matches(text, '(18|19|20)\d\d')
),
cited AS (
    SELECT passage_id,
        CAST(unnest(regexp_extract_all(surface, '(?:18|19|20)\d\d')) AS INTEGER) AS year
    FROM citations
),
from_text AS (
    SELECT passage_id, max(said.year) AS year
    FROM (FROM said ANTI JOIN cited USING (passage_id, year)) AS said
    LEFT JOIN papers USING (paper_id)
    WHERE said.year <= coalesce(papers.year, 2100)
    GROUP BY passage_id
)
SELECT passage_id, coalesce(from_facts.year, from_text.year) AS year,
    CASE WHEN from_facts.year IS NULL THEN 'text' ELSE 'fact' END AS said_by
FROM from_facts FULL JOIN from_text USING (passage_id);
COMMENT ON VIEW passage_years IS 'The year of which a passage speaks, where one is said: the latest of its facts, else the latest in its text after a word of time (in, since, by, from …) that is neither of a citation nor later than the paper.';
COMMENT ON COLUMN passage_years.passage_id IS 'The passage.';
COMMENT ON COLUMN passage_years.year IS 'The year.';
COMMENT ON COLUMN passage_years.said_by IS 'fact or text.';

CREATE VIEW evidence_passages AS
WITH possible AS (
    SELECT passage_id, paper_id, dimension, label, selected, decision = 'unsure' AS unsure
    FROM codes
    WHERE dimension IN ('governance', 'upgrading_path') AND (selected OR decision = 'unsure')
),
pairs AS (
    SELECT passage_id, first.paper_id, first.label AS governance, second.label AS upgrading_path,
        first.selected AND second.selected AS counted, first.unsure OR second.unsure AS unsure
    FROM possible AS first JOIN possible AS second USING (passage_id)
    WHERE first.dimension = 'governance' AND second.dimension = 'upgrading_path'
)
SELECT passage_id, pairs.paper_id, governance, upgrading_path, passage_countries.country,
    CAST(coalesce(passage_years.year, papers.year) // 10 * 10 AS INTEGER) AS decade,
    counted, unsure, coalesce(claim, 'unclear') AS claim, coalesce(origins, []) AS origins
FROM pairs
LEFT JOIN passage_countries USING (passage_id)
LEFT JOIN passage_years USING (passage_id)
LEFT JOIN passage_claims USING (passage_id)
LEFT JOIN papers ON papers.paper_id = pairs.paper_id;
COMMENT ON VIEW evidence_passages IS 'The passages behind each cell of the evidence map: one row for each passage, pair of labels and country.';
COMMENT ON COLUMN evidence_passages.passage_id IS 'The passage.';
COMMENT ON COLUMN evidence_passages.paper_id IS 'Its paper.';
COMMENT ON COLUMN evidence_passages.governance IS 'A label of governance that is selected or unsure.';
COMMENT ON COLUMN evidence_passages.upgrading_path IS 'A label of upgrading_path that is selected or unsure.';
COMMENT ON COLUMN evidence_passages.country IS 'ISO 3166 alpha-2: of a cluster spoken of, else of the countries named; NULL where neither is.';
COMMENT ON COLUMN evidence_passages.decade IS 'First year of the decade of the finding where a year is said, else of the paper.';
COMMENT ON COLUMN evidence_passages.counted IS 'Both labels are selected.';
COMMENT ON COLUMN evidence_passages.unsure IS 'The decision on one of the labels at least is unsure.';
COMMENT ON COLUMN evidence_passages.claim IS 'own, cited, synthesis or unclear; see passage_claims.';
COMMENT ON COLUMN evidence_passages.origins IS 'Where the claim comes from; see passage_claims.';

-- Independent pieces: own passages, and works cited, each once and at most one for each passage.
CREATE VIEW evidence_map AS
SELECT governance, upgrading_path, country, decade,
    count(DISTINCT passage_id) FILTER (WHERE counted) AS n_passages,
    count(DISTINCT paper_id) FILTER (WHERE counted) AS n_papers,
    count(DISTINCT passage_id) FILTER (WHERE counted AND claim = 'own') + least(
        len(list_distinct(flatten(coalesce(
            list(origins) FILTER (WHERE counted AND claim = 'cited'), [])))),
        count(DISTINCT passage_id) FILTER (WHERE counted AND claim = 'cited')
    ) AS n_own,
    count(DISTINCT passage_id) FILTER (WHERE unsure) AS n_unsure
FROM evidence_passages
GROUP BY governance, upgrading_path, country, decade;
COMMENT ON VIEW evidence_map IS 'Which governance goes with which path of upgrading, where and when, and on how much evidence. A passage that speaks of several countries counts in each.';
COMMENT ON COLUMN evidence_map.governance IS 'Label of governance (Gereffi & Lee 2014, Table 1).';
COMMENT ON COLUMN evidence_map.upgrading_path IS 'Label of upgrading_path (Gereffi & Lee 2014, Table 2).';
COMMENT ON COLUMN evidence_map.country IS 'ISO 3166 alpha-2: country of the cluster spoken of, else of the passage''s countries; NULL where none is named.';
COMMENT ON COLUMN evidence_map.decade IS 'First year of the decade of the finding where a year is said, else of the paper.';
COMMENT ON COLUMN evidence_map.n_passages IS 'Passages with both labels selected; 0 where there are only unsure ones.';
COMMENT ON COLUMN evidence_map.n_papers IS 'Papers of those passages.';
COMMENT ON COLUMN evidence_map.n_own IS 'Of those passages, the ones whose claim is own, and the ones that trace to distinct works, each work once.';
COMMENT ON COLUMN evidence_map.n_unsure IS 'Passages with both labels selected or unsure, at least one of them unsure: how far n_passages may be wrong.';

CREATE VIEW codes_current AS
SELECT passage_id, paper_id, dimension, label, probability, selected, decision, model_id,
    codebook_version, CASE WHEN model_id LIKE 'person:%' THEN 'person' ELSE 'model' END AS origin,
    made_at
FROM codes;
COMMENT ON VIEW codes_current IS 'The codes that hold now, of the models in use and of people who set labels; earlier ones are in codes_as_of.';
COMMENT ON COLUMN codes_current.passage_id IS 'The passage.';
COMMENT ON COLUMN codes_current.paper_id IS 'Its paper.';
COMMENT ON COLUMN codes_current.dimension IS 'Dimension of the codebook.';
COMMENT ON COLUMN codes_current.label IS 'Label of the dimension.';
COMMENT ON COLUMN codes_current.probability IS 'Calibrated probability, 0 to 1.';
COMMENT ON COLUMN codes_current.selected IS 'Whether the label is given, at the working point in force.';
COMMENT ON COLUMN codes_current.decision IS 'yes, no or unsure.';
COMMENT ON COLUMN codes_current.model_id IS 'The model, or person:NAME.';
COMMENT ON COLUMN codes_current.codebook_version IS 'Version of the codebook.';
COMMENT ON COLUMN codes_current.origin IS 'model or person.';
COMMENT ON COLUMN codes_current.made_at IS 'Since when it holds (UTC).';

-- One row for each statement of a number and each source it comes from.
CREATE VIEW fact_origins AS
WITH affirmed AS (FROM facts WHERE assertion = 'affirmed'),
traced AS (
    SELECT fact_id, paper_id, claim_source, work_id
    FROM affirmed
    WHERE claim_source != 'cited' OR work_id IS NOT NULL OR sentence_id IS NULL
    UNION ALL
    SELECT fact_id, affirmed.paper_id, claim_source, sentence_works.work_id
    FROM affirmed LEFT JOIN sentence_works USING (sentence_id)
    WHERE claim_source = 'cited' AND affirmed.work_id IS NULL AND sentence_id IS NOT NULL
)
SELECT DISTINCT fact_id, CASE WHEN claim_source = 'cited' THEN work_id END AS work_id,
    CASE claim_source
        WHEN 'own' THEN traced.paper_id
        WHEN 'cited' THEN coalesce(work_papers.paper_id, work_id)
    END AS origin
FROM traced LEFT JOIN work_papers USING (work_id);
COMMENT ON VIEW fact_origins IS 'Where each affirmed fact comes from.';
COMMENT ON COLUMN fact_origins.fact_id IS 'The fact.';
COMMENT ON COLUMN fact_origins.work_id IS 'A work that is cited for it.';
COMMENT ON COLUMN fact_origins.origin IS 'paper_id of an own finding or of a cited work that is a paper here, else the work_id; NULL where no source is said.';

CREATE VIEW independent_facts AS
SELECT entity_id, metric, coalesce(year, year_to, year_from) AS year, value, unit,
    greatest(count(DISTINCT origin), 1) AS n_independent, count(DISTINCT fact_id) AS n_mentions,
    coalesce(list_sort(list_distinct(list(fact_origins.work_id)
        FILTER (WHERE fact_origins.work_id IS NOT NULL))), []) AS works
FROM facts JOIN fact_origins USING (fact_id)
WHERE entity_id IS NOT NULL
GROUP BY ALL;
COMMENT ON VIEW independent_facts IS 'Numbers said of a cluster, told apart by how often and by how many independent sources: own findings count once for each paper, cited ones once for each work, and a cited work that is a paper here is that paper. Only affirmed facts.';
COMMENT ON COLUMN independent_facts.entity_id IS 'The cluster.';
COMMENT ON COLUMN independent_facts.metric IS 'What is counted.';
COMMENT ON COLUMN independent_facts.year IS 'Year of the number, or the last year of its span; NULL where none is said.';
COMMENT ON COLUMN independent_facts.value IS 'The number, in plain units.';
COMMENT ON COLUMN independent_facts.unit IS 'Its unit.';
COMMENT ON COLUMN independent_facts.n_independent IS 'Sources that do not rest on one another; 1 where none is named.';
COMMENT ON COLUMN independent_facts.n_mentions IS 'How often it is stated.';
COMMENT ON COLUMN independent_facts.works IS 'The works cited for it (work_id).';

-- Each statement allows a span: one in a hundred either way, one in ten (of a year: two years) where
-- it says "about", open ends for "more than" and "less than". Spans that do not meet contradict.
CREATE VIEW fact_spans AS
SELECT fact_id, entity_id, metric, coalesce(year, year_to, year_from) AS year, unit,
    coalesce(value_from, value) AS low, value AS high,
    CASE
        WHEN unit = 'year' THEN CASE WHEN qualifier IS NULL THEN 0 ELSE 2 END
        WHEN qualifier = 'about' THEN 0.1 * abs(value) ELSE 0.01 * abs(value)
    END AS slack,
    CASE WHEN qualifier IN ('less_than', 'up_to') THEN -1e300 ELSE low - slack END AS least,
    CASE WHEN qualifier = 'more_than' THEN 1e300 ELSE high + slack END AS most
FROM facts
WHERE assertion = 'affirmed' AND entity_id IS NOT NULL AND metric != 'other'
    AND (coalesce(year, year_to, year_from) IS NOT NULL OR metric = 'founded');
COMMENT ON VIEW fact_spans IS 'The span of values that each affirmed and dated number of a cluster allows.';
COMMENT ON COLUMN fact_spans.fact_id IS 'The fact.';
COMMENT ON COLUMN fact_spans.entity_id IS 'The cluster.';
COMMENT ON COLUMN fact_spans.metric IS 'What is counted.';
COMMENT ON COLUMN fact_spans.year IS 'Year of the number.';
COMMENT ON COLUMN fact_spans.unit IS 'Its unit.';
COMMENT ON COLUMN fact_spans.low IS 'Low end as stated.';
COMMENT ON COLUMN fact_spans.high IS 'High end as stated.';
COMMENT ON COLUMN fact_spans.slack IS 'What its wording leaves open on either side.';
COMMENT ON COLUMN fact_spans.least IS 'The least value it allows.';
COMMENT ON COLUMN fact_spans.most IS 'The greatest value it allows.';

CREATE VIEW contradictions AS
SELECT entity_id, metric, year, unit, min(low) AS low, max(high) AS high,
    count(DISTINCT coalesce(origin, 'no source said')) AS n_independent
FROM fact_spans JOIN fact_origins USING (fact_id)
GROUP BY entity_id, metric, year, unit
HAVING max(least) > min(most) AND n_independent > 1;
COMMENT ON VIEW contradictions IS 'Numbers of one cluster, metric, unit and year that cannot all be true, said by sources that do not rest on one another. Open ends (more than, less than) and roundings (about) are allowed for.';
COMMENT ON COLUMN contradictions.entity_id IS 'The cluster.';
COMMENT ON COLUMN contradictions.metric IS 'What is counted.';
COMMENT ON COLUMN contradictions.year IS 'The year both speak of; NULL for the year a cluster was founded.';
COMMENT ON COLUMN contradictions.unit IS 'Their unit.';
COMMENT ON COLUMN contradictions.low IS 'The least that is said.';
COMMENT ON COLUMN contradictions.high IS 'The most that is said.';
COMMENT ON COLUMN contradictions.n_independent IS 'Sources among all that say a number; those that name none count as one.';

CREATE VIEW cluster_profile AS
WITH clusters AS (FROM entities WHERE kind = 'CLUSTER'),
seen AS (
    SELECT entity_id, count(DISTINCT paper_id) AS n_papers, count(DISTINCT passage_id) AS n_passages
    FROM passage_clusters GROUP BY entity_id
),
numbers AS (
    SELECT entity_id, metric, value, year
    FROM independent_facts
    WHERE (metric = 'employment' AND unit = 'persons')
        OR (metric = 'firms' AND unit NOT LIKE 'percent%')
    QUALIFY row_number() OVER (
        PARTITION BY entity_id, metric
        ORDER BY year DESC NULLS LAST, n_independent DESC, n_mentions DESC, value DESC
    ) = 1
),
labels AS (
    SELECT entity_id, dimension, label, count(*) AS n
    FROM codes JOIN passage_clusters USING (passage_id)
    WHERE selected AND dimension IN ('governance', 'upgrading_path', 'outcome')
        AND NOT (dimension = 'outcome' AND label = 'none')
    GROUP BY ALL
),
coded AS (
    SELECT entity_id,
        list(label ORDER BY n DESC, label) FILTER (WHERE dimension = 'governance') AS governance,
        list(label ORDER BY n DESC, label) FILTER (WHERE dimension = 'upgrading_path') AS paths,
        list(label ORDER BY n DESC, label) FILTER (WHERE dimension = 'outcome') AS outcomes
    FROM labels GROUP BY entity_id
),
beside AS (
    SELECT passage_clusters.entity_id, entities.kind, entities.name, count(DISTINCT passage_id) AS n
    FROM passage_clusters
    JOIN mentions USING (passage_id)
    JOIN entities ON entities.entity_id = mentions.entity_id
    WHERE mentions.kind IN ('ACTOR', 'STANDARD')
    GROUP BY ALL
),
company AS (
    SELECT entity_id,
        list(name ORDER BY n DESC, name) FILTER (WHERE kind = 'STANDARD') AS standards,
        list(name ORDER BY n DESC, name) FILTER (WHERE kind = 'ACTOR') AS actors
    FROM beside GROUP BY entity_id
)
SELECT clusters.entity_id, clusters.name, clusters.country, clusters.sector, clusters.isic,
    coalesce(seen.n_papers, 0) AS n_papers, coalesce(seen.n_passages, 0) AS n_passages,
    workers.value AS employment, workers.year AS employment_year,
    plants.value AS firms, plants.year AS firms_year,
    coalesce(coded.governance, []) AS governance, coalesce(coded.paths, []) AS upgrading_paths,
    coalesce(company.standards, []) AS standards, coalesce(company.actors, []) AS actors,
    coalesce(coded.outcomes, []) AS outcomes
FROM clusters
LEFT JOIN seen USING (entity_id)
LEFT JOIN numbers AS workers
    ON workers.entity_id = clusters.entity_id AND workers.metric = 'employment'
LEFT JOIN numbers AS plants ON plants.entity_id = clusters.entity_id AND plants.metric = 'firms'
LEFT JOIN coded ON coded.entity_id = clusters.entity_id
LEFT JOIN company ON company.entity_id = clusters.entity_id;
COMMENT ON VIEW cluster_profile IS 'One row for each cluster: where it is, its latest size, and what the passages that speak of it are about. Lists begin with what most passages say.';
COMMENT ON COLUMN cluster_profile.entity_id IS 'The cluster.';
COMMENT ON COLUMN cluster_profile.name IS 'Its canonical name: place and industry.';
COMMENT ON COLUMN cluster_profile.country IS 'ISO 3166 alpha-2.';
COMMENT ON COLUMN cluster_profile.sector IS 'Its industry.';
COMMENT ON COLUMN cluster_profile.isic IS 'ISIC division of the industry.';
COMMENT ON COLUMN cluster_profile.n_papers IS 'Papers that speak of it.';
COMMENT ON COLUMN cluster_profile.n_passages IS 'Passages that speak of it.';
COMMENT ON COLUMN cluster_profile.employment IS 'Persons at work there: the number of the latest year; of several, the one with most independent sources.';
COMMENT ON COLUMN cluster_profile.employment_year IS 'Year of that number; NULL where none is said.';
COMMENT ON COLUMN cluster_profile.firms IS 'How many firms: chosen like employment.';
COMMENT ON COLUMN cluster_profile.firms_year IS 'Year of that number.';
COMMENT ON COLUMN cluster_profile.governance IS 'Labels of governance selected in its passages.';
COMMENT ON COLUMN cluster_profile.upgrading_paths IS 'Labels of upgrading_path selected in its passages.';
COMMENT ON COLUMN cluster_profile.standards IS 'Standards named in its passages.';
COMMENT ON COLUMN cluster_profile.actors IS 'Organisations named in its passages.';
COMMENT ON COLUMN cluster_profile.outcomes IS 'Outcomes selected in its passages, none left out.';

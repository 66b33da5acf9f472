-- Numbers in units of one kind are compared after bringing them to one: 2 tonnes and 2,000 kg agree.
-- Currencies stay apart, since no rate is known. Labels by cluster are counted once for two answers.

CREATE TABLE unit_scales (word VARCHAR NOT NULL, base VARCHAR NOT NULL, factor DOUBLE NOT NULL);
COMMENT ON TABLE unit_scales IS 'How words in the name of a unit are brought to one unit of their kind. Currencies are not converted.';
COMMENT ON COLUMN unit_scales.word IS 'A word in the name of a unit.';
COMMENT ON COLUMN unit_scales.base IS 'The unit it is brought to; empty for a word that only multiplies, such as million.';
COMMENT ON COLUMN unit_scales.factor IS 'How many of it.';

-- International yard and pound (1959); area and volume follow from them.
INSERT INTO unit_scales VALUES
    ('tonnes', 'kg', 1e3), ('tonne', 'kg', 1e3), ('kg', 'kg', 1), ('g', 'kg', 1e-3),
    ('pounds_weight', 'kg', 0.45359237), ('carats', 'kg', 2e-4),
    ('ha', 'ha', 1), ('km2', 'ha', 100), ('m2', 'ha', 1e-4), ('acres', 'ha', 0.40468564224),
    ('sq_feet', 'ha', 9.290304e-6),
    ('m', 'm', 1), ('km', 'm', 1e3), ('miles', 'm', 1609.344),
    ('m3', 'm3', 1), ('litres', 'm3', 1e-3), ('barrels', 'm3', 0.158987294928),
    ('dozens', 'pieces', 12), ('pieces', 'pieces', 1),
    ('hundred', '', 1e2), ('thousand', '', 1e3), ('lakh', '', 1e5), ('million', '', 1e6),
    ('crore', '', 1e7), ('billion', '', 1e9), ('trillion', '', 1e12);

CREATE VIEW unit_bases AS
WITH words AS (
    SELECT unit, unnest(string_split(unit, ' ')) AS word,
        generate_subscripts(string_split(unit, ' '), 1) AS place
    FROM (SELECT DISTINCT unit FROM facts)
),
known AS (
    SELECT unit, place, coalesce(base, words.word) AS base,
        CASE
            WHEN lag(words.word) OVER (PARTITION BY unit ORDER BY place) = 'per'
                THEN 1 / coalesce(factor, 1)
            ELSE coalesce(factor, 1)
        END AS factor
    FROM words LEFT JOIN unit_scales ON unit_scales.word = lower(words.word)
)
SELECT unit,
    coalesce(string_agg(base, ' ' ORDER BY place) FILTER (WHERE base != ''), unit) AS base,
    product(factor) AS factor
FROM known
GROUP BY unit;
COMMENT ON VIEW unit_bases IS 'The unit that the numbers of each unit are compared in.';
COMMENT ON COLUMN unit_bases.unit IS 'A unit as stated.';
COMMENT ON COLUMN unit_bases.base IS 'The unit it is brought to; itself where it is alone of its kind, as each currency is.';
COMMENT ON COLUMN unit_bases.factor IS 'How many of that it is.';

CREATE OR REPLACE VIEW contradictions AS
WITH said AS (
    SELECT fact_spans.*, base, coalesce(factor, 1) AS factor, origin
    FROM fact_spans JOIN fact_origins USING (fact_id) LEFT JOIN unit_bases USING (unit)
)
SELECT entity_id, metric, year, CASE WHEN count(DISTINCT unit) = 1 THEN min(unit) ELSE base END AS unit,
    CASE WHEN count(DISTINCT unit) = 1 THEN min(low) ELSE min(low * factor) END AS low,
    CASE WHEN count(DISTINCT unit) = 1 THEN max(high) ELSE max(high * factor) END AS high,
    count(DISTINCT coalesce(origin, 'no source said')) AS n_independent
FROM said
GROUP BY entity_id, metric, year, base
HAVING max(least * factor) > min(most * factor) AND n_independent > 1;
COMMENT ON VIEW contradictions IS 'Numbers of one cluster, metric and year, in one unit or in units of one kind, that cannot all be true, said by sources that do not rest on one another. Open ends (more than, less than) and roundings (about) are allowed for.';
COMMENT ON COLUMN contradictions.entity_id IS 'The cluster.';
COMMENT ON COLUMN contradictions.metric IS 'What is counted.';
COMMENT ON COLUMN contradictions.year IS 'The year both speak of; NULL for the year a cluster was founded.';
COMMENT ON COLUMN contradictions.unit IS 'Their unit; where they differ (tonnes, kg), the one of unit_bases that both are brought to. Currencies are never mixed.';
COMMENT ON COLUMN contradictions.low IS 'The least that is said.';
COMMENT ON COLUMN contradictions.high IS 'The most that is said.';
COMMENT ON COLUMN contradictions.n_independent IS 'Sources among all that say a number; those that name none count as one.';

CREATE VIEW cluster_label_counts AS
WITH by_paper AS (
    SELECT entity_id, codes.paper_id, dimension, label, count(*) FILTER (WHERE selected) AS n,
        count(*) FILTER (WHERE decision = 'unsure') AS n_unsure
    FROM codes JOIN passage_clusters USING (passage_id)
    WHERE selected OR decision = 'unsure'
    GROUP BY ALL
)
SELECT entity_id, dimension, label, CAST(sum(n) AS BIGINT) AS n_passages,
    count(*) FILTER (WHERE n > 0) AS n_papers, CAST(sum(n_unsure) AS BIGINT) AS n_unsure
FROM by_paper
GROUP BY ALL;
COMMENT ON VIEW cluster_label_counts IS 'How many passages and papers that speak of a cluster have a label.';
COMMENT ON COLUMN cluster_label_counts.entity_id IS 'The cluster.';
COMMENT ON COLUMN cluster_label_counts.dimension IS 'Dimension of the codebook.';
COMMENT ON COLUMN cluster_label_counts.label IS 'Label of the dimension.';
COMMENT ON COLUMN cluster_label_counts.n_passages IS 'Passages in which it is selected.';
COMMENT ON COLUMN cluster_label_counts.n_papers IS 'Papers of those passages.';
COMMENT ON COLUMN cluster_label_counts.n_unsure IS 'Passages in which it is unsure.';

CREATE OR REPLACE VIEW cluster_profile AS
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
    SELECT entity_id, dimension, label, n_passages AS n
    FROM cluster_label_counts
    WHERE n_passages > 0 AND dimension IN ('governance', 'upgrading_path', 'outcome')
        AND NOT (dimension = 'outcome' AND label = 'none')
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

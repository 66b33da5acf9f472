-- Answers that are costly to compute, kept as tables so that every named query is quick. Schema
-- `kept` is filled from the views (warehouse/kept) when a copy for readers is published; it holds
-- nothing that could not be computed again.
CREATE SCHEMA kept;

CREATE TABLE kept.evidence (
    passage_id VARCHAR, paper_id VARCHAR, governance VARCHAR, upgrading_path VARCHAR,
    country VARCHAR, decade INTEGER, counted BOOLEAN, unsure BOOLEAN, claim VARCHAR,
    origins VARCHAR[]
);
COMMENT ON TABLE kept.evidence IS 'The view evidence_passages, kept.';
COMMENT ON COLUMN kept.evidence.passage_id IS 'The passage.';
COMMENT ON COLUMN kept.evidence.paper_id IS 'Its paper.';
COMMENT ON COLUMN kept.evidence.governance IS 'A label of governance that is selected or unsure.';
COMMENT ON COLUMN kept.evidence.upgrading_path IS 'A label of upgrading_path that is selected or unsure.';
COMMENT ON COLUMN kept.evidence.country IS 'ISO 3166 alpha-2; NULL where none is named.';
COMMENT ON COLUMN kept.evidence.decade IS 'First year of the decade of the finding, else of the paper.';
COMMENT ON COLUMN kept.evidence.counted IS 'Both labels are selected.';
COMMENT ON COLUMN kept.evidence.unsure IS 'The decision on one of the labels at least is unsure.';
COMMENT ON COLUMN kept.evidence.claim IS 'own, cited, synthesis or unclear.';
COMMENT ON COLUMN kept.evidence.origins IS 'Papers or works that the claim comes from.';

CREATE TABLE kept.clusters AS FROM main.cluster_profile LIMIT 0;
COMMENT ON TABLE kept.clusters IS 'The view cluster_profile, kept.';
COMMENT ON COLUMN kept.clusters.entity_id IS 'The cluster.';
COMMENT ON COLUMN kept.clusters.name IS 'Its canonical name: place and industry.';
COMMENT ON COLUMN kept.clusters.country IS 'ISO 3166 alpha-2.';
COMMENT ON COLUMN kept.clusters.sector IS 'Its industry.';
COMMENT ON COLUMN kept.clusters.isic IS 'ISIC division of the industry.';
COMMENT ON COLUMN kept.clusters.n_papers IS 'Papers that speak of it.';
COMMENT ON COLUMN kept.clusters.n_passages IS 'Passages that speak of it.';
COMMENT ON COLUMN kept.clusters.employment IS 'Persons at work there, by the latest number.';
COMMENT ON COLUMN kept.clusters.employment_year IS 'Year of that number.';
COMMENT ON COLUMN kept.clusters.firms IS 'How many firms, by the latest number.';
COMMENT ON COLUMN kept.clusters.firms_year IS 'Year of that number.';
COMMENT ON COLUMN kept.clusters.governance IS 'Labels of governance selected in its passages.';
COMMENT ON COLUMN kept.clusters.upgrading_paths IS 'Labels of upgrading_path selected in its passages.';
COMMENT ON COLUMN kept.clusters.standards IS 'Standards named in its passages.';
COMMENT ON COLUMN kept.clusters.actors IS 'Organisations named in its passages.';
COMMENT ON COLUMN kept.clusters.outcomes IS 'Outcomes selected in its passages, none left out.';

CREATE TABLE kept.spoken_of (passage_id VARCHAR, paper_id VARCHAR, entity_id VARCHAR);
COMMENT ON TABLE kept.spoken_of IS 'The view passage_clusters, kept.';
COMMENT ON COLUMN kept.spoken_of.passage_id IS 'The passage.';
COMMENT ON COLUMN kept.spoken_of.paper_id IS 'Its paper.';
COMMENT ON COLUMN kept.spoken_of.entity_id IS 'The cluster.';

CREATE TABLE kept.cluster_labels (
    entity_id VARCHAR, dimension VARCHAR, label VARCHAR, n_passages BIGINT, n_papers BIGINT,
    n_unsure BIGINT
);
COMMENT ON TABLE kept.cluster_labels IS 'How many passages and papers that speak of a cluster have a label.';
COMMENT ON COLUMN kept.cluster_labels.entity_id IS 'The cluster.';
COMMENT ON COLUMN kept.cluster_labels.dimension IS 'Dimension of the codebook.';
COMMENT ON COLUMN kept.cluster_labels.label IS 'Label of the dimension.';
COMMENT ON COLUMN kept.cluster_labels.n_passages IS 'Passages in which it is selected.';
COMMENT ON COLUMN kept.cluster_labels.n_papers IS 'Papers of those passages.';
COMMENT ON COLUMN kept.cluster_labels.n_unsure IS 'Passages in which it is unsure.';

CREATE TABLE kept.paper_labels (
    paper_id VARCHAR, dimension VARCHAR, label VARCHAR, model_id VARCHAR, n_selected BIGINT,
    n_unsure BIGINT, n_kept BIGINT, sum_probability DOUBLE
);
COMMENT ON TABLE kept.paper_labels IS 'How many passages of a paper have a label.';
COMMENT ON COLUMN kept.paper_labels.paper_id IS 'The paper.';
COMMENT ON COLUMN kept.paper_labels.dimension IS 'Dimension of the codebook.';
COMMENT ON COLUMN kept.paper_labels.label IS 'Label of the dimension.';
COMMENT ON COLUMN kept.paper_labels.model_id IS 'The model that gave it, or person:NAME.';
COMMENT ON COLUMN kept.paper_labels.n_selected IS 'Passages in which it is selected.';
COMMENT ON COLUMN kept.paper_labels.n_unsure IS 'Passages in which it is unsure.';
COMMENT ON COLUMN kept.paper_labels.n_kept IS 'Passages in which it is selected or has a probability of .05 or more.';
COMMENT ON COLUMN kept.paper_labels.sum_probability IS 'Sum of its probabilities in those passages.';

CREATE TABLE kept.path_outcomes (
    passage_id VARCHAR, paper_id VARCHAR, upgrading_path VARCHAR, outcome VARCHAR, model_id VARCHAR
);
COMMENT ON TABLE kept.path_outcomes IS 'What became of it, by path of upgrading: passages in which both are selected.';
COMMENT ON COLUMN kept.path_outcomes.passage_id IS 'The passage.';
COMMENT ON COLUMN kept.path_outcomes.paper_id IS 'Its paper.';
COMMENT ON COLUMN kept.path_outcomes.upgrading_path IS 'Label of upgrading_path.';
COMMENT ON COLUMN kept.path_outcomes.outcome IS 'Label of outcome.';
COMMENT ON COLUMN kept.path_outcomes.model_id IS 'The model that gave the outcome.';

CREATE TABLE kept.standard_uses (
    standard_id VARCHAR, cluster_id VARCHAR, country VARCHAR, outcome VARCHAR, n_passages BIGINT,
    n_papers BIGINT, example_passage_id VARCHAR
);
COMMENT ON TABLE kept.standard_uses IS 'Where a standard is named, with which cluster and outcome.';
COMMENT ON COLUMN kept.standard_uses.standard_id IS 'The standard.';
COMMENT ON COLUMN kept.standard_uses.cluster_id IS 'A cluster spoken of in the same passage; NULL where there is none.';
COMMENT ON COLUMN kept.standard_uses.country IS 'Country of the cluster, else a country named in the passage.';
COMMENT ON COLUMN kept.standard_uses.outcome IS 'The passage''s outcome; NULL where it is not coded.';
COMMENT ON COLUMN kept.standard_uses.n_passages IS 'Such passages.';
COMMENT ON COLUMN kept.standard_uses.n_papers IS 'Papers of those passages.';
COMMENT ON COLUMN kept.standard_uses.example_passage_id IS 'One of them.';

CREATE TABLE kept.actor_pairs (
    actor_id VARCHAR, other_id VARCHAR, n_passages BIGINT, n_papers BIGINT,
    example_passage_id VARCHAR
);
COMMENT ON TABLE kept.actor_pairs IS 'Organisations that are named in one passage; each pair once.';
COMMENT ON COLUMN kept.actor_pairs.actor_id IS 'One organisation.';
COMMENT ON COLUMN kept.actor_pairs.other_id IS 'The other.';
COMMENT ON COLUMN kept.actor_pairs.n_passages IS 'Passages that name both.';
COMMENT ON COLUMN kept.actor_pairs.n_papers IS 'Papers of those passages.';
COMMENT ON COLUMN kept.actor_pairs.example_passage_id IS 'One of them.';

CREATE TABLE kept.cited_works (work_id VARCHAR, n_citations BIGINT, n_papers BIGINT);
COMMENT ON TABLE kept.cited_works IS 'How often each work is cited in the texts.';
COMMENT ON COLUMN kept.cited_works.work_id IS 'The work.';
COMMENT ON COLUMN kept.cited_works.n_citations IS 'Citations in running text.';
COMMENT ON COLUMN kept.cited_works.n_papers IS 'Papers that cite it or list it.';

CREATE TABLE kept.claims (paper_id VARCHAR, claim_source VARCHAR, assertion VARCHAR, n BIGINT);
COMMENT ON TABLE kept.claims IS 'Sentences of each paper by who says it and how surely.';
COMMENT ON COLUMN kept.claims.paper_id IS 'The paper.';
COMMENT ON COLUMN kept.claims.claim_source IS 'own, cited, synthesis or unclear.';
COMMENT ON COLUMN kept.claims.assertion IS 'affirmed, negated, hypothetical or planned.';
COMMENT ON COLUMN kept.claims.n IS 'Sentences.';

CREATE TABLE kept.label_years (
    dimension VARCHAR, label VARCHAR, country VARCHAR, year INTEGER, n_passages BIGINT,
    n_papers BIGINT
);
COMMENT ON TABLE kept.label_years IS 'Labels by country and by year of the paper.';
COMMENT ON COLUMN kept.label_years.dimension IS 'Dimension of the codebook.';
COMMENT ON COLUMN kept.label_years.label IS 'Label of the dimension.';
COMMENT ON COLUMN kept.label_years.country IS 'Country of the passage; NULL where none is named.';
COMMENT ON COLUMN kept.label_years.year IS 'Year of the paper.';
COMMENT ON COLUMN kept.label_years.n_passages IS 'Passages in which it is selected.';
COMMENT ON COLUMN kept.label_years.n_papers IS 'Papers of those passages.';

CREATE TABLE kept.paper_counts (
    paper_id VARCHAR, n_passages BIGINT, n_coded BIGINT, n_mentions BIGINT, n_facts BIGINT,
    n_clusters BIGINT
);
COMMENT ON TABLE kept.paper_counts IS 'What was read in each paper.';
COMMENT ON COLUMN kept.paper_counts.paper_id IS 'The paper.';
COMMENT ON COLUMN kept.paper_counts.n_passages IS 'Passages.';
COMMENT ON COLUMN kept.paper_counts.n_coded IS 'Passages that have at least one code.';
COMMENT ON COLUMN kept.paper_counts.n_mentions IS 'Mentions of entities.';
COMMENT ON COLUMN kept.paper_counts.n_facts IS 'Facts.';
COMMENT ON COLUMN kept.paper_counts.n_clusters IS 'Clusters it speaks of.';

CREATE TABLE kept.paper_countries (
    paper_id VARCHAR, country VARCHAR, n_passages BIGINT, n_of_clusters BIGINT
);
COMMENT ON TABLE kept.paper_countries IS 'The countries a paper speaks of.';
COMMENT ON COLUMN kept.paper_countries.paper_id IS 'The paper.';
COMMENT ON COLUMN kept.paper_countries.country IS 'ISO 3166 alpha-2.';
COMMENT ON COLUMN kept.paper_countries.n_passages IS 'Passages that speak of it.';
COMMENT ON COLUMN kept.paper_countries.n_of_clusters IS 'Of those, the ones that speak of a cluster there.';

CREATE TABLE kept.paper_vectors (paper_id VARCHAR, ingested_at TIMESTAMP, vector FLOAT[]);
COMMENT ON TABLE kept.paper_vectors IS 'The mean of a paper''s passage vectors, brought to length 1.';
COMMENT ON COLUMN kept.paper_vectors.paper_id IS 'The paper.';
COMMENT ON COLUMN kept.paper_vectors.ingested_at IS 'The reading of the paper it was made of.';
COMMENT ON COLUMN kept.paper_vectors.vector IS 'The vector; as many numbers as the encoder gives.';

CREATE TABLE kept.numbers AS FROM main.independent_facts LIMIT 0;
COMMENT ON TABLE kept.numbers IS 'The view independent_facts, kept.';
COMMENT ON COLUMN kept.numbers.entity_id IS 'The cluster.';
COMMENT ON COLUMN kept.numbers.metric IS 'What is counted.';
COMMENT ON COLUMN kept.numbers.year IS 'Year of the number; NULL where none is said.';
COMMENT ON COLUMN kept.numbers.value IS 'The number.';
COMMENT ON COLUMN kept.numbers.unit IS 'Its unit.';
COMMENT ON COLUMN kept.numbers.n_independent IS 'Sources that do not rest on one another.';
COMMENT ON COLUMN kept.numbers.n_mentions IS 'How often it is stated.';
COMMENT ON COLUMN kept.numbers.works IS 'The works cited for it.';

CREATE TABLE kept.contradicted AS FROM main.contradictions LIMIT 0;
COMMENT ON TABLE kept.contradicted IS 'The view contradictions, kept.';
COMMENT ON COLUMN kept.contradicted.entity_id IS 'The cluster.';
COMMENT ON COLUMN kept.contradicted.metric IS 'What is counted.';
COMMENT ON COLUMN kept.contradicted.year IS 'The year both speak of.';
COMMENT ON COLUMN kept.contradicted.unit IS 'Their unit.';
COMMENT ON COLUMN kept.contradicted.low IS 'The least that is said.';
COMMENT ON COLUMN kept.contradicted.high IS 'The most that is said.';
COMMENT ON COLUMN kept.contradicted.n_independent IS 'Sources that say a number.';

-- What every table, view and column is for; `docs/data-dictionary.md` is made from these.

COMMENT ON TABLE migrations IS
    'Which migrations were applied, and with what contents.';
COMMENT ON COLUMN migrations."version" IS 'Number of the migration.';
COMMENT ON COLUMN migrations."name" IS 'Its name.';
COMMENT ON COLUMN migrations."sha256" IS 'SHA-256 of its file.';
COMMENT ON COLUMN migrations."applied_at" IS 'When it was applied (UTC).';

COMMENT ON TABLE papers IS
    'Papers, each once, whatever number of sources it came from.';
COMMENT ON COLUMN papers."paper_id" IS 'Id of the paper, made of its content.';
COMMENT ON COLUMN papers."title" IS 'Title.';
COMMENT ON COLUMN papers."authors" IS 'Authors as printed, in order.';
COMMENT ON COLUMN papers."year" IS 'Year of publication.';
COMMENT ON COLUMN papers."doi" IS 'DOI as found.';
COMMENT ON COLUMN papers."language" IS 'Language of the text, ISO 639-1.';
COMMENT ON COLUMN papers."abstract" IS 'Abstract, where the paper has one.';
COMMENT ON COLUMN papers."keywords" IS 'Keywords as printed.';
COMMENT ON COLUMN papers."source" IS
    'The path as first given; a member of an archive as a.zip!/name.';
COMMENT ON COLUMN papers."sha256" IS 'SHA-256 of the bytes it was read from.';
COMMENT ON COLUMN papers."media_type" IS 'What the bytes are.';
COMMENT ON COLUMN papers."n_pages" IS 'Number of pages; NULL for text without pages.';
COMMENT ON COLUMN papers."n_words" IS 'Number of words of the text.';
COMMENT ON COLUMN papers."parser_version" IS
    'Version of the reader and of the structure it was read with.';
COMMENT ON COLUMN papers."ingested_at" IS 'When its rows were made (UTC).';
COMMENT ON COLUMN papers."metadata_origin" IS 'Field to where its value was found.';
COMMENT ON COLUMN papers."text_sha256" IS 'SHA-256 of the text.';
COMMENT ON COLUMN papers."recipe" IS
    'Hash of parser, codebook and models it was made with; parts in recipes.';
COMMENT ON COLUMN papers."withdrawn_at" IS
    'When a person withdrew it (UTC); its rows then stand aside.';
COMMENT ON COLUMN papers."withdrawn_reason" IS 'Why it was withdrawn.';

COMMENT ON TABLE paper_texts IS
    'The text of each paper; passages are slices of it.';
COMMENT ON COLUMN paper_texts."paper_id" IS 'The paper; made of its text.';
COMMENT ON COLUMN paper_texts."text" IS 'Block texts in reading order.';

COMMENT ON TABLE paper_sources IS
    'Every source that is a paper: a paper may have several.';
COMMENT ON COLUMN paper_sources."paper_id" IS 'The paper; made of its text.';
COMMENT ON COLUMN paper_sources."source" IS
    'The path as given; a member of an archive as a.zip!/name.';
COMMENT ON COLUMN paper_sources."sha256" IS 'SHA-256 of the bytes.';
COMMENT ON COLUMN paper_sources."relation" IS
    'How the source is the paper: same_bytes, same_text, same_work or replaced.';
COMMENT ON COLUMN paper_sources."size" IS 'Size in bytes when last seen.';
COMMENT ON COLUMN paper_sources."mtime_ns" IS
    'Time of change when last seen, in nanoseconds since 1970.';
COMMENT ON COLUMN paper_sources."recipe" IS 'Recipe under which the source was last read.';
COMMENT ON COLUMN paper_sources."noted_at" IS 'When it was last settled (UTC).';

COMMENT ON TABLE rejects IS
    'Every source that could not be loaded, and why.';
COMMENT ON COLUMN rejects."source" IS 'The path as given.';
COMMENT ON COLUMN rejects."sha256" IS 'SHA-256 of the bytes.';
COMMENT ON COLUMN rejects."stage" IS 'Where it stopped: open, detect, read, structure or extract.';
COMMENT ON COLUMN rejects."reason" IS 'Short, stable reason.';
COMMENT ON COLUMN rejects."detail" IS 'What was got, what was expected, what to do.';
COMMENT ON COLUMN rejects."at" IS 'When (UTC).';
COMMENT ON COLUMN rejects."size" IS 'Size in bytes when last seen.';
COMMENT ON COLUMN rejects."mtime_ns" IS 'Time of change when last seen, in nanoseconds since 1970.';
COMMENT ON COLUMN rejects."recipe" IS 'Recipe under which it was tried.';

COMMENT ON TABLE sections IS
    'Sections of papers; role says what they are.';
COMMENT ON COLUMN sections."section_id" IS 'Id of the section.';
COMMENT ON COLUMN sections."paper_id" IS 'The paper; made of its text.';
COMMENT ON COLUMN sections."ordinal" IS 'Place in reading order within the paper, from 0.';
COMMENT ON COLUMN sections."level" IS 'Level of the heading, 1 is highest.';
COMMENT ON COLUMN sections."heading" IS 'Heading as printed; NULL where none is.';
COMMENT ON COLUMN sections."role" IS 'front, abstract, body, table, note, references or appendix.';

COMMENT ON TABLE passages IS
    'Exact slices of the paper''s text, of 25 to 180 words in the body: what is coded.';
COMMENT ON COLUMN passages."passage_id" IS 'Id of the passage.';
COMMENT ON COLUMN passages."paper_id" IS 'The paper; made of its text.';
COMMENT ON COLUMN passages."section_id" IS 'The section.';
COMMENT ON COLUMN passages."ordinal" IS 'Place in reading order within the paper, from 0.';
COMMENT ON COLUMN passages."page" IS 'Page it begins on, from 1; NULL for text without pages.';
COMMENT ON COLUMN passages."page_to" IS 'Page it ends on.';
COMMENT ON COLUMN passages."start" IS 'First character in the paper''s text, from 0.';
COMMENT ON COLUMN passages."end" IS 'Character after the last in the paper''s text.';
COMMENT ON COLUMN passages."text" IS 'Exactly paper_texts.text[start:end].';
COMMENT ON COLUMN passages."heading_end" IS
    'How many characters at its start are the section''s heading.';
COMMENT ON COLUMN passages."passage_sha256" IS
    'SHA-256 of the passage''s text: holds on to content, whatever its id.';

COMMENT ON TABLE passage_boxes IS
    'Where passages stand on the page, for highlighting.';
COMMENT ON COLUMN passage_boxes."passage_id" IS 'The passage.';
COMMENT ON COLUMN passage_boxes."paper_id" IS 'The paper; made of its text.';
COMMENT ON COLUMN passage_boxes."page" IS 'Page, from 1; NULL for text without pages.';
COMMENT ON COLUMN passage_boxes."left" IS 'Left edge in PDF points from the page''s left.';
COMMENT ON COLUMN passage_boxes."top" IS 'Top edge in PDF points from the page''s top.';
COMMENT ON COLUMN passage_boxes."right" IS 'Right edge in PDF points.';
COMMENT ON COLUMN passage_boxes."bottom" IS 'Bottom edge in PDF points.';

COMMENT ON TABLE passage_vectors IS
    'Encoder vectors of coded passages, for search by meaning.';
COMMENT ON COLUMN passage_vectors."passage_id" IS 'The passage.';
COMMENT ON COLUMN passage_vectors."paper_id" IS 'The paper; made of its text.';
COMMENT ON COLUMN passage_vectors."vector" IS 'Little-endian 16-bit floats.';

COMMENT ON TABLE tables IS
    'Tables of papers, with their cells.';
COMMENT ON COLUMN tables."table_id" IS 'Id of the table.';
COMMENT ON COLUMN tables."paper_id" IS 'The paper; made of its text.';
COMMENT ON COLUMN tables."caption" IS 'Caption as printed.';
COMMENT ON COLUMN tables."page" IS 'Page, from 1; NULL for text without pages.';
COMMENT ON COLUMN tables."cells" IS 'Rows of cells.';
COMMENT ON COLUMN tables."section_id" IS 'Section that holds the table''s passage.';

COMMENT ON TABLE works IS
    'Cited works, each once over all papers.';
COMMENT ON COLUMN works."work_id" IS 'Id of the work.';
COMMENT ON COLUMN works."authors" IS 'Authors as printed, in order.';
COMMENT ON COLUMN works."year" IS 'Year as printed, such as 2004a.';
COMMENT ON COLUMN works."title" IS 'Title.';
COMMENT ON COLUMN works."container" IS 'Journal, book or series.';
COMMENT ON COLUMN works."doi" IS 'DOI as found.';

COMMENT ON TABLE paper_works IS
    'Which paper''s reference list names which work, and how.';
COMMENT ON COLUMN paper_works."paper_id" IS 'The paper; made of its text.';
COMMENT ON COLUMN paper_works."work_id" IS 'The cited work.';
COMMENT ON COLUMN paper_works."ordinal" IS 'Place in the reference list, from 0.';
COMMENT ON COLUMN paper_works."raw" IS 'The entry as printed.';
COMMENT ON COLUMN paper_works."key" IS 'Its number, where entries are numbered.';

COMMENT ON TABLE citations IS
    'One cited work at one place in a passage.';
COMMENT ON COLUMN citations."citation_id" IS 'Id of the citation.';
COMMENT ON COLUMN citations."passage_id" IS 'The passage.';
COMMENT ON COLUMN citations."work_id" IS 'The work; NULL where the reference list holds no match.';
COMMENT ON COLUMN citations."surface" IS 'The words as printed.';
COMMENT ON COLUMN citations."start" IS 'First character of the span in the passage, from 0.';
COMMENT ON COLUMN citations."end" IS 'Character after the last of the span in the passage.';
COMMENT ON COLUMN citations."paper_id" IS 'The paper; made of its text.';

COMMENT ON TABLE entities IS
    'Canonical clusters, countries, actors and standards.';
COMMENT ON COLUMN entities."entity_id" IS 'Id of the entity.';
COMMENT ON COLUMN entities."kind" IS 'Kind of entity: CLUSTER, COUNTRY, ACTOR or STANDARD.';
COMMENT ON COLUMN entities."name" IS 'Canonical name (a country''s ISO code).';
COMMENT ON COLUMN entities."country" IS 'ISO 3166 alpha-2 code.';
COMMENT ON COLUMN entities."sector" IS 'Industry of a cluster.';
COMMENT ON COLUMN entities."isic" IS 'ISIC Rev. 4 division of the sector.';
COMMENT ON COLUMN entities."actor_type" IS 'Type of an actor.';
COMMENT ON COLUMN entities."standard_type" IS 'Type of a standard.';
COMMENT ON COLUMN entities."read_name" IS 'The name as it was read, before people renamed it.';

COMMENT ON TABLE mentions IS
    'Spans that name an entity; where spans nest, only the longest stands.';
COMMENT ON COLUMN mentions."mention_id" IS 'Id of the mention.';
COMMENT ON COLUMN mentions."passage_id" IS 'The passage.';
COMMENT ON COLUMN mentions."kind" IS 'Kind of entity: CLUSTER, COUNTRY, ACTOR or STANDARD.';
COMMENT ON COLUMN mentions."entity_id" IS 'The canonical entity.';
COMMENT ON COLUMN mentions."surface" IS 'The words as printed.';
COMMENT ON COLUMN mentions."start" IS 'First character of the span in the passage, from 0.';
COMMENT ON COLUMN mentions."end" IS 'Character after the last of the span in the passage.';
COMMENT ON COLUMN mentions."method" IS 'How the span was found.';
COMMENT ON COLUMN mentions."confidence" IS 'How sure the finder was, 0 to 1.';
COMMENT ON COLUMN mentions."reason" IS 'How it was linked to the entity.';
COMMENT ON COLUMN mentions."paper_id" IS 'The paper; made of its text.';
COMMENT ON COLUMN mentions."read_entity_id" IS
    'The entity as it was read, before people merged or split any.';

COMMENT ON TABLE sentences IS
    'Sentences of coded passages: who says so, how surely.';
COMMENT ON COLUMN sentences."sentence_id" IS 'Id of the sentence.';
COMMENT ON COLUMN sentences."passage_id" IS 'The passage.';
COMMENT ON COLUMN sentences."start" IS 'First character of the span in the passage, from 0.';
COMMENT ON COLUMN sentences."end" IS 'Character after the last of the span in the passage.';
COMMENT ON COLUMN sentences."claim_source" IS 'Who says so: own, cited, synthesis or unclear.';
COMMENT ON COLUMN sentences."assertion" IS
    'How surely: affirmed, negated, hypothetical or planned.';
COMMENT ON COLUMN sentences."paper_id" IS 'The paper; made of its text.';

COMMENT ON TABLE sentence_works IS
    'Works that a cited sentence rests on.';
COMMENT ON COLUMN sentence_works."sentence_id" IS 'The sentence.';
COMMENT ON COLUMN sentence_works."work_id" IS 'The cited work.';
COMMENT ON COLUMN sentence_works."paper_id" IS 'The paper; made of its text.';

COMMENT ON TABLE facts IS
    'Numbers of clusters, and of industries of countries; the current ones.';
COMMENT ON COLUMN facts."fact_id" IS 'Id of the fact.';
COMMENT ON COLUMN facts."passage_id" IS 'The passage.';
COMMENT ON COLUMN facts."sentence_id" IS 'The sentence it stands in.';
COMMENT ON COLUMN facts."entity_id" IS 'The cluster or country it is said of.';
COMMENT ON COLUMN facts."country" IS 'ISO 3166 alpha-2 code.';
COMMENT ON COLUMN facts."metric" IS 'What is counted: employment, firms, exports, …';
COMMENT ON COLUMN facts."value" IS 'The number, plain.';
COMMENT ON COLUMN facts."value_from" IS 'Low end of a range.';
COMMENT ON COLUMN facts."change_from" IS 'Earlier value of a change.';
COMMENT ON COLUMN facts."unit" IS 'Unit: persons, firms, USD, percent, …';
COMMENT ON COLUMN facts."year" IS 'Year the number is of.';
COMMENT ON COLUMN facts."year_from" IS 'First year of a span.';
COMMENT ON COLUMN facts."year_to" IS 'Last year of a span.';
COMMENT ON COLUMN facts."qualifier" IS 'about, more_than, less_than or up_to.';
COMMENT ON COLUMN facts."quote" IS 'The words, exactly passage.text[start:end].';
COMMENT ON COLUMN facts."start" IS 'First character of the span in the passage, from 0.';
COMMENT ON COLUMN facts."end" IS 'Character after the last of the span in the passage.';
COMMENT ON COLUMN facts."claim_source" IS 'Who says so: own, cited, synthesis or unclear.';
COMMENT ON COLUMN facts."work_id" IS 'The work it is cited from.';
COMMENT ON COLUMN facts."assertion" IS 'How surely: affirmed, negated, hypothetical or planned.';
COMMENT ON COLUMN facts."rule" IS 'The rule that made the fact.';
COMMENT ON COLUMN facts."paper_id" IS 'The paper; made of its text.';
COMMENT ON COLUMN facts."read_entity_id" IS
    'The entity as it was read, before people merged or split any.';
COMMENT ON COLUMN facts."recipe" IS
    'Hash of parser, codebook and models it was made with; parts in recipes.';
COMMENT ON COLUMN facts."made_at" IS 'When the row was made (UTC).';

COMMENT ON TABLE relations IS
    'Who stands in which relation to whom, with the words that say so.';
COMMENT ON COLUMN relations."relation_id" IS 'Id of the relation.';
COMMENT ON COLUMN relations."passage_id" IS 'The passage.';
COMMENT ON COLUMN relations."subject_id" IS 'Entity that is the subject.';
COMMENT ON COLUMN relations."relation" IS 'The relation.';
COMMENT ON COLUMN relations."object_id" IS 'Entity that is the object.';
COMMENT ON COLUMN relations."start" IS 'First character of the span in the passage, from 0.';
COMMENT ON COLUMN relations."end" IS 'Character after the last of the span in the passage.';
COMMENT ON COLUMN relations."confidence" IS 'How sure the finder was, 0 to 1.';
COMMENT ON COLUMN relations."claim_source" IS 'Who says so: own, cited, synthesis or unclear.';
COMMENT ON COLUMN relations."work_id" IS 'The work it is cited from.';
COMMENT ON COLUMN relations."assertion" IS
    'How surely: affirmed, negated, hypothetical or planned.';
COMMENT ON COLUMN relations."paper_id" IS 'The paper; made of its text.';
COMMENT ON COLUMN relations."read_subject_id" IS
    'Subject as it was read, before people merged any.';
COMMENT ON COLUMN relations."read_object_id" IS 'Object as it was read, before people merged any.';

COMMENT ON TABLE codes IS
    'Labels of passages, current: those selected or with a probability of at least .05.';
COMMENT ON COLUMN codes."passage_id" IS 'The passage.';
COMMENT ON COLUMN codes."dimension" IS 'Dimension of the codebook.';
COMMENT ON COLUMN codes."label" IS 'Label of the dimension.';
COMMENT ON COLUMN codes."probability" IS 'Probability that the label applies, 0 to 1.';
COMMENT ON COLUMN codes."selected" IS 'Whether the label applies at the working point.';
COMMENT ON COLUMN codes."decision" IS 'yes, no or unsure.';
COMMENT ON COLUMN codes."model_id" IS 'The model that gave it, or person:NAME for a correction.';
COMMENT ON COLUMN codes."codebook_version" IS 'Version of the codebook.';
COMMENT ON COLUMN codes."paper_id" IS 'The paper; made of its text.';
COMMENT ON COLUMN codes."made_at" IS 'When the row was made (UTC).';

COMMENT ON TABLE codebook_labels IS
    'Labels of every codebook version met.';
COMMENT ON COLUMN codebook_labels."codebook_version" IS 'Version of the codebook.';
COMMENT ON COLUMN codebook_labels."dimension" IS 'Dimension of the codebook.';
COMMENT ON COLUMN codebook_labels."label" IS 'Label of the dimension.';
COMMENT ON COLUMN codebook_labels."definition" IS 'What the label applies to.';

COMMENT ON TABLE annotations IS
    'Labels that coders gave passages in coding rounds.';
COMMENT ON COLUMN annotations."annotation_id" IS 'Id of the annotation.';
COMMENT ON COLUMN annotations."passage_sha256" IS
    'SHA-256 of the passage''s text: holds on to content, whatever its id.';
COMMENT ON COLUMN annotations."passage_id" IS 'The passage, where it is in the warehouse.';
COMMENT ON COLUMN annotations."dimension" IS 'Dimension of the codebook.';
COMMENT ON COLUMN annotations."label" IS 'Label given; NULL for none of the dimension.';
COMMENT ON COLUMN annotations."coder" IS 'Who coded.';
COMMENT ON COLUMN annotations."codebook_version" IS 'Version of the codebook.';
COMMENT ON COLUMN annotations."at" IS 'When (UTC).';
COMMENT ON COLUMN annotations."origin" IS 'Where it came from: the round or the file.';
COMMENT ON COLUMN annotations."text" IS 'Text that was coded, where it is no passage here.';
COMMENT ON COLUMN annotations."group" IS 'What must stay on one side of a split: the document.';

COMMENT ON TABLE models IS
    'Models that were in use or stood as candidates.';
COMMENT ON COLUMN models."model_id" IS 'Id of the model.';
COMMENT ON COLUMN models."dimension" IS
    'Dimension it codes, or its part: encoder, tagger, attribution.';
COMMENT ON COLUMN models."status" IS 'current, candidate or retired.';
COMMENT ON COLUMN models."trained_at" IS 'When it was trained (UTC).';
COMMENT ON COLUMN models."card" IS 'Its card, as JSON: data, figures, limits.';
COMMENT ON COLUMN models."promoted_at" IS 'When it was taken into use (UTC).';
COMMENT ON COLUMN models."reason" IS 'Why it was taken into use.';

COMMENT ON TABLE runs IS
    'Runs of flows, and what came of them.';
COMMENT ON COLUMN runs."run_id" IS 'Id of the run.';
COMMENT ON COLUMN runs."flow" IS 'Which flow.';
COMMENT ON COLUMN runs."started_at" IS 'When it began (UTC).';
COMMENT ON COLUMN runs."ended_at" IS
    'When it ended (UTC); NULL while it runs or where it was killed.';
COMMENT ON COLUMN runs."status" IS 'running, done or failed.';
COMMENT ON COLUMN runs."counts" IS 'Action to number of sources.';
COMMENT ON COLUMN runs."report" IS 'Report, where there is one.';

COMMENT ON TABLE issues IS
    'What surprised a stage: counted, never swallowed.';
COMMENT ON COLUMN issues."issue_id" IS 'Id of the issue.';
COMMENT ON COLUMN issues."paper_id" IS 'The paper, if it is about one.';
COMMENT ON COLUMN issues."stage" IS 'Stage that met it.';
COMMENT ON COLUMN issues."problem" IS 'Short, stable name.';
COMMENT ON COLUMN issues."detail" IS 'What was met.';

COMMENT ON TABLE fingerprints IS
    'What papers are recognised by, to tell the same work in another file.';
COMMENT ON COLUMN fingerprints."paper_id" IS 'The paper; made of its text.';
COMMENT ON COLUMN fingerprints."doi" IS 'Bare DOI in lower case.';
COMMENT ON COLUMN fingerprints."title_key" IS 'Letters and digits of the title, folded.';
COMMENT ON COLUMN fingerprints."authors_key" IS 'Sorted surnames, folded.';
COMMENT ON COLUMN fingerprints."minhash" IS
    '128 least hashes of runs of five words, as 64-bit integers.';

COMMENT ON TABLE recipes IS
    'What the hash of a recipe stands for.';
COMMENT ON COLUMN recipes."recipe" IS
    'Hash of parser, codebook and models it was made with; parts in recipes.';
COMMENT ON COLUMN recipes."part" IS 'parser, codebook, or a dimension or other model''s part.';
COMMENT ON COLUMN recipes."value" IS 'Version or model id.';

COMMENT ON TABLE paper_events IS
    'What happened to each paper, and why.';
COMMENT ON COLUMN paper_events."happened_at" IS 'When (UTC).';
COMMENT ON COLUMN paper_events."paper_id" IS 'The paper; made of its text.';
COMMENT ON COLUMN paper_events."cause" IS
    'Why it changed: new_paper, replaced, parser, codebook, model, recipe, correction, withdrawn, restored, source_turned_bad.';
COMMENT ON COLUMN paper_events."source" IS 'The source that brought it.';
COMMENT ON COLUMN paper_events."sha256" IS 'SHA-256 of the bytes.';
COMMENT ON COLUMN paper_events."recipe" IS
    'Hash of parser, codebook and models it was made with; parts in recipes.';
COMMENT ON COLUMN paper_events."model_id" IS 'The new model, where codes were made again.';
COMMENT ON COLUMN paper_events."detail" IS 'The dimension or the kind of correction.';

COMMENT ON TABLE codes_history IS
    'Codes that no longer hold.';
COMMENT ON COLUMN codes_history."passage_id" IS 'The passage.';
COMMENT ON COLUMN codes_history."dimension" IS 'Dimension of the codebook.';
COMMENT ON COLUMN codes_history."label" IS 'Label of the dimension.';
COMMENT ON COLUMN codes_history."probability" IS 'Probability that the label applies, 0 to 1.';
COMMENT ON COLUMN codes_history."selected" IS 'Whether the label applies at the working point.';
COMMENT ON COLUMN codes_history."decision" IS 'yes, no or unsure.';
COMMENT ON COLUMN codes_history."model_id" IS
    'The model that gave it, or person:NAME for a correction.';
COMMENT ON COLUMN codes_history."codebook_version" IS 'Version of the codebook.';
COMMENT ON COLUMN codes_history."paper_id" IS 'The paper; made of its text.';
COMMENT ON COLUMN codes_history."passage_sha256" IS
    'SHA-256 of the passage''s text: holds on to content, whatever its id.';
COMMENT ON COLUMN codes_history."valid_from" IS 'When the row began to hold (UTC).';
COMMENT ON COLUMN codes_history."valid_to" IS 'When the row stopped holding (UTC).';
COMMENT ON COLUMN codes_history."cause" IS
    'Why it stopped holding: replaced, parser, codebook, model, recipe, correction or withdrawn.';

COMMENT ON TABLE facts_history IS
    'Facts that no longer hold.';
COMMENT ON COLUMN facts_history."fact_id" IS 'Id of the fact.';
COMMENT ON COLUMN facts_history."passage_id" IS 'The passage.';
COMMENT ON COLUMN facts_history."sentence_id" IS 'The sentence it stands in.';
COMMENT ON COLUMN facts_history."entity_id" IS 'The cluster or country it is said of.';
COMMENT ON COLUMN facts_history."country" IS 'ISO 3166 alpha-2 code.';
COMMENT ON COLUMN facts_history."metric" IS 'What is counted: employment, firms, exports, …';
COMMENT ON COLUMN facts_history."value" IS 'The number, plain.';
COMMENT ON COLUMN facts_history."value_from" IS 'Low end of a range.';
COMMENT ON COLUMN facts_history."change_from" IS 'Earlier value of a change.';
COMMENT ON COLUMN facts_history."unit" IS 'Unit: persons, firms, USD, percent, …';
COMMENT ON COLUMN facts_history."year" IS 'Year the number is of.';
COMMENT ON COLUMN facts_history."year_from" IS 'First year of a span.';
COMMENT ON COLUMN facts_history."year_to" IS 'Last year of a span.';
COMMENT ON COLUMN facts_history."qualifier" IS 'about, more_than, less_than or up_to.';
COMMENT ON COLUMN facts_history."quote" IS 'The words, exactly passage.text[start:end].';
COMMENT ON COLUMN facts_history."start" IS 'First character of the span in the passage, from 0.';
COMMENT ON COLUMN facts_history."end" IS 'Character after the last of the span in the passage.';
COMMENT ON COLUMN facts_history."claim_source" IS 'Who says so: own, cited, synthesis or unclear.';
COMMENT ON COLUMN facts_history."work_id" IS 'The work it is cited from.';
COMMENT ON COLUMN facts_history."assertion" IS
    'How surely: affirmed, negated, hypothetical or planned.';
COMMENT ON COLUMN facts_history."rule" IS 'The rule that made the fact.';
COMMENT ON COLUMN facts_history."paper_id" IS 'The paper; made of its text.';
COMMENT ON COLUMN facts_history."read_entity_id" IS
    'The entity as it was read, before people merged or split any.';
COMMENT ON COLUMN facts_history."recipe" IS
    'Hash of parser, codebook and models it was made with; parts in recipes.';
COMMENT ON COLUMN facts_history."passage_sha256" IS
    'SHA-256 of the passage''s text: holds on to content, whatever its id.';
COMMENT ON COLUMN facts_history."valid_from" IS 'When the row began to hold (UTC).';
COMMENT ON COLUMN facts_history."valid_to" IS 'When the row stopped holding (UTC).';
COMMENT ON COLUMN facts_history."cause" IS
    'Why it stopped holding: replaced, parser, codebook, model, recipe, correction or withdrawn.';

COMMENT ON TABLE corrections IS
    'What people corrected: tied to content, applied to every later reading, until undone.';
COMMENT ON COLUMN corrections."correction_id" IS 'Id of the correction.';
COMMENT ON COLUMN corrections."kind" IS
    'deny_fact, set_label, merge_entity, split_entity, rename_entity or withdraw_paper.';
COMMENT ON COLUMN corrections."passage_sha256" IS 'SHA-256 of the passage''s text it holds on to.';
COMMENT ON COLUMN corrections."entity_id" IS 'Entity it is about.';
COMMENT ON COLUMN corrections."to_entity_id" IS 'Entity that is meant instead.';
COMMENT ON COLUMN corrections."surface" IS 'Mentions written so.';
COMMENT ON COLUMN corrections."metric" IS 'Metric of the denied fact.';
COMMENT ON COLUMN corrections."value" IS 'Value of the denied fact.';
COMMENT ON COLUMN corrections."quote_sha256" IS 'SHA-256 of the denied fact''s quote.';
COMMENT ON COLUMN corrections."dimension" IS 'Dimension of the codebook.';
COMMENT ON COLUMN corrections."label" IS 'Label of the dimension.';
COMMENT ON COLUMN corrections."selected" IS 'Whether the label applies.';
COMMENT ON COLUMN corrections."alone" IS 'Whether it is the dimension''s one selected label.';
COMMENT ON COLUMN corrections."new_name" IS 'The name that people use.';
COMMENT ON COLUMN corrections."text_sha256" IS 'SHA-256 of the withdrawn paper''s text.';
COMMENT ON COLUMN corrections."source" IS 'Source of the paper it was made on.';
COMMENT ON COLUMN corrections."doi" IS 'DOI of the paper, where it is used to find it again.';
COMMENT ON COLUMN corrections."paper_id" IS 'Paper it was made on.';
COMMENT ON COLUMN corrections."made_by" IS 'Who says so.';
COMMENT ON COLUMN corrections."reason" IS 'Why.';
COMMENT ON COLUMN corrections."made_at" IS 'When the row was made (UTC).';
COMMENT ON COLUMN corrections."undone_at" IS 'When it was taken back (UTC); NULL while it holds.';

COMMENT ON VIEW corrections_lost IS
    'Corrections in force whose passage, fact, entity or paper is not there any more.';
COMMENT ON COLUMN corrections_lost."correction_id" IS 'Id of the correction.';
COMMENT ON COLUMN corrections_lost."kind" IS
    'deny_fact, set_label, merge_entity, split_entity, rename_entity or withdraw_paper.';
COMMENT ON COLUMN corrections_lost."passage_sha256" IS
    'SHA-256 of the passage''s text it holds on to.';
COMMENT ON COLUMN corrections_lost."entity_id" IS 'Entity it is about.';
COMMENT ON COLUMN corrections_lost."to_entity_id" IS 'Entity that is meant instead.';
COMMENT ON COLUMN corrections_lost."surface" IS 'Mentions written so.';
COMMENT ON COLUMN corrections_lost."metric" IS 'Metric of the denied fact.';
COMMENT ON COLUMN corrections_lost."value" IS 'Value of the denied fact.';
COMMENT ON COLUMN corrections_lost."quote_sha256" IS 'SHA-256 of the denied fact''s quote.';
COMMENT ON COLUMN corrections_lost."dimension" IS 'Dimension of the codebook.';
COMMENT ON COLUMN corrections_lost."label" IS 'Label of the dimension.';
COMMENT ON COLUMN corrections_lost."selected" IS 'Whether the label applies.';
COMMENT ON COLUMN corrections_lost."alone" IS 'Whether it is the dimension''s one selected label.';
COMMENT ON COLUMN corrections_lost."new_name" IS 'The name that people use.';
COMMENT ON COLUMN corrections_lost."text_sha256" IS 'SHA-256 of the withdrawn paper''s text.';
COMMENT ON COLUMN corrections_lost."source" IS 'Source of the paper it was made on.';
COMMENT ON COLUMN corrections_lost."doi" IS 'DOI of the paper, where it is used to find it again.';
COMMENT ON COLUMN corrections_lost."paper_id" IS 'Paper it was made on.';
COMMENT ON COLUMN corrections_lost."made_by" IS 'Who says so.';
COMMENT ON COLUMN corrections_lost."reason" IS 'Why.';
COMMENT ON COLUMN corrections_lost."made_at" IS 'When the row was made (UTC).';
COMMENT ON COLUMN corrections_lost."undone_at" IS
    'When it was taken back (UTC); NULL while it holds.';
COMMENT ON COLUMN corrections_lost."why" IS 'What it can''t find.';

COMMENT ON MACRO TABLE facts_as_of IS
    'Facts as they held at a time, or when a model was last in force.';
COMMENT ON MACRO TABLE codes_as_of IS
    'Codes as they held at a time, or all that a model said.';
COMMENT ON MACRO TABLE changes IS
    'What differs between two states (times or models), and by which cause.';
COMMENT ON MACRO moment_of IS
    'The time meant by a time or by a model: the last at which it was in force.';

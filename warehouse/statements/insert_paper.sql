-- One statement per table, in order; `batch` is the Arrow table of the paper's rows. The runner
-- takes the block that inserts into the table it has rows for.

INSERT INTO papers BY NAME FROM batch

INSERT INTO paper_texts BY NAME FROM batch

INSERT INTO sections BY NAME FROM batch

INSERT INTO passages BY NAME FROM batch

INSERT INTO passage_boxes BY NAME FROM batch

INSERT INTO passage_vectors BY NAME FROM batch

INSERT INTO tables BY NAME FROM batch

INSERT INTO works BY NAME FROM batch ANTI JOIN works USING (work_id)

INSERT INTO paper_works BY NAME FROM batch

INSERT INTO citations BY NAME FROM batch

INSERT INTO entities BY NAME
SELECT batch.*, batch.name AS read_name FROM batch ANTI JOIN entities USING (entity_id)

INSERT INTO mentions BY NAME FROM batch

INSERT INTO sentences BY NAME FROM batch

INSERT INTO sentence_works BY NAME FROM batch

INSERT INTO facts BY NAME FROM batch

INSERT INTO relations BY NAME FROM batch

INSERT INTO codes BY NAME FROM batch

INSERT INTO issues BY NAME FROM batch ANTI JOIN issues USING (issue_id)

DELETE FROM kept.filled WHERE (what, id) IN (SELECT (what, id) FROM differ);
INSERT INTO kept.filled SELECT what, id, state FROM state_now SEMI JOIN differ USING (what, id);

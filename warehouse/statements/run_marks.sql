-- Runs of a flow that never said how they ended: whoever holds the warehouse now outlived them.
UPDATE runs SET status = 'killed' WHERE status = 'running' AND flow = ?

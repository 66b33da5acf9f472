-- Sources that could not be loaded, why, and what to do.
-- param reason text = NULL: one reason, such as locked
SELECT reason, stage, source, detail, "at" FROM rejects
WHERE $reason IS NULL OR reason = $reason
ORDER BY reason, source
LIMIT 2000

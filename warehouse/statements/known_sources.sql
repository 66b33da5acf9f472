SELECT source, sha256, size, mtime_ns, paper_id, NULL AS reason, recipe, relation
FROM paper_sources
UNION ALL
SELECT source, sha256, size, mtime_ns, NULL, reason, recipe, NULL
FROM rejects

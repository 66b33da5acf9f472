SELECT 'table' AS what, table_name AS name, comment FROM duckdb_tables()
WHERE schema_name = 'main' AND NOT temporary
UNION ALL
SELECT 'view', view_name, comment FROM duckdb_views() WHERE NOT internal AND schema_name = 'main'
UNION ALL
SELECT 'kept', schema_name || '.' || table_name, comment FROM duckdb_tables()
WHERE schema_name NOT IN ('main', 'withdrawn') AND NOT temporary
ORDER BY what, name

SELECT CASE WHEN schema_name = 'main' THEN '' ELSE schema_name || '.' END || table_name AS name,
    column_name, data_type, comment
FROM duckdb_columns()
WHERE NOT internal AND schema_name != 'withdrawn'
ORDER BY name, column_index

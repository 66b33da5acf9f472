SELECT function_name, parameters, comment
FROM duckdb_functions()
WHERE function_type IN ('macro', 'table_macro') AND NOT internal
ORDER BY function_name

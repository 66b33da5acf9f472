SELECT schema_name, table_name
FROM duckdb_tables()
WHERE schema_name IN ('main', 'kept') AND database_name = current_database() AND NOT temporary

SELECT table_name
FROM duckdb_tables()
WHERE schema_name = 'kept' AND database_name = current_database()

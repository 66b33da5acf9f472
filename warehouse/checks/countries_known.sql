-- Countries are ISO 3166 alpha-2 codes.
SELECT 'entities' AS "table", entity_id AS id, country FROM entities
WHERE country IS NOT NULL AND NOT list_contains($countries, country)
UNION ALL
SELECT 'facts', fact_id, country FROM facts
WHERE country IS NOT NULL AND NOT list_contains($countries, country)

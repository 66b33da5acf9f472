SELECT * FROM changes($since, $until) ORDER BY happened_at, kind, change, item

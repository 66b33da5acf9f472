-- The most basic part that differs: another parser explains all the rest.
SELECT CASE
    WHEN bool_or(part = 'parser') THEN 'parser'
    WHEN bool_or(part = 'codebook') THEN 'codebook'
    WHEN count(*) > 0 THEN 'model'
END
FROM (FROM recipes WHERE recipe = ?) AS was
FULL JOIN (FROM recipes WHERE recipe = ?) AS now USING (part)
WHERE was.value IS DISTINCT FROM now.value
    AND EXISTS (FROM recipes WHERE recipe = was.recipe)

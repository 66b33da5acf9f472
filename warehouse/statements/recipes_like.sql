-- Recipes that read as the one in use does: all but the coding models is the same.
SELECT recipe FROM recipes
GROUP BY recipe
HAVING bool_or(part = 'parser' AND value = $parser)
    AND bool_or(part = 'codebook' AND value = $codebook)
    AND coalesce(max(value) FILTER (part = 'encoder'), '') = $encoder

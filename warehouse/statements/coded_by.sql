-- Papers and dimensions whose codes are not of the wanted model: $names and $ids side by side.
-- A paper was last coded by its last recoding, or by the recipe it was read with since.
WITH wanted AS (SELECT unnest($names) AS dimension, unnest($ids) AS model_id),
last AS (
    SELECT events.paper_id, wanted.dimension, arg_max(
        coalesce(events.model_id, recipes.value, ''), happened_at
    ) AS model_id
    FROM paper_events AS events CROSS JOIN wanted
    LEFT JOIN recipes ON recipes.recipe = events.recipe AND recipes.part = wanted.dimension
    WHERE CASE WHEN events.model_id IS NOT NULL THEN detail = wanted.dimension
        ELSE events.recipe IS NOT NULL END
    GROUP BY ALL
)
SELECT papers.paper_id, wanted.dimension
FROM papers CROSS JOIN wanted LEFT JOIN last USING (paper_id, dimension)
WHERE last.model_id IS DISTINCT FROM wanted.model_id
    AND (papers.language IS NULL OR papers.language = 'en')
ORDER BY ALL

SELECT part, value FROM recipes WHERE recipe = $id ORDER BY part

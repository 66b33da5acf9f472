UPDATE papers SET recipe = $recipe WHERE recipe IN (SELECT unnest($old))

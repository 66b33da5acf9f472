UPDATE paper_sources SET recipe = $recipe WHERE recipe IN (SELECT unnest($old))

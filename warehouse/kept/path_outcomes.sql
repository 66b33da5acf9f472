SELECT passage_id, path.paper_id, path.label, became.label, became.model_id
FROM codes AS path JOIN codes AS became USING (passage_id)
WHERE path.dimension = 'upgrading_path' AND path.selected
    AND became.dimension = 'outcome' AND became.selected
ORDER BY path.label

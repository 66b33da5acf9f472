SELECT correction_id, kind, coalesce(entity_id, passage_sha256, paper_id) AS anchor,
    concat_ws(' ', metric, value, dimension, label,
        CASE WHEN NOT selected THEN 'does not apply' END, surface, to_entity_id, new_name) AS says,
    made_by, reason, made_at, undone_at
FROM corrections
ORDER BY made_at DESC

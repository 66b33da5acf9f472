SELECT correction_id, kind, why, made_by, reason, made_at
FROM corrections_lost
ORDER BY made_at DESC

-- Labels are in the codebook, models are known (or a person).
SELECT DISTINCT dimension, label, codebook_version, 'label' AS unknown
FROM codes ANTI JOIN codebook_labels USING (codebook_version, dimension, label)
UNION ALL
SELECT DISTINCT dimension, label, model_id, 'model'
FROM codes ANTI JOIN models USING (model_id)
WHERE model_id NOT LIKE 'person:%'

-- A coder's older verdict on a passage makes room for the newer one.
DELETE FROM annotations
WHERE passage_sha256 = ? AND dimension = ? AND coder = ? AND codebook_version = ?

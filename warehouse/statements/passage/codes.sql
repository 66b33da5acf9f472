SELECT codes.dimension, codes.label, probability, selected, decision, model_id, definition
FROM codes LEFT JOIN codebook_labels AS book
    ON book.codebook_version = codes.codebook_version AND book.dimension = codes.dimension
    AND book.label = codes.label
WHERE passage_id = $id
ORDER BY codes.dimension, selected DESC, probability DESC, codes.label

-- Probabilities lie in 0 to 1; a label kept is selected or has at least .05.
SELECT passage_id, dimension, label, probability, selected, decision
FROM codes
WHERE probability NOT BETWEEN 0 AND 1 OR isnan(probability)
    OR NOT (selected OR probability >= 0.0499)
    OR decision NOT IN ('yes', 'no', 'unsure')

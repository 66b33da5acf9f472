-- Values of facts are finite, shares and counts not absurd.
SELECT fact_id, metric, value, unit
FROM facts
WHERE NOT isfinite(value)
    OR (unit IN ('persons', 'firms') AND (value < 0 OR value > 1e10))
    OR (metric IN ('export_share', 'market_share') AND unit = 'percent' AND value NOT BETWEEN 0 AND 100)

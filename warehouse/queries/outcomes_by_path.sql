-- What becomes of it, by path of upgrading: shares with intervals that allow for the classifier's measured error.
-- param path text = NULL: one label of upgrading_path
-- param confidence number = 1.96: the interval's z value (1.96 for 95 %)
-- Of n passages with the path, x have the outcome: share p = x/n. The model's card says how its held-out
-- verdicts did on real passages: of `true` passages with the outcome it found `right`, and it found `found`
-- in all among `n`. So sensitivity Se = (right+1)/(true+2), specificity Sp = (n-true-found+right+1)/(n-true+2).
-- Corrected share t = (p' + Sp - 1)/(Se + Sp - 1) (Rogan & Gladen 1978), p' = (x + z²/2)/(n + z²); interval
-- t + d ± z·sqrt(p'(1-p')/(n+z²) + (1-t)²·Sp(1-Sp)/(n-true+2) + t²·Se(1-Se)/(true+2))/(Se+Sp-1), with
-- d = 2z²·(t·Se(1-Se)/(true+2) - (1-t)·Sp(1-Sp)/(n-true+2)) (Lang & Reiczigel 2014), kept within 0 to 1.
-- NULL where the card has no figures for the label, or Se + Sp is not above 1.05: then the verdicts say too little.
WITH cells AS (
    SELECT upgrading_path, outcome, count(*) AS x, count(DISTINCT paper_id) AS n_papers,
        max(model_id) AS model_id
    FROM kept.path_outcomes
    WHERE $path IS NULL OR upgrading_path = $path
    GROUP BY ALL
),
shares AS (SELECT *, CAST(sum(x) OVER (PARTITION BY upgrading_path) AS DOUBLE) AS n FROM cells),
measured AS (
    SELECT model_id, unnest(json_keys(card, '$.figures.real.labels')) AS outcome,
        CAST(json_extract(card, '$.figures.real.n') AS DOUBLE) AS n_held_out,
        json_extract(card, '$.figures.real.labels') AS labels
    FROM models WHERE dimension = 'outcome'
),
error AS (
    SELECT model_id, outcome, n_true, n_false,
        (n_right + 1) / (n_true + 2) AS se, (n_false - n_found + n_right + 1) / (n_false + 2) AS sp
    FROM (
        SELECT model_id, outcome,
            CAST(json_extract(labels, '$."' || outcome || '".true') AS DOUBLE) AS n_true,
            n_held_out - n_true AS n_false,
            CAST(json_extract(labels, '$."' || outcome || '".found') AS DOUBLE) AS n_found,
            CAST(json_extract(labels, '$."' || outcome || '".right') AS DOUBLE) AS n_right
        FROM measured
    )
),
terms AS (
    SELECT shares.*, se, sp, $confidence AS z, (x + z * z / 2) / (n + z * z) AS p_z,
        CASE WHEN se + sp > 1.05 THEN (p_z + sp - 1) / (se + sp - 1) END AS t,
        se * (1 - se) / (n_true + 2) AS var_se, sp * (1 - sp) / (n_false + 2) AS var_sp,
        t + 2 * z * z * (t * var_se - (1 - t) * var_sp) AS middle,
        z * sqrt(p_z * (1 - p_z) / (n + z * z) + (1 - t) * (1 - t) * var_sp + t * t * var_se)
            / (se + sp - 1) AS half
    FROM shares LEFT JOIN error USING (model_id, outcome)
)
SELECT upgrading_path, outcome, x AS n_passages, n_papers, round(x / n, 3) AS share,
    CASE WHEN t IS NOT NULL THEN round(least(1, greatest(0, t)), 3) END AS corrected,
    CASE WHEN t IS NOT NULL THEN round(least(1, greatest(0, middle - half)), 3) END AS low,
    CASE WHEN t IS NOT NULL THEN round(least(1, greatest(0, middle + half)), 3) END AS high,
    round(se, 3) AS sensitivity, round(sp, 3) AS specificity
FROM terms
ORDER BY upgrading_path, x DESC, outcome

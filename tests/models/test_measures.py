from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.metrics import f1_score

from models.measures import (
    bootstrap,
    calibration_error,
    macro_f1,
    micro_f1,
    precision_recall,
)

pairs = hnp.array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=8).flatmap(
    lambda shape: st.tuples(hnp.arrays(bool, shape), hnp.arrays(bool, shape))
)


@given(pairs)
def test_f1_is_scikit_learns(pair: tuple[np.ndarray, np.ndarray]) -> None:
    truth, found = pair
    if truth.any() or found.any():
        assert micro_f1(truth, found) == pytest.approx(
            f1_score(truth, found, average="micro", zero_division=0)
        )
    there = (truth | found).any(0)
    if there.sum() > 1:
        assert macro_f1(truth, found) == pytest.approx(
            f1_score(truth[:, there], found[:, there], average="macro", zero_division=0)
        )


@given(pairs)
def test_perfect_codes_score_one(pair: tuple[np.ndarray, np.ndarray]) -> None:
    truth, _ = pair
    assert micro_f1(truth, truth) == macro_f1(truth, truth) == 1.0
    assert precision_recall(truth, truth) == (1.0, 1.0)


def test_calibration_error_is_zero_for_honest_probabilities_and_large_for_boasts() -> None:
    rng = np.random.default_rng(0)
    p = rng.uniform(0.1, 1, (4000, 1))
    truth = rng.uniform(size=p.shape) < p
    assert calibration_error(truth, p) < 0.03
    assert calibration_error(np.zeros_like(truth), np.full_like(p, 0.9)) == pytest.approx(0.9)


def test_the_interval_comes_from_documents_not_passages() -> None:
    values = np.array([0.0] * 50 + [1.0] * 50)
    groups = ["a"] * 50 + ["b"] * 50
    found = bootstrap(lambda i: float(values[i].mean()), groups, draws=200)
    assert (found.value, found.low, found.high, found.n) == (0.5, 0.0, 1.0, 100)

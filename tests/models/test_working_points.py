from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from models.working_points import LabelPoints, choose_points, select

shape = st.tuples(st.integers(5, 40), st.integers(1, 4))


@given(shape.flatmap(lambda s: st.tuples(
    hnp.arrays(bool, s), hnp.arrays(float, s, elements=st.floats(0, 1)))
))  # fmt: skip
def test_points_are_ordered_and_in_range(pair: tuple[np.ndarray, np.ndarray]) -> None:
    truth, probability = pair
    for one in choose_points(truth, probability):
        assert 0 < one.sensitive <= one.balanced <= one.precise <= 1
        assert 0 < one.unsure_from <= one.unsure_to <= 1


def test_precise_selects_fewer_and_righter_than_balanced_than_sensitive() -> None:
    rng = np.random.default_rng(3)
    truth = rng.uniform(size=(800, 3)) < 0.3
    probability = np.clip(truth * 0.4 + rng.uniform(0, 0.6, truth.shape), 0, 1)
    points = choose_points(truth, probability)
    chosen = {
        p: select(probability, points, p, False) for p in ("precise", "balanced", "sensitive")
    }
    assert chosen["precise"].sum() <= chosen["balanced"].sum() <= chosen["sensitive"].sum()
    precise = chosen["precise"]
    assert (truth & precise).sum() / precise.sum() >= 0.88
    assert (truth & chosen["sensitive"]).sum() / truth.sum() >= 0.88


def test_the_balanced_point_is_half_the_f1_within_reach() -> None:
    """With calibrated probabilities no other threshold does much better on new passages."""
    rng = np.random.default_rng(9)
    probability = rng.beta(0.5, 1.5, (20_000, 2))
    truth = rng.uniform(size=probability.shape) < probability
    point = choose_points(truth[:10_000], probability[:10_000])[0].balanced
    fresh, p = truth[10_000:], probability[10_000:]

    def f1(threshold: float) -> float:
        found = p >= threshold
        return 2 * (fresh & found).sum() / (found.sum() + fresh.sum())

    assert f1(point) >= max(f1(t) for t in np.linspace(0.05, 0.95, 91)) - 0.003


def test_decisions_by_the_band() -> None:
    points = LabelPoints(0.5, 0.8, 0.2, 0.36, 0.55)
    assert [points.decision(p) for p in (0.1, 0.36, 0.54, 0.55, 0.9)] == [
        "no", "unsure", "unsure", "yes", "yes",
    ]  # fmt: skip


def test_one_label_is_selected_where_the_dimension_has_one() -> None:
    probability = np.array([[0.2, 0.5, 0.3], [0.4, 0.3, 0.3]])
    points = [LabelPoints(0.9, 0.9, 0.9, 0.4, 0.6)] * 3
    assert select(probability, points, "balanced", True).tolist() == [
        [False, True, False],
        [True, False, False],
    ]

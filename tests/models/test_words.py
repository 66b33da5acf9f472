"""What words alone say of labels, and how it joins the encoder's verdict in a head."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.features import PassageFeatures
from models.heads import Head, HeadCard, head_bytes, head_from_bytes
from models.linear import linear_bytes, linear_from_bytes
from models.words import BLOCK, BUCKETS, WordKernel, WordScores, buckets
from pipeline.errors import ModelError

RNG = np.random.default_rng(4)
NOUNS = ("tanners", "weavers", "inspectors", "traders", "potters", "growers")
N = 90
TRUTH = RNG.uniform(size=(N, 2)) < 0.5
TEXTS = [
    " ".join(
        [*RNG.choice(NOUNS, 5), "wage talks" if first else "", "export price" if second else ""]
    )
    for first, second in TRUTH
]
FOLDS = np.arange(N) % 3


@given(st.text(max_size=200))
def test_a_text_falls_in_the_same_buckets_always(text: str) -> None:
    places, weights = buckets(text)
    assert len(places) == len(weights) == len(set(places.tolist()))
    assert (np.diff(places) > 0).all()
    assert all(0 <= place < BUCKETS for place in places)
    assert (weights >= 1).all()


def test_buckets_do_not_change_between_versions() -> None:
    """Shipped weights belong to these numbers."""
    places, _ = buckets("Wage talks")
    words = [int(p) for p in places if p < BLOCK]
    assert words == [474, 3_737, 23_137]


def test_words_are_learned_and_scored_on_passages_not_seen() -> None:
    kernel = WordKernel(TEXTS)
    said = kernel.held_out(range(N), TRUTH, FOLDS)
    assert all(said[TRUTH[:, j], j].min() > said[~TRUTH[:, j], j].max() for j in (0, 1))
    learned = kernel.fit(range(N), TRUTH)
    again = WordScores.from_bytes(learned.to_bytes())
    fresh = ["wage talks at the mill", "export price of hides", "potters"]
    scores = again.scores(fresh)
    assert np.array_equal(scores, learned.scores(fresh))
    assert (scores.argmax(0) == [0, 1]).all()


def test_held_out_scores_of_a_fold_do_not_depend_on_its_truth() -> None:
    kernel = WordKernel(TEXTS)
    other = TRUTH.copy()
    other[FOLDS == 1] = ~other[FOLDS == 1]
    before, after = (kernel.held_out(range(N), one, FOLDS) for one in (TRUTH, other))
    assert np.array_equal(before[FOLDS == 1], after[FOLDS == 1])
    assert not np.allclose(before[FOLDS == 0], after[FOLDS == 0])


def test_of_too_many_passages_a_part_is_learned_from(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = WordKernel(TEXTS).held_out(range(N), TRUTH, FOLDS)
    monkeypatch.setattr("models.words.MOST", N // 2)
    kernel = WordKernel(TEXTS)
    said = kernel.held_out(range(N), TRUTH, FOLDS)
    assert not np.allclose(said, whole)
    assert all(said[TRUTH[:, j], j].min() > said[~TRUTH[:, j], j].max() for j in (0, 1))
    assert (
        kernel.fit(range(N), TRUTH).scores(["wage talks", "export price"]).argmax(0) == [0, 1]
    ).all()


@pytest.mark.parametrize("single", [False, True])
def test_a_head_joins_both_verdicts_and_survives_saving(single: bool) -> None:
    """The encoder knows the first label, words the second; together they know both."""
    truth = np.column_stack([TRUTH[:, 0], ~TRUTH[:, 0]]) if single else TRUTH
    kernel = WordKernel(TEXTS)
    noise = RNG.normal(size=(N, 2)).astype(np.float32)
    none = np.zeros(0, np.float32)
    plain = [PassageFeatures(text, row, none, none) for text, row in zip(TEXTS, noise, strict=True)]
    said = kernel.held_out(range(N), truth, FOLDS)
    rows = [replace(row, held_words=line) for row, line in zip(plain, said, strict=True)]
    card = HeadCard(dimension="d", labels=("a", "b"), single=single, c=0.001,
                    features=("own_logits", "own_words"), prior="encoder")  # fmt: skip
    head = Head(card, (0, 1)).fit(rows, truth, np.ones(N))
    chosen = head.probabilities(rows)
    assert (
        (chosen.argmax(1) == truth.argmax(1)).all() if single else ((chosen > 0.5) == truth).all()
    )
    with pytest.raises(ModelError, match="no words learned"):
        head.probabilities(plain)
    head.words = kernel.fit(range(N), truth)
    found = head.probabilities(plain)
    restored = head_from_bytes(card, head_bytes(head))
    restored.words = head.words
    assert np.array_equal(restored.probabilities(plain), found)
    quick = linear_from_bytes(card, linear_bytes(head) or b"", head.words)
    assert quick.probabilities(plain) == pytest.approx(found, abs=2e-6)

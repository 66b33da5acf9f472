from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import skops.io

from models.artefacts import MANIFEST, open_artefact
from models.crossval import TrainingSet, held_out
from models.features import PassageFeatures
from models.heads import Head, HeadCard, head_bytes, head_from_bytes
from models.linear import linear_bytes, linear_from_bytes
from models.model import CodingModel, load_model, save_model
from models.registry import models_in_use, promote, rollback, save_candidate
from models.working_points import choose_points
from pipeline.errors import ModelError, UnknownNameError

RNG = np.random.default_rng(5)
N = 120


def rows() -> list[PassageFeatures]:
    logits = RNG.normal(size=(N, 6)).astype(np.float32)
    pooled = RNG.normal(size=(N, 8)).astype(np.float32)
    kinds = RNG.integers(0, 3, (N, 4)).astype(np.float32)
    return [
        PassageFeatures("tariff" if logits[i, 0] > 0 else "strike", logits[i], pooled[i], kinds[i])
        for i in range(N)
    ]


def truth_of(found: list[PassageFeatures]) -> np.ndarray:
    return np.array([[r.logits[0] > 0, r.logits[1] > 0.5, False] for r in found])


CARDS = [
    HeadCard(dimension="d", labels=("a", "b", "c"), features=features, single=single, prior=prior)
    for features, prior in (
        (("all_logits",), "zero"),
        (("own_logits", "mentions"), "zero"),
        (("encoder", "words"), "zero"),
        (("own_logits",), "encoder"),
        (("encoder", "all_logits"), "encoder"),
    )
    for single in (False, True)
]


@pytest.mark.parametrize(
    "card", CARDS, ids=lambda c: f"{'+'.join(c.features)}-{c.prior}-{c.single}"
)
def test_card_to_head_to_bytes_and_back(card: HeadCard) -> None:
    assert HeadCard.model_validate_json(card.model_dump_json()) == card
    found = rows()
    truth = truth_of(found)
    if card.single:
        truth[:, 2] = ~truth[:, :2].any(1)
        truth[:, 1] &= ~truth[:, 0]
    head = Head(card, (0, 1, 2)).fit(found, truth, np.ones(N))
    again = head_from_bytes(card, head_bytes(head))
    assert np.array_equal(head.probabilities(found), again.probabilities(found))
    plain = linear_bytes(head)
    if "words" in card.features:
        assert plain is None
    else:
        assert plain is not None
        same = linear_from_bytes(card, plain).probabilities(found)
        assert same == pytest.approx(head.probabilities(found), abs=2e-6)
    if card.single:
        assert head.probabilities(found).sum(1) == pytest.approx(1.0)


def test_a_label_without_positives_keeps_its_share() -> None:
    found = rows()
    head = Head(CARDS[0]).fit(found, truth_of(found), np.ones(N))
    assert head.probabilities(found)[:, 2] == pytest.approx(0.5 / (N + 1))


def test_a_strong_penalty_leaves_the_encoder_its_order_and_mends_its_confidence() -> None:
    """Shouted logits (times eight) come back to the chances that they were drawn with."""
    said = RNG.normal(size=(4000, 3)).astype(np.float32) * 2
    truth = RNG.uniform(size=said.shape) < 1 / (1 + np.exp(-said))
    none = np.zeros(1, np.float32)
    found = [PassageFeatures("", row * 8, none, none) for row in said]
    card = HeadCard(dimension="d", labels=("a", "b", "c"), features=("own_logits",), c=1e-9,
                    prior="encoder")  # fmt: skip
    p = Head(card, (0, 1, 2)).fit(found, truth, np.ones(len(found))).probabilities(found)
    assert p == pytest.approx(1 / (1 + np.exp(-said)), abs=0.05)
    assert (p.argsort(0) == said.argsort(0)).all()


def test_a_head_may_be_as_sure_as_real_passages_allow() -> None:
    """Labels that writers made frequent are rare in life: two numbers mend the chances of all."""
    n = 4000
    said = RNG.normal(size=(n, 3)).astype(np.float32) * 2
    real = np.arange(n) % 4 == 0
    truth = RNG.uniform(size=said.shape) < 1 / (1 + np.exp(-(said - 2.0 * real[:, None])))
    none = np.zeros(1, np.float32)
    found = [PassageFeatures("", row, none, none) for row in said]
    card = HeadCard(dimension="d", labels=("a", "b", "c"), features=("own_logits",), c=1e-4,
                    prior="encoder")  # fmt: skip
    honest = card.model_copy(update={"sure_as": "real"})
    p, q = (Head(c, (0, 1, 2)).fit(found, truth, np.ones(n), real).probabilities(found)
            for c in (card, honest))  # fmt: skip
    assert p[real].mean() > truth[real].mean() + 0.1
    assert q[real].mean() == pytest.approx(truth[real].mean(), abs=0.01)
    assert (p.argsort(0) == q.argsort(0)).all()
    without, against = np.where(real[:, None], False, truth), np.where(real[:, None], ~truth, truth)
    for told, known in ((truth, None), (without, real), (against, real)):
        a, b = (Head(c, (0, 1, 2)).fit(found, told, np.ones(n), known).probabilities(found)
                for c in (card, honest))  # fmt: skip
        assert np.array_equal(a, b)


def test_with_enough_passages_a_head_overrules_the_encoder() -> None:
    found = rows()
    truth = np.array([[r.logits[0] < 0, r.logits[1] < 0, r.logits[2] < 0] for r in found])
    card = HeadCard(dimension="d", labels=("a", "b", "c"), features=("own_logits",), c=10.0,
                    prior="encoder")  # fmt: skip
    p = Head(card, (0, 1, 2)).fit(found, truth, np.ones(N)).probabilities(found)
    assert ((p > 0.5) == truth).mean() > 0.97


def test_a_prior_without_logits_is_refused() -> None:
    with pytest.raises(ValueError, match="needs own_logits or all_logits as a feature"):
        HeadCard(dimension="d", labels=("a",), features=("encoder",), prior="encoder")


def test_passages_and_their_sentences_are_compared_with_definitions(tmp_path: Path) -> None:
    """Labels are told by the nearest sentence, though the passage as a whole says nothing."""
    definitions = np.eye(3, 8)
    truth = RNG.uniform(size=(N, 3)) < 0.4
    found = []
    for line in truth:
        sentences = np.vstack([RNG.normal(0, 0.05, (3, 8)), np.eye(3, 8)[line]])
        blank = np.zeros(6, np.float32)
        found.append(PassageFeatures("", blank, RNG.normal(size=8), np.zeros(4), sentences + 0.01))
    card = HeadCard(dimension="d", labels=("a", "b", "c"), features=("sentence_max",), c=10.0)
    head = Head(card, (), definitions).fit(found, truth, np.ones(N))
    assert ((head.probabilities(found) > 0.5) == truth).mean() > 0.97
    again = head_from_bytes(card, head_bytes(head))
    plain = linear_from_bytes(card, linear_bytes(head) or b"")
    assert np.array_equal(again.probabilities(found), head.probabilities(found))
    assert plain.probabilities(found) == pytest.approx(head.probabilities(found), abs=2e-6)
    whole = card.model_copy(update={"features": ("definitions",)})
    chance = Head(whole, (), definitions).fit(found, truth, np.ones(N)).probabilities(found)
    assert ((chance > 0.5) == truth).mean() < 0.75


def test_a_comparison_without_definitions_is_refused() -> None:
    card = HeadCard(dimension="d", labels=("a",), features=("definitions",))
    with pytest.raises(ModelError, match="no definitions to compare with"):
        Head(card)


def test_an_unknown_part_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="No feature 'colour'"):
        Head(HeadCard(dimension="d", labels=("a",), features=("colour",)))


def test_foreign_types_are_not_loaded() -> None:
    data = skops.io.dumps({"scales": [Path("x")]})
    with pytest.raises(ModelError, match="expected plain estimators"):
        head_from_bytes(CARDS[0], data)


def test_held_out_means_held_out() -> None:
    """A head that could see its own fold would know labels that are pure chance."""
    found = rows()
    noise = RNG.uniform(size=(N, 3)) < 0.5
    folds = np.arange(N) % 3
    data = TrainingSet(found, noise, [str(f) for f in folds], ["real"] * N, folds)
    card = HeadCard(dimension="d", labels=("a", "b", "c"), features=("encoder",), c=100.0)
    probability = held_out(card, data, ())
    assert abs(((probability > 0.5) == noise).mean() - 0.5) < 0.12


def model(labels: tuple[str, ...] = ("a", "b", "c")) -> CodingModel:
    found = rows()
    card = HeadCard(dimension="colour", labels=labels)
    head = Head(card).fit(found, truth_of(found), np.ones(N))
    points = choose_points(truth_of(found), head.probabilities(found))
    return CodingModel(card, head, tuple(points), encoder_id="encoder-x")


def test_a_changed_artefact_is_refused(tmp_path: Path) -> None:
    artefact = save_model(model(), tmp_path)
    assert load_model(artefact.folder).points == load_model(artefact.folder).points
    card = artefact.folder / "card.json"
    card.write_text(card.read_text().replace("encoder-x", "encoder-y"))
    with pytest.raises(ModelError, match="the file was changed"):
        load_model(artefact.folder)
    (artefact.folder / MANIFEST).write_text("{")
    with pytest.raises(ModelError, match="not a readable manifest"):
        open_artefact(artefact.folder)


def test_promotion_and_rollback_keep_their_history(tmp_path: Path) -> None:
    first, second = (save_candidate(tmp_path, model()).model_id for _ in range(2))
    assert "colour" not in models_in_use(tmp_path)
    promote(tmp_path, first, "the first one")
    promote(tmp_path, second, "better by a hair")
    assert models_in_use(tmp_path)["colour"] == second
    assert rollback(tmp_path, "colour") == first
    with pytest.raises(UnknownNameError, match="No model 'colour-none'"):
        promote(tmp_path, "colour-none", "why not")
    with pytest.raises(ModelError, match="no promotion to roll back"):
        rollback(tmp_path, "outcome")

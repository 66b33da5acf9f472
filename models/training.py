"""Retraining: coded passages become a candidate model per dimension, chosen by cross-validation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np

from models.baselines import baseline_figures
from models.crossval import TrainingSet, figures, held_out
from models.curves import calibration_curve, learning_curve, transfer
from models.definitions import Encode, definition_vectors, with_sentences
from models.feature_store import FeatureStore
from models.features import NEEDS_DEFINITIONS, OWN_WORDS, SENTENCE_MAX, PassageFeatures
from models.heads import HeadCard
from models.measures import Bools, Floats
from models.model import CodingModel
from models.passages import CodedPassage
from models.scheme import Scheme
from models.splits import origin_folds
from models.words import WordKernel
from models.working_points import choose_points
from pipeline.codebook import Dimension
from pipeline.errors import ModelError

N_FOLDS = 5
"""Folds of documents for passages that the feature store does not place."""
LEAST_PASSAGES = 30


@dataclass(frozen=True)
class Material:
    """Passages with their features and folds, ready for every dimension.

    `encode` makes the vectors of definitions and sentences, where a card compares with them;
    `kernel` learns from the words of the passages.
    """

    passages: Sequence[CodedPassage]
    rows: Sequence[PassageFeatures]
    folds: Sequence[int]
    encoder_id: str
    encode: Encode | None = None

    @cached_property
    def kernel(self) -> WordKernel:
        """Similarities by words, made once for all dimensions."""
        return WordKernel([row.text for row in self.rows])


def gather(
    passages: Sequence[CodedPassage],
    store: FeatureStore | None,
    encode: Encode,
    encoder_id: str,
    *,
    with_vectors: bool = False,
) -> Material:
    """Join passages with features: held-out scores where the store has them, else the encoder's.

    An annotated passage that the store does not hold was not among the encoder's training passages,
    so the encoder's own scores for it are honest. Written and real passages without held-out scores
    are left out: the encoder was trained on them, and its scores for them would boast.
    `with_vectors` also gives stored passages the encoder's vectors, which dimensions need that the
    encoder has no scores for.
    """
    if store is not None:
        passages = [p for p in passages if p.origin == "annotated" or p.sha256 in store.rows]
    stored = [store.features(p.text, p.sha256) if store else None for p in passages]
    todo = [i for i, row in enumerate(stored) if row is None or with_vectors]
    for i, made in zip(todo, encode([passages[i].text for i in todo]), strict=True):
        known = stored[i]
        # Vectors hold nothing of a dimension that the encoder was not tuned on; scores would.
        stored[i] = made if known is None else replace(known, pooled=made.pooled)
    rows = [row for row in stored if row is not None]
    spread = origin_folds([p.group for p in passages], [p.origin for p in passages], N_FOLDS)
    fold_of_group: dict[str, int] = {}
    for passage, fold in zip(passages, spread, strict=True):
        held = store.fold(passage.sha256) if store else None
        fold_of_group.setdefault(passage.group, fold if held is None else held)
    folds = [fold_of_group[passage.group] for passage in passages]
    return Material(passages, rows, folds, encoder_id, encode)


def training_set(material: Material, dimension: Dimension) -> TrainingSet:
    """Return the passages that are coded in the dimension.

    Raises
    ------
    ModelError
        Where fewer than 30 passages or fewer than two documents are coded in it.
    """
    names = dimension.label_names
    places = [
        i
        for i, p in enumerate(material.passages)
        if dimension.name in p.labels and (not dimension.single or p.labels[dimension.name])
    ]
    groups = [material.passages[i].group for i in places]
    if len(places) < LEAST_PASSAGES or len(set(groups)) < 2:
        raise ModelError(
            f"{dimension.name}: {len(places)} coded passages of {len(set(groups))} documents;"
            f" expected at least {LEAST_PASSAGES} of 2: annotate more"
        )
    truth = np.array(
        [[name in material.passages[i].labels[dimension.name] for name in names] for i in places]
    )
    folds = np.array([material.folds[i] for i in places])
    said = material.kernel.held_out(places, truth, folds)
    rows = [
        replace(material.rows[i], held_words=line) for i, line in zip(places, said, strict=True)
    ]
    definitions = None
    if material.encode and (
        rows[0].pooled.size or set(NEEDS_DEFINITIONS) & set(dimension.features)
    ):
        definitions = definition_vectors(dimension, material.encode)
        if SENTENCE_MAX in dimension.features:
            rows = with_sentences(rows, material.encode)
    return TrainingSet(
        rows,
        truth,
        groups,
        [material.passages[i].origin for i in places],
        folds,
        definitions,
        places,
    )


def candidates(
    dimension: Dimension, has_logits: bool, has_definitions: bool = False
) -> list[HeadCard]:
    """Return the cards that compete, simplest first; the dimension's own features where given."""
    base = HeadCard(dimension=dimension.name, labels=dimension.label_names, single=dimension.single)
    if dimension.features:
        return [_card(base, dimension.features, c) for c in (0.01, 0.1, 0.3)]
    if not has_logits:
        plain = [("encoder",), ("all_logits", "encoder"), ("all_logits", "encoder", "words")]
        if has_definitions:
            plain.insert(1, ("encoder", "definitions"))
        return [_card(base, parts, c) for parts in plain for c in (0.01, 0.1, 0.3)]
    # From "the encoder, made honest about its confidence" to "what all its verdicts say together".
    cards = [_card(base, ("own_logits",), c, "encoder") for c in (0.0001, 0.003)]
    cards += [_card(base, ("own_logits", OWN_WORDS), c, "encoder") for c in (0.0001, 0.001, 0.01)]
    cards += [_card(base, ("all_logits",), 0.0003, "encoder")]
    cards += [_card(base, ("own_logits",), c) for c in (0.01, 0.1)]
    cards += [_card(base, ("all_logits",), 0.01)]
    return cards


def _card(
    base: HeadCard, features: tuple[str, ...], c: float, prior: Literal["zero", "encoder"] = "zero"
) -> HeadCard:
    return base.model_copy(update={"features": features, "c": c, "prior": prior})


def choose(
    dimension: Dimension, data: TrainingSet, own_columns: Sequence[int]
) -> tuple[HeadCard, Floats, list[dict[str, Any]]]:
    """Return the best card, its held-out probabilities and the table of all that competed.

    Log-loss on real passages decides, since it sees probabilities and not one threshold; of
    cards within one standard error of the best, the first (simplest) is taken.
    """
    cards = candidates(dimension, bool(own_columns), data.definitions is not None)
    tried = [held_out(card, data, own_columns) for card in cards]
    chosen = _simplest_of_the_best(cards, tried, data)
    if not dimension.single and data.real.any():
        cards.append(cards[chosen].model_copy(update={"sure_as": "real"}))
        tried.append(held_out(cards[-1], data, own_columns))
        if _simplest_of_the_best([cards[chosen], cards[-1]], [tried[chosen], tried[-1]], data):
            chosen = len(cards) - 1
    table = [
        {
            "features": list(card.features),
            "prior": card.prior,
            "c": card.c,
            "sure_as": card.sure_as,
            "log_loss": float(_losses(card, probability, data).mean()),
            "chosen": i == chosen,
        }
        for i, (card, probability) in enumerate(zip(cards, tried, strict=True))
    ]
    return cards[chosen], tried[chosen], table


def _simplest_of_the_best(
    cards: Sequence[HeadCard], tried: Sequence[Floats], data: TrainingSet
) -> int:
    """Return the first card that the best is not better than by more than one standard error."""
    losses = [_losses(card, p, data) for card, p in zip(cards, tried, strict=True)]
    best = min(losses, key=lambda one: float(one.mean()))
    # Paired difference to the best: far less noisy than the spread of the losses themselves.
    gaps = [one - best for one in losses]
    return next(i for i, gap in enumerate(gaps) if gap.mean() <= gap.std() / np.sqrt(len(gap)))


def _losses(card: HeadCard, probability: Floats, data: TrainingSet) -> Floats:
    """Return the log-loss of each passage that decides: the real ones, where there are enough."""
    use = data.real if data.real.sum() >= LEAST_PASSAGES else np.ones(len(data.rows), dtype=bool)
    return _log_loss(data.truth[use], probability[use], card.single)


def _log_loss(truth: Bools, probability: Floats, single: bool) -> Floats:
    p = np.clip(probability, 1e-6, 1 - 1e-6)
    if single:
        out: Floats = -np.log((p * truth).sum(1))
        return out
    each: Floats = -(truth * np.log(p) + (1 - truth) * np.log(1 - p)).sum(1)
    return each


def train_dimension(
    dimension: Dimension,
    material: Material,
    scheme: Scheme,
    *,
    with_baselines: bool = True,
) -> tuple[CodingModel, TrainingSet, Floats]:
    """Train one dimension: choose the card, fit on all, set thresholds, measure.

    Returns the model, the data it was trained on, and the held-out probabilities that its
    thresholds and figures rest on.
    """
    data = training_set(material, dimension)
    own = scheme.columns(dimension.name)
    own = own if [scheme.labels[i][1] for i in own] == list(dimension.label_names) else []
    card, probability, table = choose(dimension, data, own)
    real = data.real
    base = real if real.sum() >= 50 else np.ones(len(real), dtype=bool)
    points = choose_points(data.truth[base], probability[base])
    measured: dict[str, Any] = {"competed": table}
    for name, use in (("real", real), ("written", data.written)):
        if use.sum() >= LEAST_PASSAGES:
            measured[name] = figures(data, probability, card, use)
            if with_baselines:
                measured[name]["baselines"] = baseline_figures(dimension, data, use)
    if with_baselines:
        measured["learning_curve"] = learning_curve(card, data, own)
        measured["calibration"] = calibration_curve(data.truth[base], probability[base])
        measured["transfer"] = transfer(card, data, own)
    head = data.fitted(card, own, range(len(data.rows)))
    if OWN_WORDS in card.features:
        head.words = material.kernel.fit(data.places, data.truth)
    model = CodingModel(
        card=card,
        head=head,
        points=tuple(points),
        encoder_id=material.encoder_id,
        codebook_version=dimension.version,
        training=_training_facts(data, dimension),
        figures=measured,
    )
    return model, data, probability


def _training_facts(data: TrainingSet, dimension: Dimension) -> dict[str, Any]:
    origins = sorted(set(data.origins))
    return {
        "passages": {o: sum(one == o for one in data.origins) for o in origins},
        "documents": {
            o: len({g for g, one in zip(data.groups, data.origins, strict=True) if one == o})
            for o in origins
        },
        "positives": dict(
            zip(dimension.label_names, [int(n) for n in data.truth.sum(0)], strict=True)
        ),
        "validated_on_real_text": bool(data.real.any()),
    }

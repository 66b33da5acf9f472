"""One dimension's classifier: the parts of its card, then one logistic regression per label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.features import (
    NEEDS_DEFINITIONS,
    OWN_WORDS,
    Matrix,
    Part,
    PassageFeatures,
    attach,
    build_part,
    stack,
)
from models.measures import Bools, Floats
from models.words import WordScores
from pipeline.errors import ModelError

LEAST_POSITIVES = 5
"""Labels with fewer positives to learn from keep their share as probability, or the encoder's."""
LEAST_REAL = 100
"""Real passages needed to say how sure a classifier may be."""


class HeadCard(BaseModel):
    """The readable recipe of a classifier; card → classifier → card is the identity.

    `c` is the inverse strength of the ridge penalty, which pulls towards knowing nothing (`prior`
    zero) or towards the encoder's own verdict, joined with that of the words where `own_words` is
    a feature (`prior` encoder); `real_weight` is how much more a real passage counts than a
    written one. `sure_as` says which passages decide how sure the classifier may be of itself:
    all, or the real ones alone, whose labels are as frequent as they are in life.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    dimension: str
    labels: tuple[str, ...] = Field(min_length=1)
    single: bool = False
    features: tuple[str, ...] = ("all_logits",)
    c: float = Field(default=0.05, gt=0)
    real_weight: float = Field(default=1.0, gt=0)
    balanced: bool = False
    prior: Literal["zero", "encoder"] = "zero"
    sure_as: Literal["all", "real"] = "all"

    @model_validator(mode="after")
    def _fits_together(self) -> HeadCard:
        if self.sure_as == "real" and self.single:
            raise ValueError("sure_as `real` is for dimensions of several labels")
        if self.prior == "encoder" and not {"own_logits", "all_logits"} & set(self.features):
            raise ValueError("prior `encoder` needs own_logits or all_logits as a feature")
        return self


class Head:
    """A classifier of one dimension.

    Parameters
    ----------
    card : HeadCard
    own_columns : sequence of int
        Columns of the dimension's labels in the encoder's logits (empty for a new dimension).
    definitions : ndarray of shape (labels, 384), optional
        Vectors of the labels' definitions, where the card compares with them.
    """

    def __init__(
        self, card: HeadCard, own_columns: Sequence[int] = (), definitions: Any = None
    ) -> None:
        self.card = card
        self.own_columns = tuple(own_columns)
        self.definitions = definitions if set(card.features) & set(NEEDS_DEFINITIONS) else None
        self._names = [n for n in card.features if n != "own_logits" or self.own_columns]
        self._parts: list[Part] = [
            build_part(name, self.own_columns, definitions) for name in self._names
        ]
        self._scales: list[tuple[Any, Any] | None] = []
        self._models: list[Any] = []
        self._words: WordScores | None = None

    @property
    def words(self) -> WordScores | None:
        """What was learned of words, for passages that come without held-out scores of them."""
        return self._words

    @words.setter
    def words(self, learned: WordScores | None) -> None:
        self._words = learned
        attach(self._parts, learned)

    def fit(
        self,
        rows: Sequence[PassageFeatures],
        truth: Bools,
        weights: Floats,
        real: Bools | None = None,
    ) -> Head:
        """Learn from passages with truth (passages, labels) and weights (passages,).

        `real` (passages,) says which are real, for a card that is as sure as on these.
        """
        self._scales = []
        blocks = []
        for part in self._parts:
            part.fit(rows)
            block = part.make(rows)
            scale = None
            if isinstance(block, np.ndarray):
                scale = (block.mean(0), block.std(0) + 1e-6)
                block = (block - scale[0]) / scale[1]
            self._scales.append(scale)
            blocks.append(block)
        x = stack(blocks)
        if self.card.prior == "encoder" and self.own_columns:
            self._models = self._fit_from_verdicts(x, truth, weights)
        else:
            self._models = self._fit_all(x, truth, weights)
        if self.card.sure_as == "real" and real is not None and real.sum() >= LEAST_REAL:
            self._as_sure_as_on(x[real], truth[real])
        return self

    def _as_sure_as_on(self, x: Matrix, truth: Bools) -> None:
        """Stretch and shift all labels' scores alike, to be right about these passages.

        Two numbers alone: what one label's share is in a few documents is those documents' luck.
        """
        from models.residual import fit_slopes

        columns = [j for j, model in enumerate(self._models) if not isinstance(model, float)]
        learned = [self._models[j] for j in columns]
        if not truth[:, columns].any():
            return
        scores = np.stack([model.decision_function(x) for model in learned], axis=1)
        slopes, start = fit_slopes(scores[:, :, None], truth[:, columns], np.ones(len(truth)))
        if slopes[0] <= 0:  # real passages speak against all that was learned: not for two numbers
            return
        for model in learned:
            model.coef_ = model.coef_ * slopes[0]
            model.intercept_ = model.intercept_ * slopes[0] + start

    def probabilities(self, rows: Sequence[PassageFeatures]) -> Floats:
        """Return (passages, labels); rows sum to 1 where the dimension has one label."""
        if not rows:
            return np.zeros((0, len(self.card.labels)))
        x = self._matrix(rows)
        if self.card.single:
            model = self._models[0]
            out = np.full((len(rows), len(self.card.labels)), 1e-6)
            out[:, model.classes_.astype(int)] = model.predict_proba(x)
            out /= out.sum(1, keepdims=True)
            return out
        out = np.zeros((len(rows), len(self.card.labels)))
        for j, model in enumerate(self._models):
            out[:, j] = model if isinstance(model, float) else model.predict_proba(x)[:, 1]
        return out

    def _matrix(self, rows: Sequence[PassageFeatures]) -> Matrix:
        blocks = []
        for part, scale in zip(self._parts, self._scales, strict=True):
            block = part.make(rows)
            blocks.append(block if scale is None else (block - scale[0]) / scale[1])
        return stack(blocks)

    def _fit_all(self, x: Matrix, truth: Bools, weights: Floats) -> list[Any]:
        from sklearn.linear_model import LogisticRegression

        def regression() -> Any:
            return LogisticRegression(
                C=self.card.c,
                max_iter=400,
                class_weight="balanced" if self.card.balanced else None,
            )

        if self.card.single:
            use = truth.any(1)
            return [regression().fit(x[use], truth[use].argmax(1), weights[use])]
        models: list[Any] = []
        for column in truth.T:
            positives = int(column.sum())
            if min(positives, len(column) - positives) < LEAST_POSITIVES:
                models.append(float((positives + 0.5) / (len(column) + 1)))
            else:
                models.append(regression().fit(x, column, weights))
        return models

    def _fit_from_verdicts(self, x: Matrix, truth: Bools, weights: Floats) -> list[Any]:
        from models import residual

        if self.card.single:
            use = truth.any(1)
            x, truth, weights = x[use], truth[use], weights[use]
        places = self._verdict_places()
        means, stds = (
            np.concatenate([s[i] for s in self._scales if s is not None]) for i in (0, 1)
        )
        columns = x.toarray() if hasattr(x, "toarray") else x
        verdicts = np.stack([columns[:, at] * stds[at] + means[at] for at in places], axis=2)
        # The verdicts become part of the weights: prediction knows no special case.
        own, labels = np.zeros((truth.shape[1], x.shape[1])), np.arange(truth.shape[1])
        if self.card.single:
            answers = truth.argmax(1)
            slopes = residual.fit_slopes_softmax(verdicts, answers, weights)
            start, starts = 0.0, np.zeros(len(labels))
        else:
            slopes, start = residual.fit_slopes(verdicts, truth, weights)
            starts = np.full(len(labels), start)
        for slope, at in zip(slopes, places, strict=True):
            own[labels, at] = slope * stds[at]
            starts += slope * means[at]
        said = verdicts @ slopes + start
        if self.card.single:
            w, b = residual.fit_residual_softmax(x, said, answers, weights, self.card.c)
            return [residual.as_estimator(w + own, b + starts, labels)]
        models: list[Any] = []
        for j, y in enumerate(truth.T):
            row, more = np.zeros(x.shape[1]), 0.0
            if min(y.sum(), len(y) - y.sum()) >= LEAST_POSITIVES:
                row, more = residual.fit_residual(x, said[:, j], y, weights, self.card.c)
            models.append(
                residual.as_estimator(
                    (row + own[j])[None], np.array([more + starts[j]]), np.array([False, True])
                )
            )
        return models

    def _verdict_places(self) -> list[list[int]]:
        """Return where the labels' verdicts stand among the columns: the encoder's, the words'."""
        k, start = len(self.card.labels), 0
        found = []
        for name, scale in zip(self._names, self._scales, strict=True):
            if scale is None:
                break
            if name in ("own_logits", OWN_WORDS):
                found.append(list(range(start, start + k)))
            elif name == "all_logits":
                found.append([start + i for i in self.own_columns])
            start += len(scale[0])
        if not found:
            raise ModelError(f"{self.card.dimension}: words before logits; put logits first")
        return found

    def state(self) -> dict[str, Any]:
        """Return what `restore` needs: plain arrays and scikit-learn objects."""
        return {
            "own_columns": list(self.own_columns),
            "definitions": self.definitions,
            "scales": self._scales,
            "models": self._models,
            "vectorizers": [getattr(part, "vectorizer", None) for part in self._parts],
        }

    @classmethod
    def restore(cls, card: HeadCard, state: dict[str, Any]) -> Head:
        """Rebuild a fitted head from its card and state.

        Raises
        ------
        ModelError
            The state does not fit the card.
        """
        head = cls(card, state["own_columns"], state.get("definitions"))
        head._scales, head._models = list(state["scales"]), list(state["models"])
        if len(head._scales) != len(head._parts):
            raise ModelError(
                f"{card.dimension}: the state holds {len(head._scales)} parts,"
                f" the card {len(head._parts)}; train again"
            )
        for part, vectorizer in zip(head._parts, state["vectorizers"], strict=True):
            if vectorizer is not None:
                part.vectorizer = vectorizer  # type: ignore[attr-defined]
        return head


def head_bytes(head: Head) -> bytes:
    """Return a fitted head as skops bytes (no pickle)."""
    import skops.io

    data: bytes = skops.io.dumps(head.state())
    return data


def head_from_bytes(card: HeadCard, data: bytes) -> Head:
    """Rebuild a head; only scikit-learn, SciPy and NumPy types are let in.

    Raises
    ------
    ModelError
        The bytes hold any other type.
    """
    import skops.io

    foreign = skops.io.get_untrusted_types(data=data)
    if foreign:
        raise ModelError(
            f"{card.dimension}: the artefact holds {foreign}; expected plain estimators"
        )
    return Head.restore(card, skops.io.loads(data))

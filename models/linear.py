"""A fitted head as plain arrays: the same probabilities without importing scikit-learn.

Coding needs a matrix product and a sigmoid; importing scikit-learn for them would take longer than
coding a paper. `Head` stays the artefact that training reads; this is what coding reads.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import numpy as np

from models.features import PassageFeatures, attach, build_part
from models.heads import Head, HeadCard
from models.measures import Floats
from models.words import WordScores

_NOT_DENSE = ("words", "characters")


class LinearHead:
    """Weights of a head whose parts are all dense.

    `coefficients` (labels, columns) act on standardised columns; a label with NaN coefficients
    has the constant probability in `intercepts`. `words` scores the words of passages, where the
    card asks for it.
    """

    def __init__(
        self, card: HeadCard, arrays: dict[str, Any], words: WordScores | None = None
    ) -> None:
        self.card = card
        own = [int(i) for i in arrays["own_columns"]]
        names = [name for name in card.features if name != "own_logits" or own]
        self._parts = [build_part(name, own, arrays.get("definitions")) for name in names]
        attach(self._parts, words)
        self._mean, self._std = arrays["mean"], arrays["std"]
        self._coefficients, self._intercepts = arrays["coefficients"], arrays["intercepts"]

    def probabilities(self, rows: Sequence[PassageFeatures]) -> Floats:
        """Return (passages, labels), as `Head.probabilities` does."""
        if not rows:
            return np.zeros((0, len(self.card.labels)))
        blocks = [part.make(rows) for part in self._parts]
        x = (np.hstack(blocks) - self._mean) / self._std
        constant = np.isnan(self._coefficients[:, 0])
        # Row by row, so that a passage's sums do not depend on its neighbours in the last bit.
        weights = np.where(constant[:, None], 0.0, self._coefficients).T
        scores = np.stack([line @ weights for line in x]) + self._intercepts
        if self.card.single:
            scores -= scores.max(1, keepdims=True)
            out = np.maximum(np.exp(scores), 0)
            out /= out.sum(1, keepdims=True)
            out = np.maximum(out, 1e-6)
            return np.asarray(out / out.sum(1, keepdims=True))
        out = 1 / (1 + np.exp(-scores))
        out[:, constant] = self._intercepts[constant]
        return np.asarray(out)


def linear_bytes(head: Head) -> bytes | None:
    """Return a head's weights as ``.npz`` bytes; None where a part is not dense (words)."""
    card, state = head.card, head.state()
    if set(card.features) & set(_NOT_DENSE):
        return None
    n = len(card.labels)
    mean = np.concatenate([scale[0] for scale in state["scales"]])
    std = np.concatenate([scale[1] for scale in state["scales"]])
    coefficients = np.full((n, len(mean)), np.nan)
    intercepts = np.zeros(n)
    if card.single:
        model = state["models"][0]
        coefficients[:], intercepts[:] = 0.0, -1e9
        if len(model.classes_) == 2:
            rows, starts = np.vstack([0 * model.coef_, model.coef_]), [0.0, model.intercept_[0]]
        else:
            rows, starts = model.coef_, model.intercept_
        for row, start, label in zip(rows, starts, model.classes_, strict=True):
            coefficients[int(label)], intercepts[int(label)] = row, start
    else:
        for j, model in enumerate(state["models"]):
            if isinstance(model, float):
                intercepts[j] = model
            else:
                coefficients[j], intercepts[j] = model.coef_[0], model.intercept_[0]
    sink = io.BytesIO()
    definitions = {} if head.definitions is None else {"definitions": head.definitions}
    np.savez(
        sink,
        **definitions,
        own_columns=np.array(head.own_columns, dtype=np.int64),
        mean=mean,
        std=std,
        coefficients=coefficients,
        intercepts=intercepts,
    )
    return sink.getvalue()


def linear_from_bytes(card: HeadCard, data: bytes, words: WordScores | None = None) -> LinearHead:
    """Rebuild from ``.npz`` bytes, without pickle."""
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return LinearHead(card, {name: arrays[name] for name in arrays.files}, words)

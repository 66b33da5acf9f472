"""What the words around a number tell of it: features, and weights learned from coded numbers.

The rules of `facts_metric` know phrases; this knows which words stand around numbers of each metric
in coded texts (``bench/number_weights.py``), and is asked where the rules know none.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.codebook import CODEBOOK_FOLDER
from pipeline.errors import CodebookError
from pipeline.extract.quantities import Amount

FILE = CODEBOOK_FOLDER / "number_words.json"
NONE = "none"
"""The class of numbers that are no fact."""
STEM = 6
"""Letters of a word that count: "employed" and "employs" are one."""
BESIDE, NEAR, WIDE = 4, 6, 12
"""Words on each side whose order counts; that count with the kind of number; that count at all."""
REACH = 400
"""Characters on each side that are looked at; more make a long sentence's time a square."""
EARLIER = 40
"""Words of the text before the sentence that count."""
_WORD = re.compile(r"[^\W\d_]+|\d[\d.,]*|%|[^\w\s]")
Place = tuple[int, int, str]
"""Start and end in the sentence, and kind, of a mention."""


def number_features(
    text: str,
    earlier: str,
    amount: Amount,
    mentions: Sequence[Place],
    told: Sequence[str] = (),
) -> dict[str, float]:
    """Return the features of a number in its sentence.

    Parameters
    ----------
    text, earlier : str
        The sentence, and the text right before it.
    mentions : sequence of (start, end, kind)
        Names in the sentence: what they are counts, not how they are called.
    told : sequence of str
        The metrics of the numbers that the sentence told before.
    """
    kind = amount.kind or "-"
    left = _words(text, max(0, amount.start - REACH), amount.start, mentions)[::-1]
    right = _words(text, amount.end, min(len(text), amount.end + REACH), mentions)
    found: dict[str, float] = {}
    for side, words in (("<", left), (">", right)):
        for i, word in enumerate(words[:BESIDE]):
            found[f"{side}{i}{word}"] = 1.0
        for i, word in enumerate(words[:WIDE]):
            found.setdefault(f"{side}{word}", 1.0 - 0.06 * i)
        for word in words[:NEAR]:
            found[f"{kind}~{word}"] = 0.7
        for word in words:
            found[f"~{word}"] = 0.4
    for word in _words(text, amount.start, amount.end, ()):
        found[f"={word}"] = 1.0
    for word in _words(earlier, 0, len(earlier), ())[-EARLIER:]:
        found[f"^{word}"] = 0.2
    size = abs(amount.value)
    found[f"kind {kind}"] = 1.0
    found[f"unit {(amount.unit or '-').lstrip('?')}"] = 1.0
    found[f"per {amount.per or '-'}"] = 1.0
    found[f"size {kind} {int(math.log10(size)) if size else '-'}"] = 1.0
    if amount.change_from is not None:
        found["change"] = 1.0
    if amount.value_from is not None:
        found["range"] = 1.0
    for name in {one[2] for one in mentions}:
        found[f"names {name}"] = 1.0
    for name in told:
        found[f"told {name}"] = 1.0
    for name in told[-1:]:
        found[f"last told {name}"] = 1.0
    return found


def _words(text: str, start: int, end: int, mentions: Iterable[Place]) -> list[str]:
    """Return the words from `start` to `end`, cut to their stems; names by their kind."""
    inside = [one for one in mentions if start <= one[0] and one[1] <= end]
    found, at = [], start
    for first, last, kind in sorted(inside):
        if first < at:
            continue
        found += [_stem(one[0]) for one in _WORD.finditer(text, at, first)]
        found.append(kind)
        at = last
    return found + [_stem(one[0]) for one in _WORD.finditer(text, at, end)]


def _stem(word: str) -> str:
    return "#" if word[0].isdigit() else word[:STEM].lower()


@dataclass(frozen=True, slots=True)
class NumberWords:
    """A logistic regression over the features of a number: for each what it adds to whom."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, Sequence[tuple[int, float]]]

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return the probability of each metric, and of `NONE`; together 1."""
        scores = list(self.bias)
        for name, value in features.items():
            for place, weight in self.weights.get(name, ()):
                scores[place] += weight * value
        top = max(scores)
        shares = [math.exp(one - top) for one in scores]
        whole = sum(shares)
        return dict(zip(self.classes, (one / whole for one in shares), strict=True))


@cache
def load_number_words() -> NumberWords:
    """Return the weights as learned; read once.

    Raises
    ------
    CodebookError
        The file is missing or no such table.
    """
    try:
        data = json.loads(FILE.read_text(encoding="utf-8"))
        classes = tuple(data["classes"])
        place = {name: i for i, name in enumerate(classes)}
        weights = {
            feature: tuple((place[name], float(weight)) for name, weight in row.items())
            for feature, row in data["weights"].items()
        }
        return NumberWords(classes, tuple(float(one) for one in data["bias"]), weights)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CodebookError(
            f"{FILE} is missing or no table of weights ({error});"
            " make it anew with `python bench/number_weights.py ANNOTATIONS`"
        ) from error


__all__ = ["NONE", "NumberWords", "Place", "load_number_words", "number_features"]

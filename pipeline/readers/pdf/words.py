"""A page's words as columns of numbers, so that a page costs a few array operations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Look(NamedTuple):
    """How a word is set; `size` is the font size in points."""

    size: float
    bold: bool
    italic: bool
    font: str


@dataclass(slots=True)
class Word:
    """A run of characters without a space.

    Places are points from the top left of the page as its text runs (a page turned by its
    `/Rotate` entry is still measured upright); `base` is the baseline, `size` the font size.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    bold: bool
    italic: bool
    font: str
    glued: bool = False


@dataclass(slots=True)
class Words:
    """The words of a page, one row each; `look` points into `looks`.

    Shapes: `box` is (n, 4) with left, top, right, bottom as `Word` has them; the others (n,).
    """

    texts: list[str]
    box: Floats
    base: Floats
    look: Ints
    glued: Flags
    looks: list[Look]

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def size(self) -> Floats:
        """The font size of each word."""
        return np.array([look.size for look in self.looks] or [0.0])[self.look]

    def take(self, rows: Ints) -> Words:
        """Return some of the words, in the order asked for."""
        texts = self.texts
        return Words(
            [texts[k] for k in rows.tolist()],
            self.box[rows], self.base[rows], self.look[rows], self.glued[rows], self.looks,
        )  # fmt: skip

    def word(self, k: int) -> Word:
        """Return one word by itself."""
        look = self.looks[self.look[k]]
        x0, top, x1, bottom = self.box[k].tolist()
        return Word(
            self.texts[k], x0, top, x1, bottom, float(self.base[k]),
            look.size, look.bold, look.italic, look.font, bool(self.glued[k]),
        )  # fmt: skip


def of(words: Sequence[Word]) -> Words:
    """Return single words as columns."""
    looks: dict[Look, int] = {}
    rows = [
        looks.setdefault(Look(w.size, w.bold, w.italic, w.font), len(looks)) for w in words
    ]  # fmt: skip
    box = np.array([(w.x0, w.top, w.x1, w.bottom) for w in words], dtype=np.float64)
    return Words(
        [w.text for w in words], box.reshape(len(words), 4),
        np.array([w.base for w in words], dtype=np.float64),
        np.array(rows, dtype=np.int64), np.array([w.glued for w in words], dtype=np.bool_),
        list(looks),
    )  # fmt: skip


def repeated(texts: Sequence[str], x: Floats, base: Floats, size: Floats) -> set[int]:
    """Return the words that stand where the same word stands already: drawn twice to look bold.

    Parameters
    ----------
    texts, x, base, size : of equal length
        `x` is each word's left end; two are one where these lie within .3 font sizes and the
        baselines within about a point and a half.
    """
    known: dict[str, int] = {}
    ids = np.array([known.setdefault(text, len(known)) for text in texts])
    if len(known) == len(texts):
        return set()
    drop: set[int] = set()
    spots: dict[tuple[str, int], list[float]] = {}
    for k in _near_alike(ids, x, base, 0.3 * float(size.max())):
        text, at, line, tolerance = texts[k], float(x[k]), float(base[k]), 0.3 * float(size[k])
        row = int(line / 4)
        if any(
            abs(other - at) < tolerance
            for near in {row, int((line - 1.5) / 4), int((line + 1.5) / 4)}
            for other in spots.get((text, near), ())
        ):
            drop.add(k)
        else:
            spots.setdefault((text, row), []).append(at)
    return drop


_REACH = 6.0
_LAGS = 48


def _near_alike(ids: Ints, x: Floats, base: Floats, tolerance: float) -> list[int]:
    """Return, in order, the words that have an equal one nearby; most pages have none."""
    order = np.lexsort((x, ids))
    ids, x, base = ids[order], x[order], base[order]
    found = np.zeros(len(order), dtype=np.bool_)
    for lag in range(1, min(_LAGS, len(order))):
        close = (ids[lag:] == ids[:-lag]) & (x[lag:] - x[:-lag] < tolerance)
        if not close.any():
            return sorted(order[found].tolist())
        close &= np.abs(base[lag:] - base[:-lag]) < _REACH
        found[lag:] |= close
        found[:-lag] |= close
    return list(range(len(order)))

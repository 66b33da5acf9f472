"""Pieces of lines: words with nothing but word spaces between them, joined across wide ones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.readers.pdf.words import Flags, Floats, Words

_NUMBER = re.compile(
    r"^(?:\(?(?:\d{1,2}(?:\.\d{1,2}){0,4}|[ivxIVX]{1,5}|[A-Za-z])[.)]?|[•▪◦‣●■–—\-*·])$"
)


@dataclass(slots=True)
class Piece:
    """Words in a row, as spans of rows of the page's `Words`.

    `base` and `size` are those of its largest word, of several the longest (of `longest`
    letters). `look` is that of all its words where `even`: they are set alike, none is glued to
    another, and they are no letters set apart.
    """

    spans: list[tuple[int, int]]
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    longest: int
    look: int
    even: bool
    lone: int
    text: str

    def rows(self) -> list[int]:
        """Return its words as rows."""
        return [k for a, b in self.spans for k in range(a, b)]

    @property
    def single(self) -> bool:
        """Whether it is one word."""
        return len(self.spans) == 1 and self.spans[0][1] - self.spans[0][0] == 1

    def with_next(self, right: Piece) -> Piece:
        """Return the two as one."""
        big = self if (self.size, self.longest) >= (right.size, right.longest) else right
        lone = self.lone + right.lone
        return Piece(
            self.spans + right.spans, min(self.x0, right.x0), max(self.x1, right.x1),
            min(self.top, right.top), max(self.bottom, right.bottom), big.base, big.size,
            big.longest, self.look,
            self.even and right.even and self.look == right.look and lone < _SET_APART, lone,
            self.text,
        )  # fmt: skip


_SET_APART = 5
_DROP_CAP = 0.45  # of a letter's size: what is smaller stands beside it, not on its line
_Place = tuple[float, float, float, Piece]
_Rows = dict[int, list[_Place]]
"""Pieces with left end, right end and baseline, by the baseline's sixth part, left to right."""


def pieces_of(words: Words) -> list[Piece]:
    """Return the pieces of a page in content order."""
    x0, top, x1, bottom = words.box.T
    base, size = words.base, words.size
    starts = np.flatnonzero(np.concatenate(([True], ~_adjacent(x0, x1, base, size))))
    ends = np.append(starts[1:], len(words))
    letters = np.array([len(text) for text in words.texts])
    low, high = np.minimum.reduceat, np.maximum.reduceat
    level = (low(size, starts) == high(size, starts)) & (low(base, starts) == high(base, starts))
    alike = low(words.look, starts) == high(words.look, starts)
    lone = np.add.reduceat((letters == 1).astype(np.int64), starts)
    even = alike & (lone < _SET_APART) & ~np.logical_or.reduceat(words.glued, starts)
    columns = (
        starts, ends, low(x0, starts), high(x1, starts), low(top, starts), high(bottom, starts),
        base[starts], size[starts], high(letters, starts), words.look[starts], even, lone, level,
    )  # fmt: skip
    pieces = []
    for a, b, left, right, above, below, line, big, longest, look, plain, ones, flat in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        piece = Piece(
            [(a, b)], left, right, above, below, line, big, longest, look, plain, ones,
            words.texts[a],
        )  # fmt: skip
        if not flat:
            at = max(range(a, b), key=lambda k: (size[k], letters[k]))
            piece.base, piece.size = float(base[at]), float(size[at])
            piece.longest = int(letters[at])
        pieces.append(piece)
    return pieces


def _adjacent(x0: Floats, x1: Floats, base: Floats, size: Floats) -> Flags:
    """Say of each word but the first whether it goes on the line of the one before it."""
    left, right = size[:-1], size[1:]
    big, small = np.maximum(left, right), np.minimum(left, right)
    gap = x0[1:] - x1[:-1]
    off = np.abs(base[1:] - base[:-1])
    raised = (small < 0.85 * big) & (gap < 0.35 * big) & (off < 0.55 * big)
    near = (-0.3 * big < gap) & (gap < 0.9 * big) & ((off < 0.2 * big) | raised)
    return near & (small > _DROP_CAP * big)


def rejoin(found: Sequence[Piece]) -> list[Piece]:
    """Join pieces of one baseline that a wide word space or an odd drawing order parted."""
    pieces = sorted(found, key=lambda p: (round(p.base), p.x0))
    rows: _Rows = defaultdict(list)
    pieces.sort(key=lambda p: p.x0)
    for piece in pieces:
        rows[int(piece.base // 6)].append((piece.x0, piece.x1, piece.base, piece))
    done: list[Piece] = []
    used: set[int] = set()
    for piece in pieces:
        if id(piece) in used:
            continue
        used.add(id(piece))
        current = piece
        while True:
            nearest = _right_neighbour(current, rows, used)
            if nearest is None:
                break
            gap = nearest.x0 - current.x1
            size = max(current.size, nearest.size)
            number = _is_mark(current)
            if gap > (4.5 if number else 3.0) * size:
                break
            raised = number and current.size < 0.85 * size
            if gap >= 0.55 * size and not number and not _crossed(current, nearest, rows, gap):
                break
            if number and gap >= 0.9 * size and _gutter_beside(current, nearest, rows):
                break
            if raised and gap > 1.5 * size:
                break
            used.add(id(nearest))
            current = current.with_next(nearest)
        done.append(current)
    return done


def _right_neighbour(piece: Piece, rows: _Rows, used: set[int]) -> Piece | None:
    best: Piece | None = None
    key = int(piece.base // 6)
    start = max(piece.x1 - 0.4 * piece.size, piece.x0)
    base, end, most = piece.base, 1e9, 1.5 if _is_mark(piece) else 0.3
    for row in (key - 1, key, key + 1):
        for x0, _, level, other in rows.get(row, ()):
            # Rows run from left to right: what comes after a find is no nearer.
            if x0 >= end:
                break
            if x0 < start or x0 <= piece.x0 or id(other) in used:
                continue
            size, off = max(piece.size, other.size), abs(level - base)
            small = min(piece.size, other.size)
            if small <= _DROP_CAP * size:
                continue
            if off < 0.2 * size or (
                small < 0.85 * size and off < 0.55 * size and x0 - piece.x1 < most * size
            ):
                best, end = other, x0
                break
    return best


def _gutter_beside(left: Piece, right: Piece, rows: _Rows) -> bool:
    """Say whether long lines end left of the gap and others start right of it: two columns."""
    middle = (left.x1 + right.x0) / 2
    reach = 2.9 * max(left.size, right.size)
    ends = starts = False
    for key in range(int((left.base - reach) // 6), int((left.base + reach) // 6) + 1):
        for x0, x1, base, other in rows.get(key, ()):
            if other is left or other is right or abs(base - left.base) > reach:
                continue
            if x0 < middle - 1 and x1 > middle + 1:
                return False
            ends = ends or (x1 <= middle and x1 - x0 > 60)
            starts = starts or (x0 >= middle and x1 - x0 > 60)
    return ends and starts


def _is_mark(piece: Piece) -> bool:
    return piece.single and _NUMBER.match(piece.text) is not None


def _crossed(left: Piece, right: Piece, rows: _Rows, gap: float) -> bool:
    """Say whether a gap is a word space: text just above or below runs across it.

    Another row with a gap at the same place speaks for a table or a gutter.
    """
    middle = (left.x1 + right.x0) / 2
    size = max(left.size, right.size)
    reach = 2.9 * size
    above, below, off = left.base - reach, left.base + reach, 0.3 * left.size
    keys = range(int(above // 6), int(below // 6) + 1)

    def beside(place: _Place) -> bool:
        _, _, base, other = place
        return (
            above <= base <= below and abs(base - left.base) > off
            and other is not left and other is not right
        )  # fmt: skip

    # Seldom so: most gaps are gutters, and nothing more need be asked of them.
    low, high = middle - 1, middle + 1
    near = [place for key in keys for place in rows.get(key, ())]
    if not any(place[0] < low and place[1] > high and beside(place) for place in near):
        return False
    if gap < 0.9 * size:
        return True
    ends = [p for p in near if middle - 40 < p[1] <= middle and beside(p)]
    starts = [p for p in near if middle <= p[0] < middle + 25 and beside(p)]
    return not any(
        abs(a[2] - b[2]) < 2 and min(b[0], right.x0) - max(a[1], left.x1) > 0.8 * size
        for a in ends
        for b in starts
    )

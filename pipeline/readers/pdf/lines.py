"""Words become lines: pieces of text on one baseline with nothing but word spaces inside."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from pipeline.readers.notes import raise_digits
from pipeline.readers.pdf.glyphs import Word

_NUMBER = re.compile(
    r"^(?:\(?(?:\d{1,2}(?:\.\d{1,2}){0,4}|[ivxIVX]{1,5}|[A-Za-z])[.)]?|[•▪◦‣●■–—\-*·])$"
)
_MARK = re.compile(r"^(\d{1,3})(?:[,;]\d{1,3})*$")
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(slots=True)
class Line:
    """A piece of a line; `size`, `bold` and `font` are those of most of its letters.

    `words` is empty once the line is settled: a long document has a million of them.
    """

    words: list[Word]
    x0: float = 0.0
    x1: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    base: float = 0.0
    size: float = 0.0
    bold: bool = False
    starts_bold: bool = False
    ends_bold: bool = False
    italic: bool = False
    font: str = ""
    text: str = ""
    page: int = 0
    raised: str = ""
    cells: list[Line] = field(default_factory=list)

    def settle(self) -> Line:
        """Work out the line's own measures from its words."""
        words = self.words
        weights: dict[tuple[float, bool, bool, str], int] = defaultdict(int)
        for word in words:
            weights[word.size, word.bold, word.italic, word.font] += len(word.text)
        self.size, _, self.italic, self.font = max(weights, key=lambda key: weights[key])
        letters = sum(weights.values())
        self.bold = sum(n for key, n in weights.items() if key[1]) >= 0.8 * letters
        main = [word for word in words if word.size >= 0.85 * self.size] or words
        self.base = main[len(main) // 2].base
        self.x0, self.x1 = min(w.x0 for w in words), max(w.x1 for w in words)
        self.top, self.bottom = min(w.top for w in main), max(w.bottom for w in main)
        self.starts_bold, self.ends_bold = words[0].bold, words[-1].bold
        self._spell()
        self.words = []
        return self

    def _spell(self) -> None:
        words = sorted(self.words, key=lambda w: w.x0)
        if sum(len(_RTL.findall(w.text)) for w in words) * 2 > sum(len(w.text) for w in words):
            self.text = " ".join(w.text for w in reversed(words))
            return
        letters = [w for w in words if len(w.text) == 1 and w.text.isalpha()]
        spaced = len(letters) >= 5 and len(letters) >= 0.8 * len(words)
        parts: list[str] = []
        before: Word | None = None
        for word in words:
            gap = word.x0 - before.x1 if before is not None else 0.0
            raised = word.size < 0.85 * self.size and word.base < self.base - 0.12 * self.size
            text = word.text
            mark = _MARK.match(text.strip(",;")) if raised else None
            if mark:
                text = "".join(raise_digits(c) if c.isdigit() else c for c in text)
                if before is None:
                    self.raised = mark.group(1)
            if (
                before is None
                or (mark and gap < 0.25 * self.size)
                or (spaced and gap < 0.6 * self.size)
                or (word.glued and gap < 0.3 * self.size)
            ):
                parts.append(text)
            else:
                parts.append(" " + text)
            before = word
        self.text = "".join(parts)


def build_lines(words: list[Word], page: int) -> list[Line]:
    """Return the lines of a page, cut at column gutters and table gaps, in no order yet.

    A gap of 0.9 to 3 font sizes is doubtful: it is a word space where a line just above or below
    runs across it, a gutter where none does.
    """
    pieces = _pieces(words)
    return [Line(piece, page=page).settle() for piece in _rejoin(pieces)]


def _pieces(words: list[Word]) -> list[list[Word]]:
    pieces: list[list[Word]] = []
    for word in words:
        if pieces and _adjacent(pieces[-1][-1], word):
            pieces[-1].append(word)
        else:
            pieces.append([word])
    return pieces


def _adjacent(left: Word, right: Word) -> bool:
    size = max(left.size, right.size)
    gap = right.x0 - left.x1
    if not -0.3 * size < gap < 0.9 * size:
        return False
    if abs(left.base - right.base) < 0.2 * size:
        return True
    small = min(left.size, right.size)
    return small < 0.85 * size and gap < 0.35 * size and abs(left.base - right.base) < 0.55 * size


@dataclass(slots=True)
class _Piece:
    words: list[Word]
    x0: float
    x1: float
    base: float
    size: float
    top: float
    bottom: float


def _measure(words: list[Word]) -> _Piece:
    big = max(words, key=lambda w: (w.size, len(w.text)))
    return _Piece(
        words, min(w.x0 for w in words), max(w.x1 for w in words), big.base, big.size,
        min(w.top for w in words), max(w.bottom for w in words),
    )  # fmt: skip


def _rejoin(groups: list[list[Word]]) -> list[list[Word]]:
    """Join pieces of one baseline that a wide word space or an odd drawing order parted."""
    pieces = sorted((_measure(g) for g in groups), key=lambda p: (round(p.base), p.x0))
    rows: dict[int, list[_Piece]] = defaultdict(list)
    for piece in pieces:
        rows[int(piece.base // 6)].append(piece)
    done: list[_Piece] = []
    used: set[int] = set()
    for piece in sorted(pieces, key=lambda p: p.x0):
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
            number = len(current.words) == 1 and _NUMBER.match(current.words[0].text) is not None
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
            current = _measure(current.words + nearest.words)
        done.append(current)
    return [piece.words for piece in done]


def _right_neighbour(piece: _Piece, rows: dict[int, list[_Piece]], used: set[int]) -> _Piece | None:
    best: _Piece | None = None
    key = int(piece.base // 6)
    for other in (*rows[key - 1], *rows[key], *rows[key + 1]):
        if id(other) in used or other.x0 < piece.x1 - 0.4 * piece.size or other.x0 <= piece.x0:
            continue
        size = max(piece.size, other.size)
        near = abs(other.base - piece.base) < 0.2 * size or (
            min(piece.size, other.size) < 0.85 * size
            and abs(other.base - piece.base) < 0.55 * size
            and other.x0 - piece.x1 < (1.5 if _is_mark(piece) else 0.3) * size
        )
        if near and (best is None or other.x0 < best.x0):
            best = other
    return best


def _gutter_beside(left: _Piece, right: _Piece, rows: dict[int, list[_Piece]]) -> bool:
    """Say whether long lines end left of the gap and others start right of it: two columns."""
    middle = (left.x1 + right.x0) / 2
    reach = 2.9 * max(left.size, right.size)
    ends = starts = False
    for key in range(int((left.base - reach) // 6), int((left.base + reach) // 6) + 1):
        for other in rows.get(key, ()):
            if other is left or other is right or abs(other.base - left.base) > reach:
                continue
            if other.x0 < middle - 1 and other.x1 > middle + 1:
                return False
            ends = ends or (other.x1 <= middle and other.x1 - other.x0 > 60)
            starts = starts or (other.x0 >= middle and other.x1 - other.x0 > 60)
    return ends and starts


def _is_mark(piece: _Piece) -> bool:
    return len(piece.words) == 1 and _NUMBER.match(piece.words[0].text) is not None


def _crossed(left: _Piece, right: _Piece, rows: dict[int, list[_Piece]], gap: float) -> bool:
    """Say whether a gap is a word space: text just above or below runs across it.

    Another row with a gap at the same place speaks for a table or a gutter.
    """
    middle = (left.x1 + right.x0) / 2
    size = max(left.size, right.size)
    reach = 2.9 * size
    crossed = False
    ends: list[_Piece] = []
    starts: list[_Piece] = []
    for key in range(int((left.base - reach) // 6), int((left.base + reach) // 6) + 1):
        for other in rows.get(key, ()):
            off = abs(other.base - left.base)
            if other is left or other is right or off > reach or off <= 0.3 * left.size:
                continue
            if other.x0 < middle - 1 and other.x1 > middle + 1:
                crossed = True
            elif middle - 40 < other.x1 <= middle:
                ends.append(other)
            elif middle <= other.x0 < middle + 25:
                starts.append(other)
    if gap >= 0.9 * size and any(
        abs(a.base - b.base) < 2 and min(b.x0, right.x0) - max(a.x1, left.x1) > 0.8 * size
        for a in ends
        for b in starts
    ):
        return False
    return crossed

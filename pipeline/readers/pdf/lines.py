"""Words become lines: pieces of text on one baseline with nothing but word spaces inside."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from pipeline.readers.notes import raise_digits
from pipeline.readers.pdf.pieces import Piece, pieces_of, rejoin
from pipeline.readers.pdf.words import Word, Words

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


def build_lines(words: Words, page: int) -> list[Line]:
    """Return the lines of a page, cut at column gutters and table gaps, in no order yet.

    A gap of 0.9 to 3 font sizes is doubtful: it is a word space where a line just above or below
    runs across it, a gutter where none does.
    """
    if not len(words):
        return []
    rtl = any(_RTL.search(text) for text in words.texts if not text.isascii())
    bases, lefts = words.base.tolist(), words.box[:, 0].tolist()
    lines = []
    for piece in rejoin(pieces_of(words)):
        if rtl or not piece.even:
            line = Line([words.word(k) for k in piece.rows()], page=page).settle()
        else:
            line = _even(piece, words, bases, lefts, page)
        lines.append(line)
    return lines


def _even(piece: Piece, words: Words, bases: list[float], lefts: list[float], page: int) -> Line:
    """Return the line of words that are all set alike: what `Line.settle` would find."""
    rows = piece.rows()
    base = bases[rows[len(rows) // 2]]
    xs = [lefts[k] for k in rows]
    if xs != sorted(xs):
        rows = sorted(rows, key=lambda k: lefts[k])
    texts = words.texts
    size, bold, italic, font = words.looks[piece.look]
    return Line(
        [], piece.x0, piece.x1, piece.top, piece.bottom, base, size, bold, bold, bold, italic,
        font, " ".join([texts[k] for k in rows]), page,
    )  # fmt: skip

"""Text folded for matching, and its words: same length as the text, so that places agree.

Names are found in the folded text: accents, dashes, quotes and spaces of all kinds made alike, one
character for one, capitals kept. Words of citations are blanked, so that no name reaches into one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_SAME = {
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2212": "-",
    "\u2018": "'", "\u2019": "'", "\u02bc": "'", "`": "'", "\u00b4": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"',
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\n": " ", "\t": " ",
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ħ": "h",
}  # fmt: skip
BLANK = "\x00"


def _table() -> dict[int, str]:
    table = {ord(key): value for key, value in _SAME.items()}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        bare = unicodedata.normalize("NFKD", chr(code))[0]
        if code not in table and bare.isascii() and bare.isalpha():
            table[code] = bare
    return table


_TABLE = _table()
_FOOTNOTE = re.compile(r"\[\d{1,3}\]|(?<=[.,;:)])\[\w{1,3}\]")


def fold(text: str) -> str:
    """Return the text with accents, dashes, quotes and blanks made alike; same length."""
    return text.translate(_TABLE)


def split_words(folded: str) -> list[str]:
    """Return words and signs of text that is folded already."""
    return _WORD.findall(folded)


def words(text: str) -> list[str]:
    """Return words and signs of a name as they are matched."""
    return _WORD.findall(fold(text))


def plain(text: str) -> str:
    """Return a key under which spellings of one name agree: folded, small, without signs."""
    return " ".join(word for word in words(text.casefold()) if word[0].isalnum())


@dataclass(frozen=True)
class Tokens:
    """A text with its words.

    Attributes
    ----------
    text : str
        As given.
    folded : str
        Folded and blanked, of the same length.
    words : list of str
        Words and signs of the folded text.
    starts, ends : list of int
        Where they stand.
    """

    text: str
    folded: str
    words: list[str] = field(repr=False)
    starts: list[int] = field(repr=False)
    ends: list[int] = field(repr=False)

    @classmethod
    def of(cls, text: str, blank: Iterable[tuple[int, int]] = ()) -> Tokens:
        """Fold and split a text; stretches in `blank` match nothing."""
        folded = fold(text)
        stretches = [*blank, *(match.span() for match in _FOOTNOTE.finditer(folded))]
        for start, end in stretches:
            folded = folded[:start] + BLANK * (end - start) + folded[end:]
        found: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for match in _WORD.finditer(folded):
            word = match.group()
            if word == BLANK and found and found[-1] == BLANK:
                ends[-1] = match.end()
                continue
            found.append(word)
            starts.append(match.start())
            ends.append(match.end())
        return cls(text, folded, found, starts, ends)

    @cached_property
    def small(self) -> list[str]:
        """The words in small letters."""
        return [word.lower() for word in self.words]

    @cached_property
    def lower(self) -> str:
        """The folded text in small letters; of the same length."""
        low = self.folded.lower()
        return low if len(low) == len(self.folded) else self.folded

    def index_at(self, position: int) -> int:
        """Return the index of the first word that ends behind a position."""
        low, high = 0, len(self.ends)
        while low < high:
            middle = (low + high) // 2
            if self.ends[middle] <= position:
                low = middle + 1
            else:
                high = middle
        return low


def is_capital(word: str) -> bool:
    """Return whether a word begins with a capital letter."""
    return word[0].isupper()


def overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether a stretch touches one of the spans."""
    return any(start < last and first < end for first, last in spans)

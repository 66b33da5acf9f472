"""Names folded so that spellings of the same person or body meet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["acronym", "fold", "letters", "surname"]

_GERMAN = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "’": "'"}
)
_INITIALS = re.compile(r"(?:\b[^\W\d_]\b\.?[\s-]?)+")
_SMALL = frozenset({"of", "the", "and", "for", "on", "in", "de", "del", "la", "&"})


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Return the text case-folded, without accents, its words of letters and digits spaced."""
    plain = unicodedata.normalize("NFKD", text.translate(_GERMAN))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold().replace("'", "")
    return " ".join(re.findall(r"\w+", plain))


def letters(text: str) -> str:
    """Return the folded text without its spaces: "Cedillo-Campos" and "Cedillo Campos" meet."""
    return fold(text).replace(" ", "")


@lru_cache(maxsize=16_384)
def surname(author: str) -> str:
    """Return the folded surname of an author as printed in a reference list or a citation."""
    if "," in author:
        author = author.split(",", 1)[0]
        return fold(author)
    words = [w for w in fold(author).split() if len(w) > 1]
    return " ".join(words)


def acronym(name: str) -> str:
    """Return the first letters of a body's words, folded: "World Trade Organization" is wto."""
    words = [w for w in re.findall(r"[^\W\d_]+", name) if w.casefold() not in _SMALL]
    return fold("".join(w[0] for w in words)) if len(words) > 1 else ""

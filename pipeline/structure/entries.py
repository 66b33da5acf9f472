"""Where the entries of a reference list begin and end, whatever blocks they were read in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.structure.lexicon import words
from pipeline.structure.references import (
    ANY_YEAR,
    DASHES,
    DATED,
    KEY,
    LONG_HEAD,
    URL,
    WORDY,
    date_of,
)

__all__ = ["entries_in", "entries_of"]

_URL_END = re.compile(r"(?:https?://|www\.|doi:|doi\.org/)\S+$", re.IGNORECASE)
_WITHIN = re.compile(r"(?:\b[^\W\d_]\.|\b[Ii]n:?|\bet al\.)$")
_BRACKETED = re.compile(r"\s*\[\d{1,4}\]\s")
_NEXT_NUMBER = re.compile(r"\s(?=\[\d{1,4}\]\s+[A-Z“\"])")
_NEXT_ENTRY = re.compile(
    r"\s(?=(?:(?:van|von|de|del|da|di|la|den|der|ten|ter|dos|al|el)\s){0,3}"
    r"[A-ZÀ-Þ][\w'’-]{1,30}(?:\s[A-ZÀ-Þ][\w'’-]{1,30}){0,2},\s[A-ZÀ-Þ]\.)"
)
_HEAD_END = re.compile(r"\(?(?:(?:1[89]|20)\d\d[a-z]?|forthcoming|in press)\b")
_NAME_WORDS = words("particles") | frozenset(
    ["and", "und", "et", "ed", "eds", "hg", "of", "the", "for", "on", "in"]
)
_BLOCK = 20_000


def entries_in(text: str) -> int:
    """Return how many entries of a reference list a block holds, if it holds nothing else."""
    pieces = _pieces(text[:_BLOCK], False)
    return len(pieces) if all(map(_looks_like_entry, pieces[:3])) else 0


def _looks_like_entry(text: str) -> bool:
    """Say whether a text can only be one entry of a reference list: names, then a date."""
    if not 20 <= len(text) <= 700:
        return False
    key = KEY.match(text)
    plain = text[key.end() :] if key else text
    dated = date_of(plain)
    if dated is None or dated.start() > 200:
        return False
    head = plain[: dated.start()].strip(" (.,:")
    names = re.findall(r"[^\W\d_]+", head)
    small = [word for word in names if word[0].islower() and word not in _NAME_WORDS]
    body = len(names) <= 6 and names[:1] and names[0].casefold() not in words("leads")
    bare = dated.group("y2") is not None and plain[dated.end() : dated.end() + 1] in (".", ":")
    listed = "," in head or "/" in head or (dated.group("y1") and len(names) <= 8)
    listed = listed or (body and bare)
    return bool(names and listed) and not small and not re.search(r"[.?!]\s+[A-Z][a-z]+\s", head)


def entries_of(texts: Sequence[str]) -> list[tuple[int, str]]:
    """Return the entries: the number of the block each begins in, and its text.

    A block that holds several entries is cut where the next one's authors and date begin; what
    can't begin an entry (small letter, address, no date after an unfinished one) goes on with the
    one before it.
    """
    entries: list[tuple[int, str]] = []
    numbered = sum(_BRACKETED.match(text) is not None for text in texts) >= 2
    for number, text in enumerate(texts):
        for piece in _pieces(text[:_BLOCK], numbered):
            if entries and _goes_on(piece, entries[-1][1]):
                entries[-1] = (entries[-1][0], f"{entries[-1][1]} {piece}")
            else:
                entries.append((number, piece))
    while len(entries) > 4 and _stray([text for _, text in entries]):
        entries.pop()
    return entries


def _stray(entries: list[str]) -> bool:
    """Say whether the last entry is none: a page's foot under a list it does not match."""
    *rest, last = entries
    keyed = sum(KEY.match(text) is not None for text in rest)
    dated = sum(ANY_YEAR.search(text) is not None for text in rest)
    if keyed == len(rest) and not KEY.match(last):
        return True
    anything = ANY_YEAR.search(last) or URL.search(last) or re.search(WORDY, last, re.IGNORECASE)
    return dated == len(rest) and not anything


def _pieces(text: str, numbered: bool) -> list[str]:
    """Cut a block where one entry ends and the authors and date of another follow."""
    pattern = _NEXT_NUMBER if numbered else _NEXT_ENTRY
    cuts = [0]
    for found in pattern.finditer(text, 30):
        before = text[max(0, found.start() - 200) : found.start()].rstrip()
        within = _WITHIN.search(before) or _open(before)
        if not within and (numbered or (_ended(before) and _names_then_date(text, found.end()))):
            cuts.append(found.start())
    pieces = [text[i:j].strip() for i, j in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return [piece for piece in pieces if piece]


def _names_then_date(text: str, at: int) -> bool:
    """Say whether nothing but names stands between `at` and a date."""
    date = _HEAD_END.search(text, at, at + 250)
    if date is None:
        return False
    head = re.findall(r"[^\W\d_]+", text[at : date.start()])
    return all(word[0].isupper() or word in _NAME_WORDS for word in head)


def _ended(text: str) -> bool:
    """Say whether an entry may end where this text does."""
    last = text.rstrip()[-1:]
    return last in '.!?)]”"/' or last.isdigit() or _URL_END.search(text[-200:]) is not None


def _goes_on(text: str, before: str) -> bool:
    head = text.strip()
    if KEY.match(head) or DASHES.match(head):
        return bool(re.match(r"\d+[–-]\d", head))
    dated = DATED.search(head[:LONG_HEAD])
    if dated is not None and dated.start() < 250 and not head[:1].islower():
        names = head[: dated.start()]
        if "," in names or len(names.split()) <= 9:
            return _open(before) and dated.start() > 120
    starts = re.match(r"(?:van|von|de|del|da|di|la|le|den|der|ten|ter|dos|al|el)\b", head)
    if URL.match(head) or (head[:1].islower() and not starts):
        return True
    if re.match(r"[\d(\[]|pp?\.|Retrieved|Available|Accessed|doi\b", head):
        return True
    ended = (
        before.rstrip()[-1:] in '.!?)]”"' or before[-1:].isdigit() or _URL_END.search(before[-200:])
    )
    if not ANY_YEAR.search(head) and len(head) < 250 and not ended:
        return True
    return _open(before) and len(head) < 200


def _open(text: str) -> bool:
    return text.rstrip().endswith((",", "&", " and", "-", ":", "/", "("))

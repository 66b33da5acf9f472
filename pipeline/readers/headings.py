"""Headings told by their words and place, where the format does not say which they are."""

from __future__ import annotations

import re

from pipeline.readers.draft import Draft
from pipeline.readers.lexicon import names_section
from pipeline.readers.notes import RAISED

_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[^\W\d_])")


def find_headings(drafts: list[Draft]) -> None:
    """Tell headings by number, capitals, known names and their place before running text."""
    after = _following(drafts)
    plain_numbers = False
    for i, draft in enumerate(drafts):
        if draft.kind != "paragraph":
            continue
        text = draft.text
        following = after[i]
        before_prose = following is not None and (
            len(following.text) > 80 or _NUMBERED.match(following.text)
        )
        number = _NUMBERED.match(text)
        if len(text) > 160 or (text.endswith((".", ",", ";")) and not number):
            continue
        if number and text.endswith(".") and _neighbour_numbered(drafts, i):
            continue
        if any(
            names_section(text, kind)
            for kind in ("abstract", "references", "notes", "other", "keywords")
        ):
            draft.kind, draft.level = "heading", 1
            if number:
                draft.level = number.group(1).count(".") + 1
        elif number and before_prose:
            dotted = number.group().rstrip().endswith(".") and "." not in number.group(1)
            draft.kind = "heading"
            draft.level = 4 if dotted and plain_numbers else number.group(1).count(".") + 1
            # "1 INTRODUCTION", "2.1 The …": then "1. Corporate level" is a step of a list.
            plain_numbers = plain_numbers or not dotted
        elif text.isupper() and 4 < len(text) < 100 and before_prose and len(text.split()) < 14:
            draft.kind, draft.level = "heading", 1
        elif (
            before_prose
            and i > 0
            and _title_like(text)
            and len(following.text if following else "") > 150
        ):
            draft.kind, draft.level = "heading", 2


def _neighbour_numbered(drafts: list[Draft], i: int) -> bool:
    """Say whether the block before or after is numbered too: then it is a list, no heading."""
    around = [drafts[j].text for j in (i - 1, i + 1) if 0 <= j < len(drafts)]
    return any(_NUMBERED.match(text) for text in around)


def _following(drafts: list[Draft]) -> list[Draft | None]:
    """Return for each draft the next one that is no note."""
    found: list[Draft | None] = [None] * len(drafts)
    latest: Draft | None = None
    for i in range(len(drafts) - 1, -1, -1):
        found[i] = latest
        if not RAISED.match(drafts[i].text):
            latest = drafts[i]
    return found


def _title_like(text: str) -> bool:
    tokens = text.split()
    if not 1 <= len(tokens) <= 12 or len(text) > 90 or "@" in text or not text[0].isupper():
        return False
    if text[-1] in ".,;:" or any(char.isdigit() for char in text):
        return False
    long = [t for t in tokens if len(t) > 3]
    return bool(long) and (len(tokens) <= 6 or sum(t[0].isupper() for t in long) >= 0.7 * len(long))

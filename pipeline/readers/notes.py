"""Footnotes told from the body by their markers, and marks in the text that only point to them."""

from __future__ import annotations

import re

from pipeline.readers.draft import Draft

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TO_DIGIT = str.maketrans(SUPERSCRIPTS, "0123456789")
RAISED = re.compile(rf"^([{SUPERSCRIPTS}]{{1,3}})\s*(?=\S)")
_RUN = re.compile(rf"(?<=[^\W\d_]|[.,;:!?)\]”’\"'])[{SUPERSCRIPTS}]{{1,3}}(?![\w{SUPERSCRIPTS}])")


def raise_digits(digits: str) -> str:
    """Return the digits as superscripts, the way note markers are kept until they are dropped."""
    return digits.translate(str.maketrans("0123456789", SUPERSCRIPTS))


def take_notes(drafts: list[Draft]) -> None:
    """Make paragraphs that begin with a raised number notes with that marker."""
    for draft in drafts:
        if draft.kind not in ("paragraph", "list_item", "front"):
            continue
        found = RAISED.match(draft.text)
        if found and draft.page == 1 and draft.size:
            draft.kind = "front"  # on a PDF's first page the notes are known by now: an address
        elif found:
            draft.kind = "note"
            draft.marker = found.group(1).translate(_TO_DIGIT)
            draft.text = draft.text[found.end() :]


def drop_marks(drafts: list[Draft]) -> None:
    """Take raised numbers out of running text where a note with that number exists.

    Only there: 10³ and m² have no note and stay.
    """
    markers = {draft.marker for draft in drafts if draft.kind == "note" and draft.marker}
    if not markers:
        return

    def drop(found: re.Match[str]) -> str:
        return "" if found.group().translate(_TO_DIGIT) in markers else found.group()

    for draft in drafts:
        if draft.kind not in ("table", "note"):
            draft.text = _RUN.sub(drop, draft.text)

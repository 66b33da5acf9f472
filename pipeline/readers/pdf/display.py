"""Letters and signs set for the eye: drop caps put to their words, formulas in one piece."""

from __future__ import annotations

import re

from pipeline.readers.draft import Draft
from pipeline.readers.pdf.lines import Line

_SIGN = re.compile(r"[=+<>±×÷√∑∏∫∂∆∇≈≠≤≥∈∀∞→∝^|−∗]|[α-ωΑ-Ω]|\(\d{1,3}[a-z]?\)$")
_WORD = re.compile(r"[^\W\d_]{4,}")


def with_drop_caps(lines: list[Line], body: float) -> list[Line]:
    """Return the lines of a page, each letter that opens a text at several lines' height in place.

    Parameters
    ----------
    lines : list of Line
    body : float
        The size of the running text; a drop cap is at least 1.8 times as large.
    """
    caps = [
        line for line in lines
        if line.size > 1.8 * body and len(line.text) <= 2 and line.text[-1:].isupper()
    ]  # fmt: skip
    taken: set[int] = set()
    for cap in caps:
        beside = [
            line for line in lines
            if line is not cap and -0.15 * cap.size <= line.x0 - cap.x1 < body
            and line.size < 0.6 * cap.size and cap.top - 0.5 * body < line.base < cap.bottom
        ]  # fmt: skip
        if not beside:
            continue
        first = min(beside, key=lambda line: line.base)
        space = " " if first.text[:1].isupper() and cap.text in ("A", "I") else ""
        first.text = f"{cap.text}{space}{first.text}"
        taken.add(id(cap))
    return [line for line in lines if id(line) not in taken] if taken else lines


def join_formulas(drafts: list[Draft], start: int) -> None:
    """Join the pieces of a displayed formula, from draft `start` on, into one paragraph."""
    at = start
    while at + 1 < len(drafts):
        left, right = drafts[at], drafts[at + 1]
        if (
            _is_formula(left.text) and _is_formula(right.text)
            and left.kind == right.kind == "paragraph" and left.page == right.page
            and len(left.text) + len(right.text) < 400
            and (_SIGN.search(left.text) or _SIGN.search(right.text))
        ):  # fmt: skip
            left.text = f"{left.text} {right.text}"
            left.boxes.extend(right.boxes)
            del drafts[at + 1]
        else:
            at += 1


def _is_formula(text: str) -> bool:
    """Say whether a text has letters and signs, but not words enough for a phrase."""
    words = _WORD.findall(text)
    letters = sum(map(len, words))
    return letters < 0.5 * len(text) and len(words) < 4 and not text.endswith((".", ":", ";"))

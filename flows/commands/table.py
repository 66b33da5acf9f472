"""Tables for reading, drawn without a library: one takes longer to import than the query to run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import combining, east_asian_width

LEAST = 4
"""Columns are not made narrower than this."""


def draw(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Yield the lines of a table of at most `width` places, cells folded between words.

    Many columns may still need more: none is made narrower than `LEAST`.
    """
    table = [[cell.expandtabs(1).split("\n") for cell in row] for row in (columns, *rows)]
    widths = [
        max((places(line) for row in table for line in row[i]), default=0)
        for i in range(len(columns))
    ]
    narrowed = _narrowed(widths, width - 3 * (len(columns) - 1))
    for n, row in enumerate(table):
        yield from _row(row, narrowed, " ┃ " if n == 0 else " │ ")
        if n == 0:
            yield "━╇━".join("━" * one for one in narrowed)


def places(text: str) -> int:
    """Return how many places a terminal gives a text: two for a wide character, none for a mark."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in text)


def _narrowed(widths: list[int], room: int) -> list[int]:
    """Take from the widest columns until all fit."""
    found = list(widths)
    while sum(found) > room and max(found, default=0) > LEAST:
        top = max(found)
        widest = [i for i, one in enumerate(found) if one == top]
        below = max((one for one in found if one < top), default=LEAST)
        excess = -(-(sum(found) - room) // len(widest))
        for i in widest:
            found[i] = max(top - excess, below, LEAST)
    return found


def _row(cells: Sequence[list[str]], widths: Sequence[int], between: str) -> Iterator[str]:
    folded = [
        [part for line in cell for part in _folded(line, width)]
        for cell, width in zip(cells, widths, strict=True)
    ]
    for i in range(max(len(one) for one in folded)):
        line = [one[i] if i < len(one) else "" for one in folded]
        padded = [
            text + " " * (width - places(text)) for text, width in zip(line, widths, strict=True)
        ]
        yield between.join(padded)


def _folded(text: str, width: int) -> list[str]:
    """Return a line as lines of at most `width` places, cut between words where that goes."""
    if places(text) <= width:
        return [text]
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        wanted = f"{line} {word}" if line else word
        if places(wanted) <= width:
            line = wanted
            continue
        if line:
            lines.append(line)
        *whole, line = _cut(word, width)
        lines += whole
    return [*lines, line]


def _cut(word: str, width: int) -> list[str]:
    """Cut a word that is wider than its column."""
    pieces, piece = [], ""
    for letter in word:
        if piece and places(piece + letter) > width:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]

"""Where passages begin and end: whole paragraphs where they fit, cut between sentences else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.structure.sentences import split_sentences

__all__ = ["MAX_WORDS", "MIN_WORDS", "Atom", "Piece", "atoms_of", "plan"]

MIN_WORDS = 25
MAX_WORDS = 180
_CLAUSE_WORDS = 120
_CLAUSE = (re.compile(r"[;:]\s+|\s[–—]\s"), re.compile(r",\s+"), re.compile(r"\s+"))
_INNER = "-/'’:–—"
_LONG = 12
"""Characters a word at most counts for: text without spaces is cut too."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one block: its number and the characters of the block's text."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Atom:
    """The smallest thing a passage is made of: a sentence, or a few short ones.

    `low` and `high` are its words by two counts (between spaces; runs of letters or digits), so
    that a passage keeps its limits by either. `cut` is the cost of a cut before it, `join` the
    cost of no cut before it.
    """

    piece: Piece
    low: int
    high: int
    cut: float
    join: float


def count(text: str) -> tuple[int, int]:
    """Return the words of a text by two counts: between spaces, and at most between other signs.

    The second is never less than the runs of letters and digits, but for rare signs, and counts
    text without spaces by its length.
    """
    spaced = len(text.split())
    inner = sum(map(text.count, _INNER))
    return spaced, max(spaced + inner, len(text) // _LONG)


def atoms_of(
    block: int,
    text: str,
    cut: float,
    join: float,
    max_words: int = MAX_WORDS,
    *,
    whole: bool = False,
) -> list[Atom]:
    """Return the atoms of one block; the first one carries the block's own costs.

    With `whole`, a block that fits is one atom: it is not cut between its sentences.
    """
    low, high = count(text)
    if whole and high <= max_words:
        left = len(text) - len(text.lstrip())
        return [Atom(Piece(block, left, len(text.rstrip())), low, high, cut, join)]
    atoms: list[Atom] = []
    begin = -1
    for start, end in split_sentences(text):
        if begin < 0:
            begin = start
        low, high = count(text[begin:end])
        if high < 6:
            continue  # "Yes." stays with the sentence after it.
        spans = [(begin, end)] if high <= max_words else _clauses(text, begin, end)
        for number, (left, right) in enumerate(spans):
            low, high = count(text[left:right])
            costs = (cut, join) if not atoms else ((8.0, 0.0) if number else (4.0, 0.0))
            atoms.append(Atom(Piece(block, left, right), low, high, *costs))
        begin = -1
    if begin >= 0:
        end = len(text.rstrip())
        if atoms and atoms[-1].high + count(text[begin:end])[1] <= max_words:
            last = atoms.pop()
            begin, costs = last.piece.start, (last.cut, last.join)
        else:
            costs = (4.0, 0.0) if atoms else (cut, join)
        atoms.append(Atom(Piece(block, begin, end), *count(text[begin:end]), *costs))
    return atoms


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a sentence that is too long at clauses, else at commas, else at spaces, else anywhere."""
    room = _CLAUSE_WORDS * _LONG
    spans: list[tuple[int, int]] = []
    while count(text[start : min(end, start + 4 * room)])[1] > _CLAUSE_WORDS:
        limit = min(end, start + room)
        while count(text[start:limit])[1] > _CLAUSE_WORDS:
            limit = start + max(1, (limit - start) * 3 // 4)
        stop = limit
        for pattern in _CLAUSE:
            ends = [m.end() for m in pattern.finditer(text, start + (limit - start) // 2, limit)]
            if ends:
                stop = ends[-1]
                break
        if stop >= end:
            break
        spans.append((start, start + len(text[start:stop].rstrip())))
        start = stop + (
            len(text[stop:end]) - len(text[stop:end].lstrip()) if text[stop].isspace() else 0
        )
    if start < end:
        spans.append((start, end))
    return [span for span in spans if span[0] < span[1]]


def plan(
    atoms: Sequence[Atom], heading_words: int = 0, *, least: int = MIN_WORDS, most: int = MAX_WORDS
) -> list[list[Piece]]:
    """Return passages as lists of pieces: the cheapest way to cut the row of atoms.

    Each passage has `least` to `most` words where that can be; a cut inside a paragraph and a
    join of two paragraphs cost, a short passage costs most. `heading_words` stand before the
    first atom and count against `most` only.

    Notes
    -----
    Dynamic programming over the atoms; the window of a passage is bounded by `most`, so the time
    is linear in their number.
    """
    best = [0.0] + [float("inf")] * len(atoms)
    before = [0] * (len(atoms) + 1)
    for end in range(1, len(atoms) + 1):
        low = high = 0
        inner = 0.0
        for start in range(end - 1, -1, -1):
            low += atoms[start].low
            high += atoms[start].high
            total = high + (heading_words if start == 0 else 0)
            if total > most and start < end - 1:
                break
            cost = best[start] + inner + 1.0 + (total / most) ** 2
            if start:
                cost += atoms[start].cut
            if low < least:
                cost += 50.0 + least - low
            if cost < best[end]:
                best[end], before[end] = cost, start
            inner += atoms[start].join
    cuts = []
    at = len(atoms)
    while at:
        cuts.append((before[at], at))
        at = before[at]
    return [_merge(atoms[start:end]) for start, end in reversed(cuts)]


def _merge(atoms: Sequence[Atom]) -> list[Piece]:
    pieces: list[Piece] = []
    for atom in atoms:
        if pieces and pieces[-1].block == atom.piece.block:
            pieces[-1] = Piece(atom.piece.block, pieces[-1].start, atom.piece.end)
        else:
            pieces.append(atom.piece)
    return pieces

"""Where sentences begin and end: rules only, one pass, linear in the text's length."""

from __future__ import annotations

import re
from bisect import bisect_right

from pipeline.structure.lexicon import words

__all__ = ["bracket_spans", "nested_brackets", "split_sentences"]

MAX_BRACKET = 600
"""Characters; a bracket left open longer than this is no bracket (a missing parenthesis)."""

_STOP = re.compile(
    r"""[.!?…。！？؟۔।][.!?]{0,5}
        (?P<close>["'”’»)\]]{0,3})
        (?P<mark>(?:[¹²³⁰⁴-⁹]{1,4}+|(?<=[.!?”’"])\d{1,2}(?=\s+["“‘(\[]?[A-Z])|\s?\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,6}\]){0,6})
        (?P<gap>\s+|(?<=[。！？])|$)""",
    re.VERBOSE,
)
_WORD_BEFORE = re.compile(r"[^\s(\[{\"'“”‘’«»/–—]{1,20}$")
_NEXT = re.compile(r"[\"'“”‘’„«»(\[¿¡*•–—\s-]{0,4}(?P<word>\w{1,30})?")
_BRACKET = re.compile(r"[()\[\]]|\n\n")
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_AFTER_CITE = re.compile(
    r"\((?:(?:cf|see|vgl|e\.g)\b[^()]{3,200}|[^()]{2,150}\b(?:1[89]|20)\d\d[a-z]?(?:[:,]\s?[^()]{1,30})?)\)"
)


def bracket_spans(text: str, limit: int = MAX_BRACKET) -> list[tuple[int, int]]:
    """Return the outermost closed brackets ``()`` and ``[]`` no longer than `limit`, in order."""
    outer: list[tuple[int, int]] = []
    for pair in nested_brackets(text, limit):
        if not outer or pair[0] >= outer[-1][1]:
            outer.append(pair)
    return outer


def nested_brackets(text: str, limit: int = MAX_BRACKET) -> list[tuple[int, int]]:
    """Return all closed brackets no longer than `limit`, by start, outer first."""
    pairs: list[tuple[int, int]] = []
    if ")" not in text and "]" not in text:
        return pairs
    open_at: list[tuple[str, int]] = []
    for found in _BRACKET.finditer(text):
        sign, at = found.group()[0], found.start()
        if sign == "\n":
            open_at.clear()
        elif sign in "([":
            open_at.append((sign, at))
        else:
            want = "(" if sign == ")" else "["
            # An opener of the other kind in between was never closed: look no further than three.
            for back in range(1, min(3, len(open_at)) + 1):
                if open_at[-back][0] == want:
                    start = open_at[-back][1]
                    del open_at[-back:]
                    if at - start <= limit:
                        pairs.append((start, at + 1))
                    break
    pairs.sort(key=lambda pair: (pair[0], -pair[1]))
    return pairs


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of `text`, in order.

    The spans do not overlap, begin and end at a visible character, and cover all of the text but
    white space. A blank line always ends a sentence; a full stop inside a bracket does not, nor
    does one after an abbreviation or an initial. Note marks and a citation in brackets after the
    full stop belong to the sentence before them.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for gap in _BREAK.finditer(text):
        _split_paragraph(text, start, gap.start(), spans)
        start = gap.end()
    _split_paragraph(text, start, len(text), spans)
    return spans


def _split_paragraph(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    piece = text[start:end]
    brackets = bracket_spans(piece)
    opened = [pair[0] for pair in brackets]
    begin = 0
    at = 0
    while found := _STOP.search(piece, at):
        at = max(found.end(), found.start() + 1)
        inside = bisect_right(opened, found.start()) - 1
        if inside >= 0 and found.start() < brackets[inside][1] - 1:
            whole = brackets[inside]
            # A sentence that stands whole in brackets ends with them.
            if not (found.end("close") >= whole[1] and not piece[begin : whole[0]].strip()):
                continue
        stop = found.end("mark")
        cite = _AFTER_CITE.match(piece, found.end())
        if cite and _fresh(piece, cite.end()):
            stop = cite.end() + (piece[cite.end() : cite.end() + 1] == ".")
        elif not _ends(piece, found):
            continue
        _add(piece, begin, stop, start, spans)
        begin = at = max(stop, at)
    _add(piece, begin, len(piece), start, spans)


def _fresh(piece: str, at: int) -> bool:
    """Say whether after `at` a new sentence (or nothing) follows."""
    rest = piece[at : at + 12].lstrip(". ")
    return not rest or rest[0].isupper() or rest[0].isdigit() or rest[0] in '"“‘([•'


def _add(piece: str, begin: int, stop: int, offset: int, spans: list[tuple[int, int]]) -> None:
    part = piece[begin:stop]
    left = len(part) - len(part.lstrip())
    right = len(part.rstrip())
    if left < right:
        spans.append((offset + begin + left, offset + begin + right))


def _ends(piece: str, found: re.Match[str]) -> bool:
    """Say whether the stop found ends a sentence."""
    following = _NEXT.match(piece, found.end())
    word = (following.group("word") or "") if following else ""
    if not piece[found.end() : found.end() + 1]:
        return True
    if word and word[0].islower():
        return False
    if not word and piece[found.end()] in ",;:)":
        return False
    sign = piece[found.start()]
    if sign != "." or piece[found.start() : found.start() + 2] == "..":
        return True
    if found.group("close") or found.group("mark"):
        return True
    before = _WORD_BEFORE.search(piece, max(0, found.start() - 20), found.start())
    return _word_ends(before.group() if before else "", word)


def _word_ends(last: str, word: str) -> bool:
    """Say whether a full stop after `last` ends the sentence, where `word` comes next."""
    plain = last.casefold()
    if plain in words("may_be_last"):
        return word in words("starters")
    if plain in words("abbreviations"):
        return plain in words("number_after") and len(plain) > 1 and word in words("starters")
    if len(last) == 1 and last.isalpha() and last.isupper():
        # An initial ("J. Humphrey"), unless the next word can only begin a sentence.
        return last != "I" and word in words("starters") and word not in ("A", "An", "No")
    if re.fullmatch(r"(?:[A-Za-z]\.){1,4}[A-Za-z]", last):
        return word in words("starters")
    return True

"""Whether a number is told in the past or in the present."""

from __future__ import annotations

import re

BEGINS = re.compile(r"(?:^|[.;:,]\s+)(?:In|By|After|Since|From|Until|Before|During)\s+$")
IN_BRACKETS = re.compile(r"\([^()]*\)")
_NOW_VERB = (
    r"(?:(?:is|are)\s+(?:\w+\s+)?(?:made|put|held|paid|sold|\w{3,}ed)|is|are|am|has|have|does|do|can|may|might|must|will|makes?|produces?|employs?|exports?|earns?"
    r"|ranges?|tends?|supply|supplies|accounts?|works?|pays?|sells?|lives?|depends?|gets?|holds?"
    r"|amounts?|stands?|runs?|covers?|counts?|comprises?|houses?|contains?|gathers?|averages?|ship|leaves?|operates?|occup(?:y|ies)|lies?)"
)
_THEN_VERB = (
    r"(?:was|were|had|did|could|would|rose|fell|went|came|stood|sold|made|held|got|grew|sank|paid"
    r"|led|left|brought|ran|saw|cost|met|began|became|took|gave|shrank|spent|kept|put|\w{3,}ed)"
)
_VERB = re.compile(
    rf"(?<!\bto\s)(?<!\bthe\s)(?<!\ban\s)(?<!\bsome\s)\b(?:(?P<now>{_NOW_VERB})|{_THEN_VERB})\b"
)


_PERFECT = re.compile(r"\s+(?:\w+\s+)?(?:been|risen|grown|fallen|had|become|\w{3,}ed)\b")
_NOUNS_TOO = re.compile(
    r"(?:works?|exports?|suppl(?:y|ies)|ranges?|counts?|accounts?|stands?|cover|hold|may|might"
    r"|runs?|houses?|averages?|lives)"
)
"""Verbs in the present that are nouns or of the past, too."""
_SECOND = re.compile(
    r"(?:[;,]|\band\b|\bbut\b)[^;,]{0,60}?\b(?:\w{3,}ed|sold|was|were|had|grew|held)\b"
)
_THEN_IN = re.compile(r"(?:[;,]|\band\b|\bbut\b)\s+(?:in|by)\s+(?:the\s+)?$")
_LESS = re.compile(r",\s+(?:(?:up|down)\s+from|(?:as\s+)?against|compared)\b")


_OWN_VERB = re.compile(r"[;,]\s+(?:and|but|while)\s+(?:its|their)\s+(?:some\s+|about\s+)?$")
"""A number that opens a clause of its own: "made 34 million pairs, and its 530 firms ship"."""


def in_the_past(text: str, start: int, end: int) -> bool:
    """Say whether the verb of a number is in the past: the last before it, else the first behind.

    "The industry's 1,500 firms employed …" stays in the year told before; "around 1,500 people
    work there" does not.
    """
    low = max(text.rfind(";", 0, start), text.rfind(":", 0, start)) + 1
    verb = None
    for verb in _VERB.finditer(text, low, start):  # noqa: B007 - the last one is wanted
        pass
    verb = verb or _VERB.search(text, end, end + 80)
    return verb is not None and verb["now"] is None


def present_elsewhere(text: str, start: int, end: int, when: tuple[int, int]) -> bool:
    """Say whether a number is told in the present and its year in another clause or comparison.

    "Made 34 million pairs in 2015, and its 530 firms ship 95 per cent"; "there are 1,350, up from
    900 in 2016". A year that opens the clause holds: "in 2015, the cluster has 300 firms".
    """
    for bracket in IN_BRACKETS.finditer(text):
        if not bracket.start() <= start < bracket.end():
            text = f"{text[: bracket.start()]}{'_' * len(bracket[0])}{text[bracket.end() :]}"
    low = max(text.rfind(";", 0, start), text.rfind(":", 0, start), text.rfind(" (", 0, start)) + 1
    verbs = [one for one in _VERB.finditer(text, low, start) if not _NOUNS_TOO.fullmatch(one[0])]
    if _OWN_VERB.search(text[:start]):
        verbs = []
    behind = (
        one
        for one in _VERB.finditer(text, end, _comma(text, end))
        if not _NOUNS_TOO.fullmatch(one[0])
    )
    verb = verbs[-1] if verbs else next(behind, None)
    grown = verb is not None and verb[0] in ("has", "have") and _PERFECT.match(text, verb.end())
    if verb is None or verb["now"] is None or grown:
        return False
    if when[0] >= end:
        between = text[end : when[0]]
        return any(one.search(between) for one in (_SECOND, _LESS, _THEN_IN))
    if when[1] > start or when[0] >= verb.start():
        return False
    between = text[when[1] : verb.start()]
    if _VERB.search(between) is None and BEGINS.search(text[: when[0]]):
        return False
    return re.search(r"[;,]|\band\b|\b(?:now|today)\b", between) is not None


def _comma(text: str, end: int) -> int:
    """Return where the words behind a number end at a comma, 50 characters on at most."""
    found = re.search(r"[,;]", text[end : end + 50])
    return end + (found.start() if found else 50)


__all__ = ["BEGINS", "IN_BRACKETS", "in_the_past", "present_elsewhere"]

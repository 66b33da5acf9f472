"""Numbers that leave out what they count: "eleven were licensed", "leaving 462", "58 of them"."""

from __future__ import annotations

import re

from pipeline.extract.facts_words import Around, Verdict, last_match
from pipeline.extract.quantities import Amount
from pipeline.extract.quantities_lexicon import Lexicon

FEWEST = 20
"""Below this "12 of them" is a part that someone looked at, not a size."""
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_MASS = frozenset({
    "people", "women", "staff", "employment", "workforce", "payroll", "payrolls", "headcount",
    "personnel", "manpower", "men", "smes", "head count", "work force", "labour force",
    "labor force", "craftspeople", "working people", "craftsmen", "fishermen", "journeymen",
})  # fmt: skip
_WHOLE = frozenset({
    "employment", "workforce", "payroll", "payrolls", "headcount", "head count", "work force",
    "labour force", "labor force", "manpower", "personnel", "staff",
})  # fmt: skip
"""Words for all who work somewhere; they are no unit, so the lexicon has not all of them."""
_NO_WORKERS = frozenset({
    "residents", "inhabitants", "students", "trainees", "children", "people", "persons", "families",
    "migrants", "women", "men", "girls",
})  # fmt: skip
_FEW = r"(?:(?:only|just|some|about|still|already|almost|barely|hardly|not quite|no|a mere)\s+)*"
_MOVED = (
    r"(?:rose|risen|grew|grown|climbed|increased|expanded|fell|fallen|shrank|shrunk|dwindled|dropped"
    r"|declined|decreased|sank|sunk|slid|slipped|come\s+down|came\s+down|gone\s+(?:up|down)|went"
    r"|down|up|cut|reduced|raised|swelled|contracted|plunged|thinned)"
)
_STOOD = (
    r"(?:was|were|is|are|has\s+been|had\s+been|stood\s+at|stands\s+at|settled\s+at|given\s+as|reached"
    r"|put\s+(?:\w+\s+){0,4}at|estimated\s+at|numbered|totalled|totaled|came\s+to|at)"
)
_YEAR_OR_WORD = r"(?:[^\d;]|\b(?:1[89]|20)\d\d\b)"
_LEVEL = re.compile(
    rf"{_YEAR_OR_WORD}{{0,70}}?\b(?:{_MOVED}\b[^\d;]{{0,30}}\bto|{_STOOD})\s+{_FEW}$"
)
_FROM = re.compile(rf"{_YEAR_OR_WORD}{{0,50}}?\b{_MOVED}\s*$")
_BESIDE = re.compile(rf"\s*(?:to|at|of|,)\s+{_FEW}$")
_LISTED = re.compile(
    r"[^\d;.]{0,60}:\s*(?:[\d,. ]+\s+in\s+\d{4},\s*)*(?:(?:and|then|finally)\s+)*$"
)
_OF_WHICH = re.compile(
    rf"\bof\s+(?:whom|which)\s+(?P<there>there\s+(?:are|were|is|was)\s+)?{_FEW}$"
)
_OF_THEM = re.compile(r"\s+of\s+(?:them|which|whom)\b(?!\s+(?:we|I|who)\b)")
_EXIST = re.compile(
    r"\s+(?:(?:were|are|was|had\s+been|have\s+been)\s+(?:\w+ly\s+|still\s+)?(?:licensed|registered"
    r"|active|operating|running|open|left|in\s+(?:operation|production|business|existence)|at\s+work"
    r"|operational|counted|recorded)|did\s+so|remain(?:ed|s)?|survived?|survives|existed|operated)\b"
)
_COUNT = re.compile(
    r"\b(?:tally|tallies|count|census|survey|figure|total|estimates?|estimated|register|chamber|office"
    r"|ministry|yearbook|number|inventory)\b(?:[^;\d]|(?:1[89]|20)\d\d){0,70}?"
    r"\b(?:arrived\s+at|reached|gave|gives|found|is|was|are|were|listed|lists|counted|stands\s+at"
    rf"|stood\s+at|recorded|records|put\s+(?:it|them)\s+at)\s+{_FEW}$"
    rf"|\b(?:it|they|this)\s+(?:was|were|had|has|have)\s+(?:\w+\s+)?{_MOVED}\s+to\s+{_FEW}$"
    rf"|\bleaving\s+{_FEW}$"
)
_AGE = re.compile(
    r"\b(?:aged?|youngest|oldest|eldest|older|younger)\b[^;.]{0,50}$"
    r"|\b(?:whom|they|who)\s+(?:are|were|is|was)\s+(?:under|over|above|below|past)?\s*$"
)
_THINGS = re.compile(r"\b\d[\d,.]*\s+(?:[a-z]+\s+)?(?P<what>[a-z]+s)\W*$")
_RELATIVE = re.compile(r"^\W*which\b")
_WORK_THERE = re.compile(
    r"\s+(?:work(?:ed)?|were\s+employed|are\s+employed|found\s+work)\s+there\b"
)
_EMPLOYS = re.compile(r"\bemploy(?:s|ed|ing)\b")


def elliptic_metric(  # noqa: PLR0911, PLR0912
    amount: Amount, near: Around, lexicon: Lexicon
) -> Verdict | None:
    """Return the metric of a number by the noun that it leaves out, or None.

    The noun stands before it in the clause, the sentence or the sentence before; it must be a
    word for firms or for people at work (coding manual, "Quantities").
    """
    year_like = not amount.number.grouped and 1800 <= amount.value <= 2100
    if year_like or amount.value < 4 or amount.value != int(amount.value):
        return None
    if lexicon.signs["sample"].search(near.sentence):
        return None
    if amount.value < 100 and amount.number.kind == "words" and _AGE.search(near.lead):
        return None
    clause = near.lead if _RELATIVE.match(near.before) else near.before
    inside = counted(clause, lexicon)
    if inside is not None:
        kind, end, whole = inside
        between = clause[end:]
        if (
            _LEVEL.fullmatch(between)
            or (amount.change_from is not None and _FROM.fullmatch(between))
            or (whole and (_BESIDE.fullmatch(between) or _LISTED.fullmatch(between)))
        ):
            return _verdict(kind, "its noun before")
    listed = counted(near.lead, lexicon)
    if listed is not None and listed[2] and _LISTED.fullmatch(near.lead[listed[1] :]):
        return _verdict(listed[0], "one of a list")
    which = _OF_WHICH.search(near.lead)
    if which is not None and (which["there"] or amount.value >= FEWEST):
        return _of(near.lead[: which.start()], near, lexicon, "of which")
    if _OF_THEM.match(near.after):
        if amount.value < FEWEST:
            return None
        halves = near.lead.rsplit(";", 1)
        if len(halves) > 1:  # "them" are those of its own clause
            found = counted(halves[1], lexicon)
            return None if found is None else _verdict(found[0], "of them")
        return _of(near.lead, near, lexicon, "of them")
    if _EXIST.match(near.after):
        return _of(near.lead, near, lexicon, "in being")
    if _WORK_THERE.match(near.after):
        return _verdict("persons", "at work there")
    count = last_match(_COUNT, near.lead)
    if count is not None:
        return _of(near.lead[: count.start()], near, lexicon, "a count")
    return None


def _of(text: str, near: Around, lexicon: Lexicon, rule: str) -> Verdict | None:
    """Return the verdict by the last noun of a text or, where it has none, of the text before."""
    things = _THINGS.search(text)
    if things is not None and counted(things["what"], lexicon) is None:
        return None  # "500 rigs, of which 230"
    found = counted(text, lexicon) or counted(near.earlier, lexicon)
    return None if found is None else _verdict(found[0], rule)


def _verdict(kind: str, rule: str) -> Verdict:
    metric = "firms" if kind == "firms" else "employment"
    return Verdict(metric, f"left-out noun, {rule}", unit=kind)


def counted(text: str, lexicon: Lexicon) -> tuple[str, int, bool] | None:
    """Return whether firms or people are named last in a text, where, and if as one whole."""
    words = [(match.group().casefold(), match.end()) for match in _WORD.finditer(text)]
    for last in range(len(words) - 1, -1, -1):
        for length in (2, 1):
            if last + 1 < length:
                continue
            form = tuple(word.removesuffix("'s") for word, _ in words[last + 1 - length : last + 1])
            said = " ".join(form)
            end = words[last][1]
            if said in _WHOLE:
                return "persons", end, True
            if (not said.endswith("s") or said.endswith("ss")) and said not in _MASS:
                continue
            unit = lexicon.forms.get(form)
            if unit in ("firms", "farms"):
                return "firms", end, False
            if unit == "persons" and said not in _NO_WORKERS:
                return "persons", end, False
    match = last_match(_EMPLOYS, text)
    return None if match is None else ("persons", match.end(), False)

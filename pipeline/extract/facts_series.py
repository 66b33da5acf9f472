"""The same thing counted again: "had 86 workshops in 1985, 412 at the height and 270 today"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.facts_bare import counted
from pipeline.extract.facts_words import Around, Verdict, last_match
from pipeline.extract.quantities import Amount, find_amounts
from pipeline.extract.quantities_lexicon import Lexicon

_FEW = (
    r"(?:(?:only|just|some|about|still|already|almost|barely|hardly|not\s+quite|no|a\s+mere|fewer|more|less"
    r"|over|around|nearly|perhaps|something|like|than|the|now|but|well|close\s+to|as\s+many\s+as)\s+)*"
)
_WHEN = (
    r"(?:(?:in|by|at|around|before)\s+(?:the\s+)?(?:\w+\s+){0,4}\d{4}s?"
    r"|(?:\w+\s+){1,3}(?:years?|decades?|seasons?|months?)\s+(?:later|earlier|on|before|afterwards|after)"
    r"|(?:at\s+present|today|now|nowadays|then|earlier|later)|\d{4})"
)
_THERE = re.compile(
    rf"\b[Tt]here\s+(?:are|were|was|had\s+been|have\s+been|remain(?:ed)?)\s+{_FEW}$"
)
_HAS = re.compile(
    r"\b(?:it|they|(?:the|this)\s+(?:\w+\s+)?(?:cluster|district|zone|park|industry|town|pole|village|place|belt"
    r"|enclave|hub|valley|region|register|branch|sector))\s+(?:(?:has|had|have|then|still|now|already)\s+)*"
    rf"(?:had|has|have|counted|counts|numbered|numbers|held|holds|comprised|employed)\s+{_FEW}$"
)
_OF = re.compile(
    r"\b(?:count|tally|census|survey|figure|total|register|round|roll|list|number|muster|estimates?)s?\b"
    r"[^;.]{0,60}?\b(?:found|gave|gives|listed|lists|counted|recorded|arrived\s+at|came\s+to|came\s+near"
    r"|climbed\s+to|fallen\s+to|fell\s+to|risen\s+to|rose\s+to|back\s+to|grown\s+to|was|were|is|at|has"
    rf"|speaks\s+of|claims|between|varied\s+from|to)\s+{_FEW}$"
)
_NEXT = re.compile(
    rf"(?:(?:[,;]|\band|\bbut|,\s+(?:and|but))\s+(?:{_WHEN}\s*,?\s+)?|\b(?:as\s+)?against\s+){_FEW}$"
)
_STILL = re.compile(rf",\s+(?:is|are|was|were)\s+{_FEW}$")
"""The main verb behind "Jobs, which had numbered 8,700 in 1993, were …"."""
_SPEAKS = re.compile(
    rf"\b(?:speaks?\s+of|spoke\s+of|claims|claimed|reckons\s+with|estimates?|muster[^;.]{{0,30}}\s+has"
    rf"|reckoning[^;.]{{0,70}}\s+is)\s+{_FEW}$"
)
MANY = 100
_TIMED = re.compile(
    rf"\s*(?:\(?{_WHEN}|(?:at|in)\s+(?:its|the|their)\s+(?:\w+\s+){{0,2}}(?:height|peak|start|end|beginning"
    r"|close|time|outset|top|boom)|when\b|during\b)"
)
_NO_NOUN = re.compile(
    rf"\s*(?:$|[.,;:)(]|{_WHEN}|(?:in|by|at|on|when|during|before|after|and|but|again|left)\b)"
)
_WORD_SIZES = ("persons", "firms", "farms", "units")


def again(  # noqa: PLR0911
    amount: Amount, near: Around, told: Sequence[tuple[Amount, Verdict]], lexicon: Lexicon
) -> Verdict | None:
    """Return the metric of a bare number that counts once more what was counted before it.

    "It had 310 firms; it had 420 ten years later"; "in 2011 there were 1,150". The thing counted
    is that of the last number of people or firms in the sentence, or in the sentence before.
    """
    if amount.kind is not None or amount.number.kind == "fraction" or amount.per is not None:
        return None
    year_like = not amount.number.grouped and 1800 <= amount.value <= 2100
    if year_like or amount.value < 4 or amount.value != int(amount.value):
        return None
    if _NO_NOUN.match(near.after) is None and near.after.strip():
        return None
    if amount.value >= MANY and _SPEAKS.search(near.lead):
        said = counted(near.lead, lexicon) or counted(near.earlier, lexicon)
        if said is not None:
            metric = "firms" if said[0] == "firms" else "employment"
            return Verdict(metric, "spoken of", unit=said[0])
    series = bool(told) and told[-1][0].kind in ("count", None) and _in_series(near)
    if not (series or any(p.search(near.lead) for p in (_THERE, _HAS, _OF))):
        return None
    for one, its in reversed(told):
        if its.metric in ("firms", "employment") and one.kind in ("count", None):
            return Verdict(its.metric, "counted again", unit=_unit(its, one))
    return None if told else _before(near, lexicon)


def _in_series(near: Around) -> bool:
    """Say whether a number stands next in a list of years: "86 in 1985, 412 at the height"."""
    if _NEXT.search(near.lead) is None and _STILL.search(near.lead) is None:
        return False
    return _TIMED.match(near.after) is not None or (
        last_match(re.compile(_WHEN + rf"\s*,?\s+{_FEW}$"), near.lead) is not None
    )


def _before(near: Around, lexicon: Lexicon) -> Verdict | None:
    """Return the metric of what the text before the sentence counted last."""
    if lexicon.signs["sample"].search(near.earlier):
        return None
    for one in reversed(find_amounts(near.earlier, lexicon, ())):
        if one.unit in _WORD_SIZES:
            metric = "employment" if one.unit == "persons" else "firms"
            return Verdict(metric, "counted again", unit=one.unit.replace("units", "firms"))
        if one.unit is not None:
            return None
    return None


def _unit(verdict: Verdict, amount: Amount) -> str:
    return verdict.unit or amount.unit or ("firms" if verdict.metric == "firms" else "persons")


__all__ = ["again"]

"""What reads like a cluster's number by its words and is none: prices, funds, wholes elsewhere."""

from __future__ import annotations

import re

from pipeline.extract.facts_words import Around, Verdict
from pipeline.extract.quantities import Amount

LARGE_PAY = 100_000
"""From here on dollars, euros or pounds paid are a fund or a fine, nobody's wage."""
_HARD = frozenset({"USD", "EUR", "GBP", "CHF", "CAD", "AUD"})
_TIMES = frozenset({"per year", "per month", "per week", "per day", "per hour"})
_PIECE_AFTER = re.compile(
    r"\s+(?:each|apiece|a\s+piece"
    r"|per\s+(?:piece|pair|unit|metre|meter|kilo\w*|kg|tons?|tonnes?|litre|sack|head|item|set))\b"
)
_PIECE_BEFORE = re.compile(r"\bunit\s+(?:values?|prices?)\b[^,;.]*$")
_PIECE_COMPARED = re.compile(r"\s+(?:less|more)\s+per\s+\w+")
_FUND = re.compile(r"\s+(?:\w+\s+)?(?:in)?to\s+(?:a|the)\s+(?:\w+\s+)?(?:fund|pool|account)\b")
_OTHER_WHOLE = re.compile(
    r"\s+of\s+(?:[\w'’-]+\s+){0,5}(?:reserves|deposits|votes|seats|an\s+investment)\b"
)
_COUNTRIES = re.compile(r"[^,;.]{0,25}\s+in\s+(?:\w+\s+)?[\w-]+\s+countries\b")
_SAMPLE = re.compile(
    r"\s+in\s+the\s+(?:frame|sample|population)\b"
    r"|\s+in\s+[\w\s]{1,30}\bthat\s+were\s+(?:asked|interviewed|surveyed|visited)\b"
)
_ASKED = re.compile(
    r"\s+(?:(?:whom|which|that|who)\s+)?(?:(?:we|I|they|were|was|had)\s+)*"
    r"(?:surveyed|interviewed|questioned|sampled|visited|polled|asked)\b"
)
"""Right behind a count: who was asked, not how many there are."""
_HOUSING = re.compile(r"(?:housing|residential|dwelling|apartment)\s+units?\b")
FIRST_YEAR, LAST_YEAR = 1900, 2050
_YEARLY_LIST = re.compile(
    r"\s+(?:tables?|surveys?|census|lists?|registers?|director(?:y|ies)|reports?|data|figures|rolls?"
    r"|returns|counts?|statistics)\b"
)
_CONVERTED = re.compile(
    r"\d[^;.]{0,45}?(?:,?\s+or|,?\s+(?:equal|equivalent)\s+to|\((?:i\.e\.,?|or|that\s+is,?|equal\s+to"
    r"|equivalent\s+to|about|roughly|around|some|=|≈|~)?)\s*(?:(?:about|some|roughly|around)\s+)?$"
)
_AIDED = re.compile(r"\s+(?:stations?|systems?|software|machines?|designers?|drawings?|models?)\b")


def misread(  # noqa: PLR0911
    amount: Amount, near: Around, verdict: Verdict
) -> bool:
    """Say whether a number is none of a cluster's or country's industry after all.

    Prices of a piece are no exports, a fund is no wage, reserves no market; members of a body in
    many countries and firms of a sample are nobody's size (coding manual, "Quantities").
    """
    if amount.unit == "CAD" and _AIDED.match(near.after):
        return True
    if amount.kind == "currency" and _CONVERTED.search(near.lead):
        return True  # the same money once more: "190 soles, or USD 68"
    if amount.unit in ("persons", "firms") and not amount.number.grouped:
        dated = FIRST_YEAR <= amount.value <= LAST_YEAR and _YEARLY_LIST.match(near.after)
        if dated:
            return True
    if verdict.metric in ("exports", "output") and amount.kind == "currency":
        priced = amount.per is not None and amount.per not in _TIMES
        return bool(priced or _PIECE_AFTER.match(near.after) or _PIECE_BEFORE.search(near.before))
    if verdict.metric == "wage" and amount.kind == "currency":
        fund = amount.value >= LARGE_PAY and amount.unit in _HARD and amount.per is None
        return bool(fund or _FUND.match(near.after) or _PIECE_COMPARED.match(near.after))
    if verdict.metric in ("market_share", "investment") and amount.unit == "percent":
        return _OTHER_WHOLE.match(near.after) is not None
    if verdict.metric in ("firms", "employment"):
        if amount.kind == "count" and (_ASKED.match(near.after) or _HOUSING.search(amount.noun)):
            return True
        return bool(_COUNTRIES.match(near.after) or _SAMPLE.match(near.after))
    return False


__all__ = ["misread"]

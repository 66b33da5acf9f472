"""Which metric a number has, by its unit and the words around it."""

from __future__ import annotations

import re

from pipeline.extract.facts_bare import elliptic_metric
from pipeline.extract.facts_counts import (
    bare_metric,
    goods_metric,
    persons_metric,
    units_metric,
)
from pipeline.extract.facts_goods import goods_before, goods_counted, measure_carried
from pipeline.extract.facts_money import money_metric
from pipeline.extract.facts_shares import share_of
from pipeline.extract.facts_words import (
    Around,
    Verdict,
    last_place,
    of_wage,
)
from pipeline.extract.quantities import Amount
from pipeline.extract.quantities_lexicon import Lexicon

_CLAUSE = re.compile(
    r"[;:]|,\s+(?:and|but|while|whereas|of which|with|which|where|who|the|a)\b|\.\s|—"
)
_OF = re.compile(
    r"\s*(?:\)\s*)?(?:of|in)\s+(?!(?:1[89]|20)\d\d\b)(?P<what>(?:[^\s,;.()]+\s*){1,7})",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:by|at|of|to|averaged|averaging|was|were|reached|with)\s+(?:an?\s+)?(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_THEN_CHANGE = re.compile(
    r"\s+(?:(?:annual|yearly|average|real|net|overall|further|sharp|\w+ly)\s+){0,2}"
    r"(?P<word>increase|rise|growth|gain|expansion|drop|decline|fall|decrease|reduction|cut|loss|slump"
    r"|jump|hike|contraction)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\s+(?:(?P<less>less|lower|below|beneath|under|fewer)|(?P<more>more|higher|above|better"
    r"|over(?!\s+(?:the|th[ai]t|this|these|those|an?|\d+|\w+\s+years?)\b)))\b",
    re.IGNORECASE,
)
_YEARLY = re.compile(r"\b(?:annual|annually|yearly|per annum|a year|per year|each year)\b", re.I)
_COMPOUND = re.compile(r"\b\w+-(?:growing|raising|cut|rising)\b")
"""Vine-growing is no growth."""
_DOWN_NOUN = {
    "drop",
    "decline",
    "fall",
    "decrease",
    "reduction",
    "cut",
    "loss",
    "slump",
    "contraction",
}
_OTHER_GROWS = re.compile(
    r"^\W*(?:\w+\s+){0,2}?[Pp]rices\b|\b(?:rupee|rupiah|real|peso|dollar|euro|yuan|baht|lira|currency)\s+"
    r"(?:rose|fell|gained|lost)\b"
)
_FIRMS_EARN = re.compile(r"\b(?:firms?|company|companies|plants?|certificate)\s+earn\w*\s*$")
_PAID = re.compile(
    r"\b(?:[Cc]onsumers?|[Bb]uyers?|[Cc]ustomers?|importers?|liners?|firms?)\s+(?:\w+\s+)?pa(?:y|ys|id)\b"
)
"""What buyers pay is a price."""
_PAY_OR_PRICE = re.compile(
    r"\b(?:[Ww]ages?|[Pp]ay|[Ee]arnings|[Ss]alar\w+|[Pp]rices?|[Ii]mports?)\b"
)
_ON_THE_YEAR = re.compile(
    r"\s+(?:(?:on|over|from|against|compared\s+(?:with|to))\s+(?:the\s+)?(?:previous|preceding|prior)"
    r"\s+(?:\w+\s+)?(?:year|season|decade)\b|(?:on|over|from|against)\s+the\s+(?:year|season)\s+before"
    r"|year[\s-]on[\s-]year|on\s+(?:the\s+)?year\b)"
)
_LAND = re.compile(r"\s+(?:under\s|planted|of\s+(?:vines|vineyards?|orchards?|land)\b)")
_PER_LAND = re.compile(r"\s+(?:an?|per|the)\s")
_MAKES = re.compile(
    r"\b(?:makes?|made|produces?|produced|turn(?:s|ed)?\s+out|sews?|grows?|supplies|supplied|supply|or|for)\s+"
    r"(?:\w+\s+)?$"
)
_LOST = re.compile(r"\b(?:lost|loses)\s+(?:\w+\s+)?$")
_RATE_OF = re.compile(
    r"\b(?:incentives?|subsid(?:y|ies)|rebates?|dut(?:y|ies)|tax(?:es)?|lev(?:y|ies)|fees?|interest"
    r"|commission|discounts?|fines?|penalt(?:y|ies)|premium|tariffs?|VAT|bonus)\s+(?:rates?\s+)?"
    r"(?:(?:of|at|is|was)\s+)?(?:(?:up\s+to|about|some|only)\s+)?$",
    re.IGNORECASE,
)
"""What the state or a lender takes or gives is no share of the goods."""
_TARGET = re.compile(
    r"\b(?:target(?:ed|s)?|goal|forecasts?|projected|expected)\s+(?:\w+\s+){0,2}(?:of\s+)?$"
)
_ECONOMY_GROWS = re.compile(
    r"\b(?:economic|GDP|GNP|population|world|global)\s+growth\b|\b(?:economy|GDP|population)\s+"
    r"(?:\w+\s+)?(?:grew|has\s+grown)\b|\b(?:world|global)\s+(?:\w+\s+){1,4}(?:grew|rose|fell|declined)\b"
)
_IMPORTS_GROW = re.compile(r"\bimports?\s+(?:\w+\s+){0,6}$", re.IGNORECASE)
_AN_INCREASE = re.compile(
    r"^\W*(?:an?|the)\s+(?:\w+\s+)?(?:increase|rise|growth|gain|drop|fall|decline)\b"
)
_THEN_TO = re.compile(
    r"\b(?:declined|fell|slowed|rose|dropped|accelerated|fallen|risen|slipped)\s+to\s+(?:\w+\s+)?$"
)
_OF_GDP = re.compile(
    r"\binvestments?\b.{0,30}\b(?:percentage|share|proportion|percent|per cent)\s+of\s+"
    r"(?:the\s+)?(?:GDP|gross domestic product)\b"
)


def around(sentence: str, start: int, end: int, earlier: str = "") -> Around:
    """Return the words of the clause before `start` and behind `end`."""
    low = 0
    for match in _CLAUSE.finditer(sentence, 0, start):
        low = match.start() + 1
    after = _CLAUSE.search(sentence, end)
    return Around(
        sentence[low:start],
        sentence[end : after.start() if after else len(sentence)],
        sentence,
        sentence[max(0, start - 120) : start],
        earlier,
    )


def metric_of(  # noqa: PLR0911, PLR0912
    amount: Amount, near: Around, lexicon: Lexicon
) -> Verdict | None:
    """Return the metric of an amount, or None where it is no fact.

    The order of the rules is: change, wage, share, money, persons, firms, land, goods.
    """
    signs = lexicon.signs
    if amount.kind in ("time", "rank", "length", "energy", "power"):
        return Verdict("other", "other unit") if amount.kind == "energy" else None
    if amount.unit in {"percent", "percentage_points"}:
        return _share(amount, near, lexicon)
    if amount.kind == "currency":
        return money_metric(amount, near, lexicon)
    if amount.unit == "persons":
        return persons_metric(amount, near, lexicon)
    if amount.unit in ("firms", "farms"):
        if amount.value <= 3:
            return None
        return Verdict("firms", "counted firms")
    if amount.unit == "units":
        return units_metric(amount, near, lexicon)
    if amount.kind == "area":
        if _PER_LAND.match(near.sentence[amount.core[1] : amount.end + 1]):
            return Verdict("other", "price of land")
        if _LAND.match(near.after):
            return Verdict("area", "land planted")
        if signs["output"].search(near.before[-30:]) and not signs["founded"].search(near.before):
            return Verdict("output", "area made")
        return Verdict("area", "land")
    if amount.kind in ("mass", "volume") or amount.unit in ("pieces", "pairs", "bales", "dozens"):
        if amount.per in ("per ha", "per person"):
            return Verdict("other", "yield")
        verdict = goods_metric(amount, near, lexicon)
        return goods_before(near, lexicon) if verdict.rule == "goods" else verdict
    if amount.kind == "count":
        return Verdict("other", "counted things")
    if amount.unit is None:
        return (
            goods_counted(amount, near, lexicon)
            or measure_carried(amount, near, lexicon)
            or bare_metric(amount, near, lexicon)
            or elliptic_metric(amount, near, lexicon)
        )
    return None


def _change(amount: Amount, near: Around, lexicon: Lexicon) -> int:
    """Return +1 or -1 where the share is a rise or a fall, else 0."""
    then = _THEN_CHANGE.match(near.after)
    if then:
        return -1 if then.group("word").casefold() in _DOWN_NOUN else 1
    signs = lexicon.signs
    before = _COMPOUND.sub("", near.before[-70:])
    up, down = last_place(signs["up"], before), last_place(signs["down"], before)
    if max(up, down) < 0 or amount.change_from is not None:
        return 0
    tail = before[max(up, down) :]
    if re.search(r"\bto\s+(?:\w+\s+){0,2}$", tail) and not re.search(r"\bby\b", tail):
        return 0
    if len(tail) > 55 or not (_BY.search(tail) or len(tail.split()) <= 3):
        return 0
    return -1 if down > up else 1


def _share(  # noqa: PLR0911, PLR0912
    amount: Amount, near: Around, lexicon: Lexicon
) -> Verdict | None:
    signs = lexicon.signs
    of = _OF.match(near.after)
    what = of.group("what") if of else ""
    if amount.number.noun:
        what = amount.number.noun  # "four frames out of five"
    if not what and amount.number.kind == "fraction" and near.after[:1] == " ":
        what = near.after[1:40]  # "every fifth industrial job"
    sign = _change(amount, near, lexicon)
    if _RATE_OF.search(near.before[-50:]):
        return Verdict("other", "rate of a tax, a loan or a grant", sign or 1)
    if _OF_GDP.search(near.lead):
        return Verdict("investment", "investment as a share of GDP")
    if signs["sample"].search(near.sentence) and not sign:
        return Verdict("other", "share of a sample")
    growing = (
        amount.change_from is not None
        and re.search(r"\bgrowth(?:\s+rates?)?\b", near.before, re.IGNORECASE)
    ) or (not sign and _THEN_TO.search(near.before) and re.search(r"\bgrowth\b", near.lead))
    if _ON_THE_YEAR.match(near.after) and not _PAY_OR_PRICE.search(near.before[-60:]):
        down = sign < 0 or signs["down"].search(near.before[-40:])
        return Verdict("growth", "change on the year before", -1 if down else 1, rate=True)
    if sign or growing:
        if _TARGET.search(near.before[-40:]) or _IMPORTS_GROW.search(near.before[-60:]):
            return Verdict("other", "target, or imports", sign or 1)
        if _ECONOMY_GROWS.search(near.before[-60:]):
            return Verdict("other", "growth of the whole economy", sign or 1)
        if _OTHER_GROWS.search(near.before):
            return Verdict("other", "change of prices or of money", sign or 1)
        if what and _LOST.search(near.before):
            return share_of(what, near, lexicon)
        said = _PAID.sub(" ", near.before[-80:] + near.after[:40])
        if of_wage(said, lexicon):
            return Verdict("wage", "change of pay", sign or 1)
        if (
            growing
            or signs["grows"].search(near.before[-110:] + " " + near.after[:60])
            or re.search(r"\b(?:grew|grown|growing|expanding|shrinking)\b", near.before[-40:])
            or (_AN_INCREASE.match(near.before) and signs["grows"].search(near.lead))
        ):
            share = re.search(r"\bshare\b", near.before[-60:])
            whole = signs["macro"].search(near.before[-90:] + near.after[:40])
            own = signs["industry"].search(near.before[-90:] + near.after[:60])
            if not share and (own or not whole):
                yearly = _YEARLY.search(near.before[-45:] + " | " + near.after[:25])
                return Verdict(
                    "growth", "change in percent", sign or 1, rate=True,
                    unit="percent_per_year" if yearly and amount.unit == "percent" else "",
                )  # fmt: skip
        return Verdict("other", "other change", sign or 1)
    compared = _COMPARED.match(near.after)
    if re.search(
        r"\b(?:firms?|companies|compan(?:y|ies)|plants?|cert\w+)\s+earn\w*\s*$", near.before
    ):
        return Verdict("other", "what firms earn")
    if _LOST.search(near.before) and not what and of_wage(near.before[-70:], lexicon):
        return Verdict("wage", "pay lost", -1)
    if of_wage(_PAID.sub(" ", near.before[-60:] + near.after[:60]), lexicon) and (
        compared or re.search(r"\b(?:higher|lower|more|less|above|below)\b", near.after[:30])
    ):
        less = compared is not None and compared.group("less") is not None
        return Verdict("wage", "pay compared", -1 if less else 1)
    if compared:
        return Verdict("other", "compared")
    if amount.per is not None and signs["grows"].search(near.before + near.after):
        if re.search(r"\b(?:growth|grew|grow|growing|rate)\b", near.before + near.after[:40], re.I):
            return Verdict("growth", "yearly rate", 1, rate=True)
        return Verdict("other", "rate")
    return share_of(what, near, lexicon)

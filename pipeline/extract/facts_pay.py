"""Whether money is pay: by the words for it, its time and who gets it; and what only looks so."""

from __future__ import annotations

import re

from pipeline.extract.facts_words import Around, Verdict, of_wage
from pipeline.extract.quantities import Amount
from pipeline.extract.quantities_lexicon import Lexicon

_LABOUR_COST = re.compile(
    r"\b(?:hourly|daily|weekly|monthly|labou?r|wage)\s+costs?\b", re.IGNORECASE
)
_GETS = re.compile(
    r"\b(?:gets?|got|getting|makes?|made|making|clears?|cleared|draws?|drew|receives?|received|gains?"
    r"|gained|gaining|tak(?:es?|ing)\s+home|took\s+home|pockets?|pocketed|brings?\s+home"
    r"|brought\s+home|averaged|earn(?:s|ed|ing)?)\s*,?\s+(?:[^\W\d]+,?\s+){0,3}$"
)
"""What someone gets an hour, a day or a month is pay."""
_WORKER_GETS = re.compile(
    r"\b[a-z]+(?:er|or|man|woman|hand|ress)(?:['’]s|s['’])\s+(?:\w+\s+){0,2}(?:earnings|incomes?|pay)\b"
)
_BY_TIME = r"(?:an?|per)\s+(?:hour|day|week|month|year)|hourly|daily|weekly|monthly|yearly"
_TIME = re.compile(rf"\b(?:{_BY_TIME})\b")
_BESIDE = re.compile(
    rf"\b(?:{_BY_TIME})\b[^;.]{{0,40}}(?:\band|\b(?:as\s+)?against|\bbut|\bthen|\bcompared\s+(?:with|to)|\bto)"
    r"\s+(?:[^\W\d]+\s+){0,3}$"
)
"""The time is said of the first sum only: "600 a week in 2009, and 800 three years on"."""
_MEAN = re.compile(r"\b(?:mean|average|median|going\s+rate|figure)\s+(?:\w+\s+){0,2}$")
_DUES = re.compile(
    r"\b(?:rents?|fees?|quotas?|dues|fines?|subscriptions?|deposits?|allowances?)\s+"
    r"(?:(?:of|at|is|was|to|for)\s+)?(?:\w+\s+)?$"
)
"""Paid, but by the worker or the firm, or on top of the wage."""
_BY_LAW = re.compile(
    r"\b(?:minimum\s+wage|legal\s+minimum|statutory\s+(?:minimum|floor)(?:\s+wage)?)\s+(?:of|was|is|stood\s+at)\s+"
    r"(?:\w+\s+)?$"
)
_GRANT = re.compile(
    r"\b(?:scheme|program(?:me)?|grant|subsidy|fund)\s+(?:\w+\s+){0,2}pa(?:y|ys|id)\s+(?:\w+\s+)?$"
)
_PER_GOODS = ("per kg", "per tonne", "per ha")
_PER_GOODS_AFTER = re.compile(
    r"(?:\s+(?:to|or|and)\s+[\d.,]+)?\s+(?:an?|per|the)\s+(?:square|cubic|kilo\w*|kg|tonne|ton|quintal|sack"
    r"|bag|box|crate|litre|acre|hectare)\b"
)
_DIFFERENCE = re.compile(r"\s+(?:more|less|above|below|beneath|under|over|higher|lower)\b(?!\s+\d)")
_PAID_TO = re.compile(
    r"\s+to\s+(?:(?:the|a|its|their)\s+)?(?:consultants?|auditors?|state|government|treasury|farmers"
    r"|lawyers?|brokers?|agents?|bank|banks|villages?|commune)\b"
)


def pay_metric(  # noqa: PLR0911
    amount: Amount, near: Around, lexicon: Lexicon
) -> Verdict | None:
    """Return the verdict on money that is pay or only reads like it, None where neither."""
    if amount.number.value >= 10**7:
        return None
    signs = lexicon.signs
    short = amount.per in ("per hour", "per day", "per week", "per month", "per piece")
    paid = of_wage(near.before[-80:] + " " + near.after[:60], lexicon)
    paid = paid or _WORKER_GETS.search(near.before) is not None
    if (short or paid) and _no_pay(amount, near):
        return Verdict("other", "no pay")
    if paid:
        labour = _LABOUR_COST.search(near.before[-40:])
        if labour or not signs["no_output"].search(near.before[-30:]) or short:
            return Verdict("wage", "pay")
    if short and amount.number.value < 10**6 and signs["employment"].search(near.sentence):
        return Verdict("wage", "pay by time")
    if short and _GETS.search(near.before):
        return Verdict("wage", "what someone gets")
    if short and _MEAN.search(near.before) and _TIME.search(near.earlier):
        return Verdict("wage", "mean pay")
    told = near.lead
    if _BESIDE.search(told) and (of_wage(told, lexicon) or _got_before(told)):
        return Verdict("wage", "pay beside pay")
    return None


def _got_before(told: str) -> bool:
    """Say whether someone gets one of the sums of a text."""
    for number in re.finditer(r"\d[\d,.]*", told):
        before = re.sub(r"(?:[A-Z]{1,3}\w{0,2}\.?|[^\w\s])\s*$", "", told[: number.start()])
        if _GETS.search(before):
            return True
    return False


def _no_pay(amount: Amount, near: Around) -> bool:
    """Say whether money paid is a due, a grant, a price, a difference or set by law."""
    if _DUES.search(near.before) or _BY_LAW.search(near.before) or _GRANT.search(near.before):
        return True
    if amount.per in _PER_GOODS or _PER_GOODS_AFTER.match(near.after):
        return True
    return bool(_DIFFERENCE.match(near.after) or _PAID_TO.match(near.after))


__all__ = ["pay_metric"]

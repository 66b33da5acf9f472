"""Which metric an amount of money has: pay, exports, output, investment, or none."""

from __future__ import annotations

import re

from pipeline.extract.facts_words import Around, Verdict, first_place, last_place, of_wage
from pipeline.extract.quantities import Amount
from pipeline.extract.quantities_lexicon import Lexicon

_LABOUR_COST = re.compile(
    r"\b(?:hourly|daily|weekly|monthly|labou?r|wage)\s+costs?\b", re.IGNORECASE
)
_GETS = re.compile(
    r"\b(?:gets?|got|getting|makes?|made|making|clears?|cleared|draws?|drew|receives?|received|gains?"
    r"|gained|gaining|tak(?:es?|ing)\s+home|took\s+home|pockets?|pocketed|brings?\s+home"
    r"|brought\s+home|averaged|collects?|collected)\s+(?:\w+\s+){0,2}$"
)
"""What someone gets an hour, a day or a month is pay."""
_PRICED = re.compile(
    r"\b(?:sells?|sold|retails?|retailed|fetch(?:es|ed)?|costs?|priced|go(?:es)?|bought|listed"
    r"|leaves?|left)\s+(?:\w+\s+){0,2}?(?:at|for)\s+(?:\w+\s+)?$|\bfetch(?:es|ed)?\s+$"
)
_PRICE = 10**5
"""Below this, what something sells at is its price."""
_BUILT = re.compile(
    r"\b(?:built|build|constructed|erected|laid\s+out|approved|financed|completed)\b[^;]{0,80}"
    r"\b(?:for|at\s+a\s+cost\s+of|at\s+an?\s+(?:\w+\s+)?cost\s+of)\s+$"
)
_PUT_IN = re.compile(
    r"\b(?:put|poured|sank|sunk|ploughed|plowed|injected|pumped|channelled)\s+(?:(?!at\b)\w+\s+)?$"
)
_INTO = re.compile(r"\s+(?:of\s+\w+\s+)?(?:into\b|in\s+(?!the\s+(?:year|same)|fiscal|\d))")
_PRONOUN = re.compile(
    r"^\W*(?:[^;.\d]{0,40},\s+)?(?:[Tt]hey|[Ii]t|[Tt]his|[Tt]hese|[Tt]hat|[Tt]he\s+(?:figure|total|sum|value))"
    r"\s"
)
_RECEIPTS = re.compile(r"\b(?:receipts|earnings|proceeds)\b")
_READY_MADE = re.compile(r"\b(?:ready|hand|home|man|tailor|custom|machine)-?made\b", re.IGNORECASE)
_NO_MACRO = re.compile(r"\bexchange\s+rates?\b|\b(?:prices?|interest)\b(?!\s+(?:rose|fell))")


def money_metric(  # noqa: PLR0911
    amount: Amount, near: Around, lexicon: Lexicon
) -> Verdict | None:
    """Return the metric of an amount of money."""
    signs = lexicon.signs
    close = near.before[-80:] + " " + near.after[:60]
    if amount.per == "per person" and not of_wage(near.before[-60:], lexicon):
        return Verdict("other", "money per head")
    short = amount.per in ("per hour", "per day", "per week", "per month", "per piece")
    if re.match(r"\s+(?:for|per)\s+each\s+job\b", near.after):
        return Verdict("other", "money per job")
    if of_wage(close, lexicon) and amount.number.value < 10**7:
        labour = _LABOUR_COST.search(near.before[-40:])
        if labour or not signs["no_output"].search(near.before[-30:]) or short:
            return Verdict("wage", "pay")
    if short and amount.number.value < 10**6 and signs["employment"].search(near.sentence):
        return Verdict("wage", "pay by time")
    if short and amount.number.value < 10**7 and _GETS.search(near.before):
        return Verdict("wage", "what someone gets")
    if _PRICED.search(near.before) and amount.number.value < _PRICE:
        return Verdict("other", "price")
    built = amount.number.value >= _PRICE and _BUILT.search(near.before)
    if built or (_PUT_IN.search(near.before) and _INTO.match(near.after)):
        return Verdict("investment", "money put in")
    if signs["macro"].search(_NO_MACRO.sub(" ", close)) and not signs["industry"].search(close):
        return Verdict("other", "money of the whole economy")
    made = _READY_MADE.sub(lambda match: " " * len(match.group()), near.before)
    places = {
        "exports": max(last_place(signs["exports"], near.before), -1),
        "investment": last_place(signs["investment"], near.before),
        "output": last_place(signs["output"], made),
        "no": last_place(signs["no_output"], near.before),
        "imports": last_place(signs["imports"], near.before),
    }
    best = max(places, key=lambda name: places[name])
    behind = {
        "exports": first_place(signs["exports"], near.after[:50]),
        "investment": first_place(signs["investment"], near.after[:50]),
        "output": first_place(signs["output"], near.after[:40]),
        "no": first_place(signs["no_output"], near.after[:40]),
        "imports": first_place(signs["imports"], near.after[:40]),
    }
    next_best = min(behind, key=lambda name: behind[name])
    if places[best] < 0 or (behind[next_best] <= 25 and len(near.before) - places[best] > 35):
        best = next_best if behind[next_best] < 10**6 else ""
    if best in ("exports", "investment", "output"):
        if (
            best == "output"
            and places["exports"] >= 0
            and len(near.before) - places["exports"] < 45
        ):
            best = "exports"
        return Verdict(best, f"money of {best}")
    return _money_before(near, lexicon)


def _money_before(near: Around, lexicon: Lexicon) -> Verdict:
    """Return what money is by the words before its clause: "Exports, …, rose to 9 million"."""
    signs = lexicon.signs
    if _RECEIPTS.search(near.before) and signs["exports"].search(near.earlier + near.sentence):
        return Verdict("exports", "receipts of exports")
    texts = [near.lead] + ([near.earlier] if _PRONOUN.search(near.sentence) else [])
    for text in texts:
        said = _READY_MADE.sub(" ", text)
        places = {
            name: last_place(signs[name], said)
            for name in ("exports", "investment", "output", "no_output", "imports")
        }
        best = max(places, key=lambda name: places[name])
        if places[best] < 0:
            continue
        if best == "output" and places["exports"] >= 0:
            best = "exports"
        if best in ("exports", "investment", "output"):
            return Verdict(best, f"money of {best}, told before")
        break
    return Verdict("other", "money")

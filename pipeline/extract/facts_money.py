"""Which metric an amount of money has: pay, exports, output, investment, or none."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.facts_pay import pay_metric
from pipeline.extract.facts_words import Around, Verdict, first_place, last_place, of_wage
from pipeline.extract.quantities import Amount
from pipeline.extract.quantities_lexicon import Lexicon

_PRICED = re.compile(
    r"\b(?:sells?|sold|retails?|retailed|fetch(?:es|ed)?|costs?|priced|go(?:es)?|bought|listed"
    r"|leaves?|left)\s+(?:\w+\s+){0,4}?(?:at|for)\s+(?:\w+\s+)?$|\bfetch(?:es|ed)?\s+$"
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
_AND_TO = re.compile(r"\b(?:and|then|but|or)\s+(?:\w+\s+)?(?:to|at|of)\s+$")
_RECEIPTS = re.compile(r"\b(?:receipts|earnings|proceeds)\b")
_READY_MADE = re.compile(
    r"\b(?:ready|hand|home|man|tailor|custom|machine)-?made\b|\b(?:crop|harvest)\s+(?:year|season)s?\b",
    re.IGNORECASE,
)
_EARNED_FOR = re.compile(
    r"\b(?:earn(?:s|ed|ing)?|br(?:ought|ings?)\s+in(?:to)?)\s+(?:for\s+)?"
    r"(?:the\s+(?:country|nation|island|kingdom|republic)|[A-Z][a-z]+(?:\s+[A-Z][a-z]+)?)\s+"
    r"(?:(?:some|about|nearly|almost|over)\s+)?$"
)
"""What a trade earns a country is what it sells abroad."""
_SOLD = re.compile(r"\b(?:[Ss]old|[Ss]ells?|[Ss]elling|[Ss]ent|[Ss]hipped)\s+(?:\w+\s+){0,3}$")
_ABROAD = re.compile(
    r"\s+(?:worth\s+)?(?:of\s+(?:\w+\s+){1,4})?(?:abroad|overseas|(?:outside|beyond)\s+the\s+country"
    r"|to\s+foreign)\b"
)
_SPENT = re.compile(r"\b[Ss]p(?:ent|ends?|ending)\b[^;.]{0,70}$")
_SPENT_ON = re.compile(r"\bspent\s+(?:[^\W\d]+\s+){0,2}$")
_CAPITAL = re.compile(
    r"\b(?:land|cellars?|hotels?|lines|robots?|machine\w*|equipment|kilns?|plants?|buildings?|looms?"
    r"|lathes?|presses|furnaces?|factor(?:y|ies)|sheds|capacity|expansion|moderni[sz]\w+|vineyards?"
    r"|planting|orchards?)\b"
)
"""What money is spent on that stays: land, buildings, machines."""
_MADE_IT = re.compile(r"\byield(?:s|ed)?(?=\s+(?:\w+\s+){0,2}$)")
"""Exports "yielded" a sum: no harvest."""
_SHIPPED_YEN = re.compile(r"\b[Ss]hipments?\b(?!\s+(?:abroad|overseas|to))")
_EXPORTED = re.compile(r"\b(?:[Ee]xport\w*|abroad|overseas|foreign|[Ss]hipments?\s+to)\b")
"""Japan's census of manufactures counts output as shipments; elsewhere they go abroad."""
_NO_MACRO = re.compile(r"\bexchange\s+rates?\b|\b(?:prices?|interest)\b(?!\s+(?:rose|fell))")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def money_metric(  # noqa: PLR0911
    amount: Amount, near: Around, lexicon: Lexicon
) -> Verdict | None:
    """Return the metric of an amount of money."""
    signs = lexicon.signs
    close = near.before[-80:] + " " + near.after[:60]
    sold = _sold_or_spent(amount, near)
    if sold is not None:
        return sold
    if amount.per == "per person" and not of_wage(near.before[-60:], lexicon):
        return Verdict("other", "money per head")
    if re.match(r"\s+(?:for|per)\s+each\s+job\b", near.after):
        return Verdict("other", "money per job")
    paid = pay_metric(amount, near, lexicon)
    if paid is not None:
        return paid
    if _PRICED.search(near.before) and amount.number.value < _PRICE:
        return Verdict("other", "price")
    built = amount.number.value >= _PRICE and _BUILT.search(near.before)
    if built or (_PUT_IN.search(near.before) and _INTO.match(near.after)):
        return Verdict("investment", "money put in")
    if signs["macro"].search(_NO_MACRO.sub(" ", close)) and not signs["industry"].search(close):
        return Verdict("other", "money of the whole economy")
    made = _READY_MADE.sub(_blank, near.before)
    said = last_place(signs["exports"], near.before)
    if said >= 0:  # "foreign sales" are no sales, and they "yield" no harvest
        made = _MADE_IT.sub(_blank, signs["exports"].sub(_blank, made))
    places = {
        "exports": said,
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
        yen = amount.unit in ("JPY", "?¥") and _SHIPPED_YEN.search(near.lead)
        if best == "exports" and yen and not _EXPORTED.search(near.sentence):
            best = "output"
        return Verdict(best, f"money of {best}")
    return _money_before(near, lexicon)


def _sold_or_spent(amount: Amount, near: Around) -> Verdict | None:
    """Return the metric of a large sum that is plainly sold abroad or spent on what stays."""
    if amount.number.value < _PRICE:
        return None
    sold = _SOLD.search(near.before) and _ABROAD.match(near.after)
    if sold or _EARNED_FOR.search(near.before):
        return Verdict("exports", "sold abroad")
    if _SPENT.search(near.before) and _CAPITAL.search(near.before[-70:] + near.after[:50]):
        return Verdict("investment", "money spent on plant")
    if _SPENT_ON.search(near.before):
        return Verdict("other", "money spent")
    return None


def _money_before(near: Around, lexicon: Lexicon) -> Verdict:
    """Return what money is by the words before its clause: "Exports, …, rose to 9 million"."""
    signs = lexicon.signs
    if _RECEIPTS.search(near.before) and signs["exports"].search(near.earlier + near.sentence):
        return Verdict("exports", "receipts of exports")
    at = near.sentence.find(near.lead)
    if _AND_TO.search(near.lead) and at > 0:  # one of a list that began far before
        near = replace(near, lead=near.sentence[: at + len(near.lead)])
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

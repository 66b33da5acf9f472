"""Which metric an amount of people, goods or a bare number has."""

from __future__ import annotations

import re

from pipeline.extract.facts_words import (
    Around,
    Verdict,
    last_match,
    last_place,
)
from pipeline.extract.quantities import Amount
from pipeline.extract.quantities_lexicon import Lexicon

_REACHES = re.compile(
    r"(?:\b(?:at|to|was|were|is|are|of|reached|reaching|totalled|totaled|numbered|exceeded|exceeds|and|from|than|or"
    r"|some|about|over|around|employs?|employed|employing|work to|nearly|only)|[,(:])\s*$",
    re.IGNORECASE,
)
WITH_FIRMS = re.compile(
    r"\b(?:\d[\d,. ]*|(?:\w+(?:ty|teen)|eleven|twelve|ten)(?:-\w+)?)\s+(?:[\w-]+\s+){0,3}?(?:firms"
    r"|companies|enterprises|workshops|units|factories|members|tanneries|mills|plants|makers|producers"
    r"|establishments|businesses|suppliers|manufacturers)"
    r"(?:\s+(?:and|with|employing)|,(?:\s+(?:and|with|employing))?)\s+(?:(?:about|some|around|nearly)\s+)?$"
)
"""A number of people right behind a number of firms is that of the firms' people."""
_HIRES = re.compile(
    r"\b(?:employ(?:s|ed|ing)?|occup(?:y|ies|ied)|(?:employment|work|jobs|bread|a\s+living|livelihoods?)"
    r"\s+(?:to|for)|supports?|supported|sustains?|sustained|feeds?)\s+(?:\w+\s+){0,2}$"
)
_WORKS = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:(?:made|make|weave|wove|sew|sewed|stitch(?:ed)?|process(?:ed)?|produced?|work(?:ed|ing)?"
    r"|toil(?:ed)?|labour(?:ed)?)\b|(?:find|found|have|had)\s+(?:\w+\s+){0,4}?(?:work|employment|jobs)\b"
    r"|(?:earn(?:ed)?|live[ds]?)\s+(?:their\s+living\s+)?(?:by|from|off)\b|on\s+(?:its|their|the)\s+payrolls?\b"
    r"|at\s+work\b)"
)
"""Behind people: what they do there is work."""
_BESIDE_THEM = r"(?:\s*,[^,;.]{3,60},)?"
_BUSY = re.compile(
    rf"{_BESIDE_THEM}\s+(?:(?:were|are|was|is)\s+(?:\w+\s+)?(?:said\s+to\s+be\s+|reckoned\s+to\s+be\s+"
    r"|estimated\s+to\s+be\s+|then\s+|still\s+|now\s+)?"
    r"(?!(?:living|dying|striking|protesting|marching|waiting|visiting|attending|training|leaving|going"
    r"|demanding|suffering|being|having|lacking|needing|seeking|during|looking|morning|evening|missing"
    r"|willing|coming|sleeping|starving|learning|studying)\b)[a-z]+ing\b"
    r"|(?:draws?|drew|earn(?:s|ed)?|gets?|got|made|make)\s+(?:\w+\s+){0,3}(?:income|living|bread|livelihood)s?\b"
    r"|(?:cut|stitch|sew|weave|spin|cast|carve|knit|dye|tan|mould|polish|forge|assemble|pick|pack)\b"
    r"|in\s+(?:the|this|its|their)\s+(?:\w+\s+)?(?:trades?|crafts?|industry|branch|sector|business"
    r"|workshops|factories|mills|works|sheds|plants)\b"
    r"|on\s+(?:its|their|the)\s+(?:books|rolls?)\b)"
)
"""Behind people, over an aside: a work that they are at, or the trade that they are in."""
_NEEDS = re.compile(
    r"\b(?:hires?|hired|hiring|kept|keeps|require[sd]?|requiring|needs?|needed|puts?\s+to\s+work)\s+(?:\w+\s+){0,2}$"
)
_NOT_WORKERS = (["children"], ["students"], ["trainees"], ["residents"], ["inhabitants"])
_AT_WORK = (["workers"], ["employees"], ["jobs"], ["operatives"], ["labourers"], ["artisans"])
_NUMBER_OF = re.compile(
    r"\bnumbers?\s+of\s+(?P<what>(?:[\w'’-]+\s+){1,5})|\b(?:employment|payrolls?|head\s?count|workforce|work force|labou?r force|jobs)\b"  # noqa: E501
    r"|\b(?:persons|people|workers)\s+(?:engaged|employed)\b"
    r"|\bemploy(?:s|ed|ing)?\b|\b(?:gives?|gave) (?:employment|work) to\b",
    re.IGNORECASE,
)


_HELPED = re.compile(
    r"\b(?:work(?:s|ed|ing)?\s+with|for|among|help\w*|reach\w*|assist\w*|aid\w*)\s+(?:\w+\s+){0,2}$"
)
"""People that a project works with are nobody's workforce."""
_NAMED_COUNT = re.compile(
    r"(?:\b(?:cluster|district|hub|belt|zone|industry|sector|branch|enclave|trade)\b[^;.\d]{0,40}?\bat\s+(?:\w+\s+){0,2}"
    r"(?:between\s+)?|\b(?:firms|workshops|yards|mills|plants|factories|units|shops)\s+and\s+(?:\w+\s+){0,2})$"
)
"""People that a cluster is put at, or that stand beside firms, are those at work."""


def _busy(amount: Amount, near: Around, lexicon: Lexicon) -> bool:
    """Say whether what follows people, beyond the clause, is the work that they do."""
    if _HELPED.search(near.before):
        return False
    at = near.sentence.find(near.lead) + len(near.lead) if near.lead else 0
    behind = near.sentence[at + amount.end - amount.start : at + 140 + amount.end - amount.start]
    trade = re.match(r"\s+in\s+(?:the\s+)?(?P<what>[a-z]\w+)\b", behind)
    if trade and lexicon.signs["industry"].fullmatch(trade["what"]):
        return True
    return _BUSY.match(behind) is not None


_NUMBERING = re.compile(r"\bnumber(?:s|ed|ing)?\s+(?:\w+\s+){0,2}$")


def persons_metric(  # noqa: PLR0911
    amount: Amount, near: Around, lexicon: Lexicon
) -> Verdict | None:
    """Return the metric of a number of people."""
    signs = lexicon.signs
    close = near.before[-60:] + " " + near.after[:28]
    if signs["sample"].search(near.sentence):
        return None
    beside = WITH_FIRMS.search(near.lead) is not None and not signs["not_employed"].search(
        amount.noun + " " + near.after[:28]
    )
    young = amount.noun.casefold().split()[-1:] in _NOT_WORKERS
    hired = (
        _HIRES.search(near.before)
        or _NEEDS.search(near.before)
        or (not young and (_WORKS.match(near.after) or _busy(amount, near, lexicon)))
    )
    noun_alone = amount.noun.casefold().split()[-1:] in _AT_WORK
    close_by = near.before[-14:] + " " + near.after[:28] if noun_alone else close
    away = signs["not_employed"].search(amount.noun + " " + close_by)
    if not beside and not hired and away:
        return Verdict("other", "persons not at work")
    noun = amount.noun.split()[-1].casefold() if amount.noun else ""
    people = noun in (
        "people", "persons", "person", "women", "men", "residents", "inhabitants", "families",
        "migrants", "girls", "students", "trainees", "children", "farmers",
    )  # fmt: skip
    if hired and people:
        return Verdict("employment", "persons at work")
    at_large = noun in ("persons", "men") and not away and _NAMED_COUNT.search(near.before)
    if at_large:
        return Verdict("employment", "persons of a cluster")
    if people and not (signs["employment"].search(close) or WITH_FIRMS.search(near.lead)):
        return Verdict("other", "persons")
    if re.search(
        r"\b(?:lost|loss of|losing|shed|shedding|cost)\s+(?:\w+\s+){0,2}$", near.before
    ) or (re.match(r"\s*(?:were|was|had been|have been)\s+(?:lost|shed|destroyed)", near.after)):
        return Verdict("employment", "jobs lost", -1)
    return Verdict("employment", "counted workers")


def units_metric(amount: Amount, near: Around, lexicon: Lexicon) -> Verdict | None:
    """Return the metric of "units": firms, or goods made."""
    noun = amount.noun.casefold()
    if noun.endswith(("units", "unit")):
        if amount.number.value >= 10**5 or lexicon.signs["output"].search(near.before[-30:]):
            return Verdict("output", "units made")
        if amount.value <= 3:
            return None
        return Verdict("firms", "counted units", unit="firms")
    return goods_metric(amount, near, lexicon)


def goods_metric(amount: Amount, near: Around, lexicon: Lexicon) -> Verdict:  # noqa: PLR0911
    """Return the metric of a quantity of goods: sold abroad, made, or neither."""
    signs = lexicon.signs
    close = near.before[-70:]
    exported, made = last_place(signs["exports"], close), last_place(signs["output"], close)
    behind = near.after[:80]
    if exported >= 0 and exported >= made - 25:
        return Verdict("exports", "goods sold abroad")
    if signs["no_output"].search(close) and made < 0:
        return Verdict("other", "goods")
    if made >= 0:
        return Verdict("output", "goods made")
    if signs["exports"].search(behind):
        return Verdict("exports", "goods sold abroad")
    if signs["output"].search(behind):
        return Verdict("output", "goods made")
    if amount.per in ("per year", "per day", "per week", "per month"):
        return Verdict("output", "goods a year")
    return Verdict("other", "goods")


def bare_metric(amount: Amount, near: Around, lexicon: Lexicon) -> Verdict | None:  # noqa: PLR0911
    """A number without a unit: "the number of firms rose to 1,200", "employs 4,500"."""
    signs = lexicon.signs
    if re.match(r"\s+(?:were|was|are|is)\s+(?:exported|shipped|sold abroad)", near.after):
        return Verdict("exports", "bare number exported", unit="units")
    if _NUMBERING.search(near.before):
        firms = last_place(signs["share_of_firms"], near.lead)
        people = last_place(signs["share_of_work"], near.lead)
        if max(firms, people) >= 0 and not signs["sample"].search(near.sentence):
            if firms > people:
                return Verdict("firms", "firms numbering", unit="firms")
            return Verdict("employment", "workers numbering", unit="persons")
    if amount.change_from is None and not _REACHES.search(near.before):
        return None
    match = last_match(_NUMBER_OF, near.before)
    if match is None:
        return None
    what = match.group("what") or match.group()
    if signs["sample"].search(near.sentence):
        return None
    if signs["share_of_firms"].search(what) and not re.match(r"employ", match.group(), re.I):
        return Verdict("firms", "number of firms", unit="firms")
    works = signs["share_of_work"].search(what) or not match.group("what")
    if works and amount.number.value >= 20:
        return Verdict("employment", "number of workers", unit="persons")
    return None

"""What looks like a cluster's size and is none: samples, size classes, ratios, single events."""

from __future__ import annotations

import re

from pipeline.extract.facts_counts import WITH_FIRMS
from pipeline.extract.facts_subject import Subject
from pipeline.extract.facts_words import Around, Verdict
from pipeline.extract.quantities import Amount
from pipeline.extract.quantities_lexicon import Lexicon
from pipeline.records import Assertion

FEW_FIRMS = 20
"""Below this a number of firms said of no place in its sentence is an event, not a size."""
FEW_PERSONS = 60
"""Below this a number of workers is that of a firm or of a size class."""
LOOSE = 1000
"""Below this a count carried over from elsewhere in the paper is not a country's industry."""
PLOT = 250
"""Below this, square metres or hectares of "a stall", "each plot", are none of a cluster."""
_PLOT = re.compile(
    r"\b(?:[Aa]|[Ee]ach|[Ee]very|[Pp]er|[Oo]ne|parcels|plots|stalls|holdings?|less than|under"
    r"|average|subsists?"
    r"|typical)\b[^,;.]{0,40}$"
)
_SITE = re.compile(
    r"\b(?:sites?|zones?|area|estate|park|belt|complex|district|commune|region|territory|tract)\s+of\s+$"
)
"""A site of so many hectares is no stall."""
_NAMED_HERE = ("cluster in the sentence", "country in the sentence")
_OF_PLACE = ("country before", "cluster behind", "cluster spoken of", "passage before")
_SMALL_RULES = ("country", "passage before", "cluster of the paper", "cluster behind")
_STUDIED = re.compile(
    r"\b(?:[Ww]e|I)\s+(?:\w+\s+){0,2}(?:surveyed|drew|visited|sampled|interviewed|reached|chose"
    r"|selected|studied|compared|followed|follow|contacted|matched)\b"
    r"|\bour\s+(?:survey|sample|data|interviews)\b"
    r"|\b(?:[Bb]y\s+)?[Cc]omparing\s+(?:\w+\s+){0,2}$|\bpanel\s+of\s+(?:\w+\s+){0,2}$"
    r"|\b[Dd]ata\s+(?:for|from|on)\s+(?:\w+\s+){0,1}$"
    r"|\b(?:questionnaires?|case study|case studies|pay records|participating|matched by"
    r"|response rate|sampled?|respondents?|participants?|interviewed|interviews?|in[- ]depth)\b"
    r"|\bsurvey\s+(?:of\s+)?(?:\w+\s+){0,2}$|\bsurveyed\s+(?:\w+\s+){0,2}$|\bvisited\s+(?:\w+\s+){0,1}$"
    r"|\b(?:measured|observed)\s+in\s+$"
)
_DEED_BEFORE = re.compile(
    r"\b(?:closed|shut|fined|visited|inspected|sued|brought|taken|took|takes|certified|trained|helped|sanctioned|raided|among|"
    r"stoppages in|strikes? in|vanished from|exists? in|effluent of|association of|club of|"
    r"groups? of|each of|one of|two of|none of|most of|half of)\s+(?:the\s+|some\s+|about\s+)?$",
    re.IGNORECASE,
)
_DEED_AFTER = re.compile(
    r"\s+(?:(?:which|that|who)\s+)?(?:have|had|has)?\s*(?:also\s+|since\s+)?"
    r"(?:left|joined|obtained|signed|refused|agreed|moved|handed|adopted|stopped|applied|complied|"
    r"asked|answered|replied|declined|installed|repaid|received|took|won|we\s+saw|take|each\b)\b"
)
_RATIO = re.compile(
    r"(?:\bper|\bevery|\bone\s+\w+\s+(?:to|for|per)|\b(?:mean|average|median|averaging)(?:\s+of)?"
    r"|\b(?:firms?|plants?|workshops?|units?|factor(?:y|ies)|companies|enterprises|most)\s+"
    r"(?:of|with|have|had|has|having|employ|employing|below|under|above|over))\s*$",
    re.IGNORECASE,
)
_EMPLOY = re.compile(r"\bemploy(?:ing)?\s*$", re.IGNORECASE)
"""Thousands that "the firms employ" are the people of all of them, not of each."""
_SIZE_CLASS = re.compile(
    r"(?:\b(?:firms?|plants?|workshops?|units?|factor(?:y|ies)|companies|enterprises|establishments)\b"
    r"[^,;.]{0,30})$",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|no|never|none|nor|neither|without|hardly|cannot)\b|n['’]t\b", re.IGNORECASE
)
_OTHER_REGION = re.compile(
    r"\b(?:Africa|Asia|Europe|America|(?:[Tt]he )?[Ww]orld|EU|European Union|OECD)\s*\(\s*$"
)
_ANYWHERE = re.compile(
    r"(?:\s+\w+)?\s+(?:worldwide|around the world|across the (?:world|globe)|globally)\b"
)
_NOT_AFTER = re.compile(
    r"(?:\s+\w+){0,2}?\s+(?:do|does|did|is|are|was|were|has|have|had|could|would)\s+(?:not|never)\b"
)


def doubtful(  # noqa: PLR0911
    amount: Amount, near: Around, verdict: Verdict, lexicon: Lexicon
) -> bool:
    """Say whether a count of firms or workers is no size of a cluster or an industry.

    Samples, size classes ("fewer than ten workers"), ratios ("per 1,000 workers"), what happened
    to a few ("nine firms left") and decimals are none (coding manual, "Quantities").
    """
    if _OTHER_REGION.search(near.lead):
        return True
    plot = amount.unit != "km2" and amount.value < PLOT and not _SITE.search(near.before)
    if verdict.metric == "area" and plot and _PLOT.search(near.before):
        return True
    if amount.unit == "percent" or verdict.metric not in ("firms", "employment"):
        return False
    if amount.unit == "percentage_points" or amount.value != int(amount.value):
        return amount.kind == "count"
    beside = WITH_FIRMS.search(near.lead) is not None and amount.value >= FEW_PERSONS
    ratio = _RATIO.search(near.before)
    many = amount.value >= LOOSE and ratio is not None and _EMPLOY.search(ratio.group())
    if (ratio and not beside and not many) or re.match(
        r"\s+(?:each|per|a ?piece|on average)\b", near.after
    ):
        return True
    if _ANYWHERE.match(near.after):
        return True
    studied = _STUDIED.search(near.lead) or re.match(
        r"\s+(?:\([^)]*\)\s*)?(?:in|of|from)\s+(?:our|the|this|my)\s+(?:survey|sample|study)",
        near.after,
    )
    if verdict.metric == "firms":
        if studied or _DEED_BEFORE.search(near.before):
            return True
        return _DEED_AFTER.match(near.after) is not None
    if studied and lexicon.signs["sample"].search(near.lead):
        return True
    small = amount.value < FEW_PERSONS and amount.change_from is None
    classed = amount.value < 10 * FEW_PERSONS and amount.qualifier in ("more_than", "less_than")
    return small or (classed and _SIZE_CLASS.search(near.before) is not None)


_EXISTS_BEFORE = re.compile(
    r"\b(?:[Tt]here (?:are|were)|comprises|comprised|consists? of|consisted of|counts|counted"
    r"|is home to|was home to|home to|boasts?|hosts?|houses?|housed|its"
    r"|totall?ed|lists?|listed|gives?|gave|records?|recorded"
    r"|(?:[Ii]t|[Tt]hey|[Tt]he\s+(?:district|cluster|zone|park|industry|village|belt|branch))\s+(?:had|has|have)"
    r")\s+(?:\w+\s+){0,1}$"
)
_EXISTS_AFTER = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:exist|existed|operate|operated|are in operation|belong|belonged"
    r"|survive|survived|remain|remained|(?:were|are|had been) (?:licensed|running|left)"
    r"|are located|are active|were active|in operation|make up|are found|work there"
    r"|(?:were|are) (?:still )?(?!being|closing|leaving|going)[a-z]+ing)\b"
)


def of_another(amount: Amount, verdict: Verdict, subject: Subject, near: Around) -> bool:
    """Say whether a small count has no subject of its own in the sentence."""
    if verdict.metric not in ("firms", "employment") or amount.kind not in ("count", None):
        return False
    told = _EXISTS_BEFORE.search(near.before) or _EXISTS_AFTER.match(near.after)
    if verdict.metric == "firms" and amount.value < FEW_FIRMS and amount.change_from is None:
        if told and (subject.entity_id is not None or subject.rule in _OF_PLACE):
            return False
        return subject.entity_id is None or subject.rule not in _NAMED_HERE
    few = FEW_FIRMS if verdict.metric == "firms" else FEW_PERSONS
    if told and amount.value >= few and subject.rule in _OF_PLACE:
        return False
    return (
        amount.value < LOOSE
        and subject.rule not in _NAMED_HERE
        and subject.rule.startswith(_SMALL_RULES)
    )


def assertion_here(whole: Assertion, near: Around) -> Assertion:
    """Return how surely the number is said: a denial elsewhere in the sentence is not its own."""
    if whole != "negated" or _NOT.search(near.before) or _NOT_AFTER.match(near.after):
        return whole
    return "affirmed"

"""Numbers that the rules leave out, taken by the words around them; numbers they take, denied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.context import PassageContext
from pipeline.extract.facts_heard import Heard
from pipeline.extract.facts_subject import subject_of
from pipeline.extract.facts_words import Verdict
from pipeline.extract.number_words import NONE, load_number_words, number_features
from pipeline.extract.quantities import Amount
from pipeline.extract.quantities_lexicon import load_lexicon
from pipeline.records import Sentence

TAKEN, TAKEN_OF_COUNTRY = 0.7, 0.97
"""How likely a number of a cluster, or of a country alone, must be a fact to be taken as one.

Chosen with `DENIED` by cross-validation over documents (``bench/number_weights.py``). A country's
numbers are mostly of its whole economy, which words tell badly.
"""
DENIED = 0.97
"""How likely a number must be none to be left out though the rules take it."""
OTHER = "other"
UNTOLD = ("share", "persons", "money")
"""Rules of `OTHER` that know no more than the unit; the others know what else a number is."""
TAKEN_OF_MONEY = 0.9
"""How likely a sum of money must be a fact: what else it is, is mostly a price or a cost."""
ELSEWHERE = "of another"
"""The refusal of a count without a subject of its own, whose metric is known."""
_NOT = re.compile(r"\b(?:not|never|no|nor)\s+(?:\w+\s+)?$")
_CARRIED = re.compile(r"beside|told before|left-out|again")
_MAY = {
    "share": ("employment", "firms", "output", "export_share", "market_share"),
    "persons": ("employment",),
    "money": ("exports", "output", "wage", "investment"),
}
"""The metrics that words may give by the rule that knew no more."""
_COUNTED = {"employment": ("persons",), "firms": ("firms", "farms", "units")}
"""Units whose words name what a bare number may count."""
_AT_WORK = re.compile(r"employ|work(?!shop)|job|labour|labor")
_WORD = re.compile(r"[^\W\d_]+")
_BARE = {"employment": "persons", "firms": "firms"}
"""What a number without a unit counts."""


def features_of(
    context: PassageContext,
    sentence: Sentence,
    text: str,
    heard: Heard,
    told: Sequence[tuple[Amount, Verdict]],
) -> dict[str, float]:
    """Return the features of a number as heard; see `number_words.number_features`."""
    names = [
        (one.start - sentence.start, one.end - sentence.start, one.kind)
        for one in context.mentions_in(sentence.start, sentence.end)
    ]
    metrics = [verdict.metric for _, verdict in told]
    return number_features(text, heard.near.earlier, heard.amount, names, metrics)


def weighed(
    context: PassageContext,
    sentence: Sentence,
    text: str,
    heard: Heard,
    told: Sequence[tuple[Amount, Verdict]],
) -> Heard:
    """Return a number as heard, or with the metric that its words tell, or denied by them.

    Parameters
    ----------
    text : str
        The sentence, citations and names with digits blanked.
    told : sequence of (Amount, Verdict)
        The numbers that the sentence told before.
    """
    unknown = asked(heard)
    if not unknown and (heard.refused or not may_be_denied(heard)):
        return heard
    likely = load_number_words().probabilities(features_of(context, sentence, text, heard, told))
    none = likely.pop(NONE)
    if not unknown:
        return replace(heard, refused="denied by its words") if none > DENIED else heard
    metric = max(likely, key=lambda name: likely[name])
    amount = heard.amount
    money = amount.kind == "currency"
    if 1 - none <= (TAKEN_OF_MONEY if money else TAKEN) or not may_be(heard, metric):
        return heard
    at = (sentence.start + amount.start, sentence.start + amount.end)
    place = (sentence.start, sentence.end)
    subject = heard.subject or subject_of(context, place, at, load_lexicon())
    if subject is None or (subject.entity_id is None and 1 - none <= TAKEN_OF_COUNTRY):
        return heard
    unit = "" if amount.unit else _BARE.get(metric, "")
    verdict = Verdict(metric, f"words like those of {metric} ({1 - none:.2f})", unit=unit)
    return Heard(amount, heard.near, verdict, subject, "")


def asked(heard: Heard) -> bool:
    """Say whether the rules know little of a number: no metric and no more than its unit.

    Or the metric of a count, but not whose it is.
    """
    verdict = heard.verdict
    unit_alone = verdict is not None and verdict.metric == OTHER and verdict.rule in UNTOLD
    unknown = heard.refused in ("no metric", ELSEWHERE) or (unit_alone and not heard.refused)
    return unknown and _NOT.search(heard.near.before) is None


def may_be_denied(heard: Heard) -> bool:
    """Say whether words may deny a number: a fact whose metric its own words tell.

    What a rule carries over from the number before ("and JOD 75 two years on") has none of its own.
    """
    verdict = heard.verdict
    return verdict is not None and verdict.metric != OTHER and not _CARRIED.search(verdict.rule)


def may_be(heard: Heard, metric: str) -> bool:
    """Say whether words may give a number this metric.

    They are asked of bare numbers ("it had 420") where the sentence, or what stands before it,
    names what would be counted; of shares, people and money that the rules know no more of.
    """
    amount, verdict = heard.amount, heard.verdict
    if heard.refused == ELSEWHERE and verdict is not None:
        return metric == verdict.metric
    if verdict is not None:
        return metric in _MAY[verdict.rule]
    bare = amount.kind is None and metric in _BARE and not amount.noun.strip()
    return bare and _named(metric, f"{heard.near.earlier} {heard.near.sentence}")


def _named(metric: str, text: str) -> bool:
    forms = load_lexicon().forms
    words = _WORD.findall(text.casefold())
    if any(forms.get((word,)) in _COUNTED[metric] for word in words):
        return True
    return metric == "employment" and any(_AT_WORK.match(word) for word in words)


__all__ = [
    "DENIED",
    "OTHER",
    "TAKEN",
    "TAKEN_OF_COUNTRY",
    "asked",
    "features_of",
    "may_be",
    "may_be_denied",
    "weighed",
]

"""Numbers that the rules leave out, taken by the words around them; numbers they take, denied."""

from __future__ import annotations

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

TAKEN, TAKEN_OF_COUNTRY = 0.6, 0.97
"""How likely a number of a cluster, or of a country alone, must be a fact to be taken as one.

Chosen with `DENIED` by cross-validation over documents (``bench/number_weights.py``). A country's
numbers are mostly of its whole economy, which words tell badly.
"""
DENIED = 0.97
"""How likely a number must be none to be left out though the rules take it."""
OTHER = "other"
ASKED = ("", "no metric", "doubtful", "of another")
"""Refusals that words may overrule; one firm, a whole economy or nobody they may not."""
_GOODS = ("pairs", "pieces", "units")
_HOLDERS = ("firms", "farms", "units", "households")
_COUNTED = {"employment": ("persons",), "firms": _HOLDERS, "output": _GOODS}
_KINDS = {
    "employment": (None, "share"), "firms": (None, "share"), "exports": ("currency", "mass"),
    "output": ("currency", "mass", "volume", "share"), "export_share": ("share",),
    "market_share": ("share",), "wage": ("currency",), "investment": ("currency",),
    "area": ("area",),
}  # fmt: skip
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
    if heard.refused not in ASKED:
        return heard
    likely = load_number_words().probabilities(features_of(context, sentence, text, heard, told))
    none = likely.pop(NONE)
    left_out = heard.refused or heard.verdict is None or heard.verdict.metric == OTHER
    if not left_out:
        return replace(heard, refused="denied by its words") if none > DENIED else heard
    if 1 - none <= TAKEN:
        return heard
    metric = max(likely, key=lambda name: likely[name])
    amount = heard.amount
    if not may_be(amount, metric):
        return heard
    at = (sentence.start + amount.start, sentence.start + amount.end)
    place = (sentence.start, sentence.end)
    subject = heard.subject or subject_of(context, place, at, load_lexicon())
    if subject is None or (subject.entity_id is None and 1 - none <= TAKEN_OF_COUNTRY):
        return heard
    unit = "" if amount.unit else _BARE.get(metric, "")
    verdict = Verdict(metric, f"words like those of {metric} ({1 - none:.2f})", unit=unit)
    return Heard(amount, heard.near, verdict, subject, "")


def may_be(amount: Amount, metric: str) -> bool:
    """Say whether a number's unit is one of the metric: nobody is paid in percent or pairs."""
    counts = amount.kind == "count" and amount.unit in _COUNTED.get(metric, ())
    return counts or amount.kind in _KINDS.get(metric, ())


__all__ = [
    "ASKED",
    "DENIED",
    "OTHER",
    "TAKEN",
    "TAKEN_OF_COUNTRY",
    "features_of",
    "may_be",
    "weighed",
]

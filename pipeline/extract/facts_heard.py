"""A number as the rules hear it: its metric and subject, or why it is none of a cluster's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.context import PassageContext
from pipeline.extract.facts_doubts import doubtful, of_another
from pipeline.extract.facts_metric import around, metric_of
from pipeline.extract.facts_misread import misread
from pipeline.extract.facts_parts import part_metric
from pipeline.extract.facts_subject import Subject, subject_of
from pipeline.extract.facts_words import Around, Verdict, last_match
from pipeline.extract.quantities import Amount
from pipeline.extract.quantities_lexicon import Lexicon, load_lexicon
from pipeline.records import Sentence

NOT_SAID = ("no metric", "doubtful", "misread")
"""Refusals of the words right around a number, which a sentence may yet fill in."""
_OF_ECONOMY = ("growth", "exports", "output", "investment")
_STAFF = re.compile(
    r"_{2,}(?:\s+\([^()]*\))?\s+(?:\w+ly\s+|now\s+|itself\s+|alone\s+)?(?:employs?|employed)\s+"
    r"(?:\w+\s+){0,2}$"
)
"""A body (its name is blanked) that employs people: "the Agency employs some 2,700 officials"."""
_ALL_TRADE = re.compile(r"\b(?:[Mm]erchandise|external|trade\s+balance|balance\s+of)\b")


@dataclass(frozen=True, slots=True)
class Heard:
    """A number of a sentence, what the rules make of it, and why they refuse it ("" if not)."""

    amount: Amount
    near: Around
    verdict: Verdict | None
    subject: Subject | None
    refused: str


def hear(  # noqa: PLR0911 - one return a reason
    context: PassageContext,
    sentence: Sentence,
    text: str,
    earlier: str,
    amount: Amount,
    told: Sequence[tuple[Amount, Verdict]],
) -> Heard:
    """Return a number with its metric and subject, or with the first reason against it.

    Parameters
    ----------
    text, earlier : str
        The sentence, citations and names with digits blanked, and the text before it.
    told : sequence of (Amount, Verdict)
        The numbers that the sentence told before.
    """
    lexicon = load_lexicon()
    near = around(text, amount.start, amount.end, earlier)
    verdict = None if _no_number(text, amount, lexicon) else metric_of(amount, near, lexicon)
    verdict = part_metric(amount, near, verdict, told, lexicon)
    if verdict is None:
        return Heard(amount, near, None, None, "no metric")
    if doubtful(amount, near, verdict, lexicon):
        return Heard(amount, near, verdict, None, "doubtful")
    if misread(amount, near, verdict):
        return Heard(amount, near, verdict, None, "misread")
    if _of_one_firm(context, sentence, text, amount, lexicon):
        return Heard(amount, near, verdict, None, "one firm")
    at = (sentence.start + amount.start, sentence.start + amount.end)
    subject = subject_of(context, (sentence.start, sentence.end), at, lexicon)
    if subject is None:
        return Heard(amount, near, verdict, None, "nobody's")
    if of_another(amount, verdict, subject, near):
        return Heard(amount, near, verdict, subject, "of another")
    if _whole_economy(text, earlier, verdict, subject, lexicon):
        return Heard(amount, near, verdict, subject, "whole economy")
    return Heard(amount, near, verdict, subject, "")


def _whole_economy(
    text: str, earlier: str, verdict: Verdict, subject: Subject, lexicon: Lexicon
) -> bool:
    """Say whether a country's number is of its whole economy, not of an industry.

    The industry may be named in the sentence before: "The wine trade is old. Exports reached …".
    """
    if subject.entity_id is not None or verdict.metric not in _OF_ECONOMY:
        return False
    if lexicon.signs["industry"].search(text):
        return False
    whole = lexicon.signs["macro"].search(earlier + text) or _ALL_TRADE.search(earlier + text)
    if verdict.metric not in ("exports", "growth") or whole:
        return True
    return lexicon.signs["industry"].search(earlier) is None


def _no_number(text: str, amount: Amount, lexicon: Lexicon) -> bool:
    before = text[max(0, amount.core[0] - 18) : amount.core[0]]
    match = last_match(lexicon.signs["not_number"], before)
    if match is not None and match.end() >= len(before.rstrip()) and amount.unit is None:
        return True
    if match is not None and match.end() >= len(before.rstrip()) and amount.kind == "count":
        return before[-1:] == " " and not amount.number.grouped
    # "forty of the 300 firms": a part, whose whole is the count.
    return (
        amount.kind != "share"
        and amount.unit is None
        and re.match(
            r"\s+(?:out\s+)?of\s+(?:the|these|its|their|those|\d)\b",
            text[amount.end :],
        )
        is not None
    )


def _of_one_firm(
    context: PassageContext, sentence: Sentence, text: str, amount: Amount, lexicon: Lexicon
) -> bool:
    before = text[max(0, amount.start - 120) : amount.start]
    cut = max(before.rfind(";"), before.rfind(" while "), before.rfind(" whereas "))
    clause = before[cut + 1 :]
    firms = [
        m
        for m in context.mentions_in(sentence.start, sentence.start + amount.start)
        if m.kind == "ACTOR"
        and (entity := context.entities.get(m.entity_id))
        and entity.actor_type == "firm"
        and m.end > sentence.start + amount.start - 120
    ]
    if firms and not any(
        m.kind == "CLUSTER" and m.start > firms[-1].end
        for m in context.mentions_in(sentence.start, sentence.start + amount.start)
    ):
        return True
    if amount.unit in ("firms", "farms"):
        return False
    if _STAFF.search(before):
        return True
    return lexicon.signs["single_firm"].search(clause) is not None


__all__ = ["NOT_SAID", "Heard", "hear"]

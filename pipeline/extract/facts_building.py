"""A fact built from a number, its metric, its subject and its years."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.context import PassageContext
from pipeline.extract.facts_subject import Subject
from pipeline.extract.facts_words import Verdict
from pipeline.extract.facts_years import When
from pipeline.extract.quantities import Amount
from pipeline.extract.quantities_lexicon import load_lexicon
from pipeline.ids import content_id
from pipeline.records import Fact, Sentence


def amount_fact(
    context: PassageContext,
    sentence: Sentence,
    amount: Amount,
    verdict: Verdict,
    subject: Subject,
    when: When | None,
    pair: tuple[int, int] | None,
) -> Fact:
    """Return the fact of an amount, with the unit that its metric and country give it.

    Parameters
    ----------
    when : When or None
        What says when; without a place of its own, a sentence before told it.
    pair : (int, int) or None
        The two years of a change.
    """
    unit = unit_name(amount, subject.country)
    if verdict.rate and amount.per == "per year":
        unit = "percent_per_year"
    elif unit.startswith("percent") and amount.per:
        unit = "percent" if not verdict.rate else unit
    unit = verdict.unit or unit
    sign = verdict.sign if amount.value > 0 else 1
    year, first, last = (when.year, when.year_from, when.year_to) if when else (None, None, None)
    if pair is not None:
        first, last = pair
        year = last
    elif when is not None and when.end == 0:
        verdict = replace(verdict, rule=f"{verdict.rule}; year told in a sentence before")
    return built_fact(
        context, sentence, amount.start, amount.end, verdict, subject,
        sign * amount.value, amount.value_from, amount.change_from, unit,
        (year, first, last), amount.qualifier,
    )  # fmt: skip


def unit_name(amount: Amount, country: str | None) -> str:
    """Return the unit's name; a sign of several currencies is told by the country."""
    lexicon = load_lexicon()
    unit = amount.unit or "units"
    if unit.startswith("?"):
        ambiguous = lexicon.ambiguous[unit[1:]]
        unit = ambiguous.default
        if ambiguous.form != "$":
            for name in ambiguous.candidates:
                found = lexicon.units.get(name)
                if found is not None and found.country == country and country:
                    unit = name
    return f"{unit} {amount.per}" if amount.per and not unit.startswith("percent") else unit


def built_fact(
    context: PassageContext,
    sentence: Sentence,
    start: int,
    end: int,
    verdict: Verdict,
    subject: Subject,
    value: float,
    value_from: float | None,
    change_from: float | None,
    unit: str,
    years: tuple[int | None, int | None, int | None],
    qualifier: object,
) -> Fact:
    """Return a fact; `start` and `end` count from the sentence's beginning."""
    first, last = sentence.start + start, sentence.start + end
    return Fact(
        content_id("fact", context.passage_id, first, last, verdict.metric, value),
        context.passage_id, sentence.sentence_id, subject.entity_id, subject.country,
        verdict.metric, value, value_from, change_from, unit, *years, qualifier,  # type: ignore[arg-type]
        context.text[first:last], first, last, sentence.claim_source,
        sentence.works[0] if sentence.works else None, sentence.assertion,
        f"{verdict.rule}; {subject.rule}",
    )  # fmt: skip


def founded_fact(context: PassageContext, sentence: Sentence, when: tuple[When, Subject]) -> Fact:
    """Return the fact of a founding year: its value is the year."""
    at, subject = when
    value = float(at.year or at.year_from or 0)
    return built_fact(
        context, sentence, at.start, at.end, Verdict("founded", "founded in"), subject, value,
        None, None, "year", (int(value), None, None), None,
    )  # fmt: skip


__all__ = ["amount_fact", "built_fact", "founded_fact", "unit_name"]

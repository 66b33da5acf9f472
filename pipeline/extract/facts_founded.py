"""The year in which a cluster, a park or an industry began."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.extract.context import PassageContext
from pipeline.extract.facts_subject import Subject, subject_of
from pipeline.extract.facts_words import last_match
from pipeline.extract.facts_years import When
from pipeline.extract.quantities_lexicon import Lexicon
from pipeline.records import Sentence

_GAP = re.compile(
    r"(?:\s+(?!employ|export|had|has|grew|own\b)[\w'’,-]+){0,6}?"
    r"\s+(?:in|to|since|from|after|as early as|around|about)\s+"
    r"(?:early|late|mid|about|around|the|[A-Z]\w+)?[\s-]*$"
)

_IN = re.compile(r"\b(?:in|at|of|near|for)\s+(?:the\s+)?$")
_IT = re.compile(r"(?:^|[.;,]|\band)\s*[Ii]t\s+(?:had\s+|has\s+)?(?:first\s+)?(?:was\s+)?$|^\W*$")
"""What began is told before: "It was set up in", or behind: "Opened in 1991, the zone"."""
_BEGINNING = re.compile(
    r"\b(?:beginnings?|birth|origins?|start|founding|foundation)\s+of\s+(?:the\s+)?$"
)


def founded(
    context: PassageContext,
    sentence: Sentence,
    text: str,
    whens: Sequence[When],
    lexicon: Lexicon,
) -> Iterator[tuple[When, Subject]]:
    """Yield founding years with their subject.

    What began must be the cluster, a park or the industry: not an association, a law or a firm.
    """
    for said_when in whens:
        when = _one_year(said_when)
        if when is None or when.year is None:
            continue
        lead = text[max(0, when.start - 70) : when.start]
        verb = last_match(lexicon.signs["founded"], lead)
        if verb is None:
            subject = _beginning_of(context, sentence, when)
            if subject is not None:
                yield when, subject
            continue
        tail = lead[verb.end() :]
        if re.search(r"\d{4}", tail):
            continue  # "opened in 1962, and in 1998 there were": a later year is told of others
        if (
            tail.strip()
            and not _GAP.fullmatch(tail)
            and not re.fullmatch(r"\s*(?:in|since|to|after)?\s*(?:\w+\s)?", tail)
        ):
            continue
        start = max(0, when.start - 70) + verb.start()
        said = text[max(0, start - 90) : start]
        cut = max(said.rfind(";"), said.rfind(". "))
        said = said[cut + 1 :]
        right = _last(lexicon, "founded_what", said)
        clusters = [
            m
            for m in context.mentions_in(sentence.start, sentence.start + start)
            if m.kind == "CLUSTER" and m.end > sentence.start + start - 60
        ]
        wrong = _last(lexicon, "not_founded", said)
        if wrong >= 0:
            # "The Arbitration Council at Phnom Penh, established in 2003": no place began.
            clusters = [
                m for m in clusters if not _IN.search(context.text, max(0, m.start - 12), m.start)
            ]
        actors = [
            m
            for m in context.mentions_in(sentence.start, sentence.start + start)
            if m.kind in ("ACTOR", "STANDARD")
        ]
        if actors and (not clusters or actors[-1].start > clusters[-1].end):
            continue
        told = _IT.search(said) is not None and _speaks_of_cluster(context, sentence, lexicon)
        unnamed = right < 0 and not clusters and not told
        if wrong > right or unnamed or (wrong >= 0 and not clusters):
            continue
        at = (sentence.start + when.start, sentence.start + when.end)
        subject = subject_of(context, (sentence.start, sentence.end), at, lexicon)
        if subject is None or (told and subject.entity_id is None):
            continue
        yield when, subject


def _one_year(when: When) -> When | None:
    """Return the year in which something began: "dates from 1961" is no open span."""
    if when.year is None and when.year_from is not None and when.year_to is None:
        return replace(when, year=when.year_from, year_from=None)
    return when if when.year is not None else None


def _speaks_of_cluster(context: PassageContext, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Say whether the sentence opens with "It" or a participle that means a cluster.

    A cluster stands behind the participle, or the sentence before speaks of one first: "the
    association of the park … It was founded in 1980" began no park.
    """
    here = context.text[sentence.start : sentence.end]
    if not re.match(r"\W*It\b", here) and ", it " not in here and "; it " not in here:
        inside = list(context.mentions_in(sentence.start, sentence.end))
        return bool(inside) and inside[0].kind == "CLUSTER"
    start = max(0, context.text.rfind(". ", 0, max(0, sentence.start - 2)) + 1)
    named = [m for m in context.mentions_in(start, sentence.start) if m.kind != "COUNTRY"]
    if not named or named[0].kind != "CLUSTER":
        return False
    wrong = lexicon.signs["not_founded"].search(context.text, start, sentence.start)
    return wrong is None or wrong.start() > named[0].start


def _beginning_of(context: PassageContext, sentence: Sentence, when: When) -> Subject | None:
    """Return the cluster of "the beginning of the X cluster in 1920"."""
    at = sentence.start + when.start
    clusters = [
        m
        for m in context.mentions_in(sentence.start, at)
        if m.kind == "CLUSTER" and m.end > at - 30
    ]
    if not clusters or not _BEGINNING.search(context.text[sentence.start : clusters[-1].start]):
        return None
    if not re.fullmatch(r"\s+(?:\w+\s+){0,2}(?:in|to|at)\s+", context.text[clusters[-1].end : at]):
        return None
    entity = context.entities.get(clusters[-1].entity_id)
    return Subject(clusters[-1].entity_id, entity.country if entity else None, "beginning of it")


def _last(lexicon: Lexicon, name: str, text: str) -> int:
    at = -1
    for match in lexicon.signs[name].finditer(text):
        at = match.start()
    return at

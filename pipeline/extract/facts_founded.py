"""The year in which a cluster, a park or an industry began."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
    for when in whens:
        if when.year is None:
            continue
        lead = text[max(0, when.start - 70) : when.start]
        verb = last_match(lexicon.signs["founded"], lead)
        if verb is None:
            continue
        tail = lead[verb.end() :]
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
        if wrong > right or (right < 0 and not clusters) or (wrong >= 0 and not clusters):
            continue
        at = (sentence.start + when.start, sentence.start + when.end)
        subject = subject_of(context, (sentence.start, sentence.end), at, lexicon)
        if subject is not None:
            yield when, subject


def _last(lexicon: Lexicon, name: str, text: str) -> int:
    at = -1
    for match in lexicon.signs[name].finditer(text):
        at = match.start()
    return at

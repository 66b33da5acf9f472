"""Facts: numbers of clusters and of industries of countries, with their source and quote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.context import PassageContext
from pipeline.extract.facts_building import amount_fact, built_fact, founded_fact
from pipeline.extract.facts_change import Dated, years_of_change
from pipeline.extract.facts_doubts import assertion_here
from pipeline.extract.facts_ellipsis import gapped, parted, respectively
from pipeline.extract.facts_founded import founded
from pipeline.extract.facts_heard import NOT_SAID, Heard, hear
from pipeline.extract.facts_metric import around
from pipeline.extract.facts_subject import Subject, subject_of
from pipeline.extract.facts_supposed import weighed
from pipeline.extract.facts_then import before_all, carried, with_pointers
from pipeline.extract.facts_words import Around, Verdict, last_match
from pipeline.extract.facts_years import (
    When,
    best_when,
    current,
    date_days,
    find_years,
    in_the_past,
    is_decade,
    lasting,
)
from pipeline.extract.quantities import Amount, find_amounts
from pipeline.extract.quantities_lexicon import Lexicon, load_lexicon
from pipeline.extract.tokens import fold
from pipeline.records import Fact, Sentence

EARLIER = 220
"""How much of the text before a sentence may tell what its pronouns and bare numbers count."""
_DIGIT = re.compile(r"\d")
_NUMBER_WORD = re.compile(
    r"(?:teen|ty)\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|"
    r"million|billion|lakh|crore|half|third|quarter|fifth|tenth|every|doubled|tripled|trebled|"
    r"halved|quadrupled|dozen)\b"
)
_SECOND_HAND = re.compile(
    r"\([A-Z][^()]{0,80}?\b(?:19|20)\d\d[a-z]?\b[^()]{0,40}\b(?:quoted|cited|as reported)\s+"
    r"(?:in|by|from|after)\s[^()]*\)"
)
"""A citation taken from another: "(Chamber 2009, quoted in Doe 2012)"."""
_MULTIPLE = re.compile(
    r"\b(?P<word>doubled|tripled|trebled|quadrupled|halved)\b(?!\s+(?:the|its|their|his|our))"
)


@dataclass(frozen=True, slots=True)
class Noted:
    """A number as the rules heard it, with what stood around and before it."""

    sentence: Sentence
    text: str
    heard: Heard
    told: tuple[tuple[Amount, Verdict], ...]


def find_facts(
    context: PassageContext, sentences: Sequence[Sentence], noted: list[Noted] | None = None
) -> tuple[Fact, ...]:
    """Return the facts of a passage in order of place.

    Parameters
    ----------
    context : PassageContext
        With linked mentions.
    sentences : sequence of Sentence
        The passage's sentences as attributed; facts take theirs over.
    noted : list of Noted, optional
        Takes every number as the rules hear it, to learn from; the words around it are then not
        asked (`facts_supposed`).

    Notes
    -----
    Coding manual, sections "Quantities" and ruling 14. Numbers of one firm, of samples, pages,
    sections, citations and dates are left out; so is what names no cluster and no country.
    """
    if context.role == "table":
        from pipeline.extract.facts_tables import table_facts

        return table_facts(context)
    lexicon = load_lexicon()
    masked = _masked(context)
    facts: list[Fact] = []
    known: list[When] = []
    last: When | None = None
    for sentence in sentences:
        text = masked[sentence.start : sentence.end]
        if not _DIGIT.search(text) and not _NUMBER_WORD.search(text.lower()):
            continue
        said = with_pointers(text, find_years(text), known)
        # What a sentence without a year says, it says of the year told before.
        facts += _of_sentence(context, sentence, text, said, lexicon, last, noted)
        known += said
        last = carried(lasting(text, said)) or last
    return tuple(facts)


def _masked(context: PassageContext) -> str:
    """Return the text with citations and names with digits blanked; same length."""
    text = fold(context.text)
    blanks = list(context.citation_regions)
    blanks += [match.span() for match in _SECOND_HAND.finditer(text)]
    blanks += [(m.start, m.end) for m in context.mentions if m.kind in ("STANDARD", "ACTOR")]
    blanks += [(m.start, m.end) for m in context.mentions if re.search(r"\d", m.surface)]
    for start, end in blanks:
        text = text[:start] + "_" * (end - start) + text[end:]
    return text


def _of_sentence(
    context: PassageContext,
    sentence: Sentence,
    text: str,
    whens: Sequence[When],
    lexicon: Lexicon,
    last: When | None = None,
    noted: list[Noted] | None = None,
) -> Iterator[Fact]:
    skip = [(w.start, w.end) for w in whens if w.end] + date_days(text)
    amounts = find_amounts(text, lexicon, skip)
    spans = [(one.start, one.end) for one in amounts]
    for begun in founded(context, sentence, text, whens, lexicon):
        yield founded_fact(context, sentence, begun)
    place = (sentence.start, sentence.end)
    told: list[tuple[Amount, Verdict, Subject]] = []
    earlier = fold(context.text[max(0, sentence.start - EARLIER) : sentence.start])
    for one in (part for whole in amounts for part in parted(context, place, text, whole)):
        others = [(amount, its) for amount, its, _ in told]
        heard = hear(context, sentence, text, earlier, one, others)
        left_out = gapped(context, place, one, told) if heard.refused in NOT_SAID else None
        if left_out is not None:
            if left_out[0].change_from is not None:
                told.pop()  # the later number of a change takes the place of the earlier
            told.append(left_out)
            continue
        if noted is not None:
            noted.append(Noted(sentence, text, heard, tuple(others)))
        else:
            heard = weighed(context, sentence, text, heard, others)
        if heard.verdict is not None and heard.subject is not None and not heard.refused:
            paid = _paid_by(one, heard.verdict, heard.near)
            told.append((paid, heard.verdict, heard.subject))
    dated: list[Dated] = []
    for one, verdict, subject in respectively(context, place, told):
        when = _when(text, one, whens, spans, last)
        near = around(text, one.start, one.end)
        said = replace(sentence, assertion=assertion_here(sentence.assertion, near))
        pair = years_of_change(text, one, verdict, subject, when, whens, dated)
        dated.append(Dated(one, verdict, subject, when, pair))
        yield amount_fact(context, said, one, verdict, subject, when, pair)
    yield from _multiples(context, sentence, text, whens, lexicon)


_PAY_TIME = re.compile(r"\b(?P<time>hourly|daily|weekly|monthly)\b")
_PAY_UNITS = {
    "hourly": "per hour", "daily": "per day", "weekly": "per week", "monthly": "per month",
}  # fmt: skip


def _paid_by(amount: Amount, verdict: Verdict, near: Around) -> Amount:
    """Return pay with its time where an adjective tells it: "a daily rate of 1.75 dollars"."""
    if verdict.metric != "wage" or amount.kind != "currency" or amount.per is not None:
        return amount
    match = last_match(_PAY_TIME, near.before)
    return amount if match is None else replace(amount, per=_PAY_UNITS[match["time"]])


_FROM_OLDER = re.compile(r"\b(?:from|against|compared|than)\b")
"""An amount that holds its older number: "117, from 22" in 1999."""


def _when(
    text: str,
    amount: Amount,
    whens: Sequence[When],
    spans: Sequence[tuple[int, int]],
    last: When | None,
) -> When | None:
    """Return the year of an amount; one behind "against 1,900 in 2008" is the older number's.

    A sentence that names no year keeps `last`, that of the sentences before, if it tells the past.
    """
    if not whens:
        return last if in_the_past(text, amount.start, amount.end) else None
    if amount.change_from is not None and not text[amount.start :].startswith(("from", "From")):
        inside = [w for w in whens if amount.start <= w.start < amount.end]
        older = _FROM_OLDER.search(text[amount.start : amount.end])  # else "to 2,600 in 2014"
        behind = [w for w in whens if older and 0 <= w.start - amount.end <= 8]
        whens = inside or [w for w in whens if w not in behind]
        if not whens:
            return last if in_the_past(text, amount.start, amount.end) else None
    others = [span for span in spans if span != (amount.start, amount.end)]
    if last is not None and before_all(text, whens, amount.start, amount.end):
        # "Makers billed 50 billion; four years afterwards 20 billion."
        return last if in_the_past(text, amount.start, amount.end) else None
    when = best_when(text, whens, amount.start, amount.end, others)
    return _at_the_end(text, amount, current(text, amount.start, amount.end, when))


_REACHED = re.compile(
    r"(?:,|\b(?:rose|risen|fell|fallen|grew|grown|climbed|sank|sunk|dropped|shrank|shrunk|declined"
    r"|increased|expanded|dwindled|up|down))\s+to\s+(?:\w+\s+){0,2}$"
)


_AT_ITS_END = re.compile(r"\s*,\s+(?:when|by\s+which\s+(?:time|year))\b")
_AT_THEIR_END = re.compile(
    r"[^;.,]{0,30}\bat\s+(?:its|their|the)\s+end\b(?!\s+of\s+(?:\d|the\s+(?:year|month)))"
)
"""The last year of a span: "from 2005 to 2013, when 31 firms …"; "reached 5,500 at their end"."""


def _at_the_end(text: str, amount: Amount, when: When | None) -> When | None:
    """Return the last year of a span for what was reached in it: "rose by 6 %, to 300 firms"."""
    if when is None or when.year_to is None or is_decade(when) or amount.change_from is not None:
        return when
    if amount.kind == "share" or when.end > amount.start:
        return when
    between = text[when.end : amount.start]
    reached = _REACHED.search(between) or _AT_ITS_END.match(between)
    reached = reached or _AT_THEIR_END.match(text, amount.end)
    return replace(when, year=when.year_to, year_from=None, year_to=None) if reached else when


def _multiples(
    context: PassageContext,
    sentence: Sentence,
    text: str,
    whens: Sequence[When],
    lexicon: Lexicon,
) -> Iterator[Fact]:
    """Growth in one word: "exports doubled between 2000 and 2005" is 100 percent."""
    for match in _MULTIPLE.finditer(text):
        clause = text[max(0, match.start() - 80) : match.start()]
        if not lexicon.signs["grows"].search(clause) and not lexicon.signs["wage"].search(clause):
            continue
        factor = lexicon.data.change.multiples[match["word"]]
        at = (sentence.start + match.start(), sentence.start + match.end())
        subject = subject_of(context, (sentence.start, sentence.end), at, lexicon)
        if subject is None:
            continue
        when = best_when(text, whens, *match.span(), ())
        years = (when.year, when.year_from, when.year_to) if when else (None, None, None)
        paid = lexicon.signs["wage"].search(lexicon.signs["not_wage"].sub(" ", clause))
        yield built_fact(
            context, sentence, *match.span(),
            Verdict("wage" if paid else "growth", "multiple"), subject,
            100 * (factor - 1), None, None, "percent", years, None,
        )  # fmt: skip

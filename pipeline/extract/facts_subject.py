"""Whom a number is said of: a cluster, else a country."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.extract.context import PassageContext
from pipeline.extract.quantities_lexicon import Lexicon
from pipeline.records import Mention
from pipeline.vocabulary import load_vocabulary

_THIS_PLACE = re.compile(
    r"\bin (?:this|the|that) (?:area|region|cluster|district|valley|zone|town)\b"
)
_CUT = re.compile(
    r"[;]|\b(?:while|whereas|but|unlike|compared with|compared to|of which|of whom|than)\b"
)
_COMPARED = re.compile(
    r"\b(?:than|unlike|like)\s+(?:in\s+|that\s+of\s+|those\s+of\s+)?(?:the\s+)?$"
)
_OWNS = re.compile(r"['’]s?\s+")
_SOMEONE = re.compile(
    r"\s+(?:\w+\s+)?(?:planters?|engineers?|missionar\w+|merchants?|immigrants?|settlers?|traders?"
    r"|entrepreneurs?|businessm[ae]n|brothers|famil(?:y|ies)|scholars?|consultants?|aid|donors?"
    r"|retailers?|partners?)\b"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The cluster's entity id and country, or the country alone; `rule` says how it was found."""

    entity_id: str | None
    country: str | None
    rule: str


def subject_of(
    context: PassageContext, sentence: tuple[int, int], at: tuple[int, int], lexicon: Lexicon
) -> Subject | None:
    """Return the subject of the number at `at`, or None where nothing near names one.

    First a cluster of the sentence, in its clause before the number, then behind it; then a
    country of the sentence; then what the sentences before speak of, the heading's paper last.
    """
    inside = [m for m in context.mentions_in(*sentence) if m.kind in ("CLUSTER", "COUNTRY")]
    clusters = [m for m in inside if m.kind == "CLUSTER"]
    countries = [
        m
        for m in inside
        if m.kind == "COUNTRY"
        and (not _modifies(context, m) or _OWNS.fullmatch(context.text[m.end : at[0]]))
    ]
    chosen = _nearest(context.text, clusters, at, sentence)
    text = context.text[sentence[0] : sentence[1]]
    back = lexicon.signs["anaphor"].search(text) is not None
    if chosen is not None:
        rival = _nearest(context.text, [m for m in countries if m.end <= at[0]], at, sentence)
        if rival is None or not _other_clause(context.text, chosen, rival, at):
            return _made(context, chosen, "cluster in the sentence")
    if countries and not (back and not clusters and _recent(context, sentence[0], "CLUSTER")):
        found = _nearest(context.text, countries, at, sentence)
        if found is not None:
            return _made(context, found, "country in the sentence")
    if chosen is not None:
        return _made(context, chosen, "cluster in the sentence")
    near = text[max(0, at[0] - sentence[0] - 60) : at[1] - sentence[0] + 80]
    local = _THIS_PLACE.search(near) is not None and _recent(context, sentence[0], "CLUSTER")
    if lexicon.signs["national"].search(text) and not local:
        found = _spoken_of(context, sentence[0])
        if found is not None:
            return _made(context, found, "the country spoken of")
    return _carried(context, sentence, back) or _loose_country(context, inside, at, sentence)


def _carried(context: PassageContext, sentence: tuple[int, int], back: bool) -> Subject | None:  # noqa: PLR0911
    cluster = _recent(context, sentence[0], "CLUSTER")
    country = _spoken_of(context, sentence[0])
    if cluster is not None and (country is None or back or cluster.start > country.start - 150):
        return _made(context, cluster, "cluster before")
    if country is not None:
        return _made(context, country, "country before")
    later = [m for m in context.mentions if m.start >= sentence[1]]
    names = {m.entity_id for m in later if m.kind == "CLUSTER"}
    if len(names) == 1:
        return _made(context, next(m for m in later if m.kind == "CLUSTER"), "cluster behind")
    lands_behind = [
        m
        for m in later
        if m.kind == "COUNTRY"
        and m.surface not in _adjectives()
        and not _modifies(context, m)
        and context.paper_country in (None, _country_of(context, m))
    ]
    if not names and len({m.entity_id for m in lands_behind}) == 1:
        return _made(context, lands_behind[0], "country behind")
    before = context.previous
    if before is not None and before.mentions:
        clusters = [m for m in before.mentions if m.kind == "CLUSTER"]
        if back and clusters:
            return _made(context, clusters[-1], "passage before")
        lands = [
            m
            for m in before.mentions
            if m.kind == "COUNTRY"
            and m.surface not in _adjectives()
            and context.paper_country in (None, _country_of(context, m))
        ]
        if len({m.entity_id for m in lands}) == 1:
            return _made(context, lands[0], "passage before")
    alone = _only_cluster(context)
    if alone is not None:
        return alone
    if context.paper_country:
        return Subject(None, context.paper_country, "country of the paper")
    return None


def _only_cluster(context: PassageContext) -> Subject | None:
    """Return the one cluster that the paper names in its country; None where there are several."""
    if not context.paper_country:
        return None
    inside = [
        one
        for one in context.entities.values()
        if one.kind == "CLUSTER" and one.country == context.paper_country
    ]
    if len(inside) != 1:
        return None
    return Subject(inside[0].entity_id, inside[0].country, "cluster of the paper")


def _loose_country(
    context: PassageContext,
    inside: Sequence[Mention],
    at: tuple[int, int],
    sentence: tuple[int, int],
) -> Subject | None:
    found = _nearest(context.text, [m for m in inside if m.kind == "COUNTRY"], at, sentence)
    return _made(context, found, "country in the sentence") if found else None


def _modifies(context: PassageContext, mention: Mention) -> bool:
    """Say whether a country only tells where buyers or goods go: "exported to Germany"."""
    before = context.text[max(0, mention.start - 24) : mention.start]
    if re.search(r"\b(?:to|from|with|by)\s+(?:the\s+)?$", before) and not re.search(
        r"\b(?:according|compared)\s+\w*\s*$", before
    ):
        return True
    if _COMPARED.search(before):
        return True
    adjective = mention.surface in _adjectives()
    if adjective and _SOMEONE.match(context.text[mention.end : mention.end + 40]):
        return True
    after = context.text[mention.end : mention.end + 14]
    return (
        re.match(
            r"['’]?s?\s+(?:buyer|brand|retail|import|firm|compan|investor|owned|-owned|dollar)",
            after,
        )
        is not None
    )


def _nearest(
    text: str, mentions: Sequence[Mention], at: tuple[int, int], sentence: tuple[int, int]
) -> Mention | None:
    best, cost = None, 1e9
    for one in mentions:
        before = one.end <= at[0]
        between = text[one.end : at[0]] if before else text[at[1] : one.start]
        price = len(between) + 120.0 * len(_CUT.findall(between)) + 10.0 * between.count(",")
        price += 0 if before else 40
        # "300 in X and 180 in Y": what went before "and" has its number.
        if before and re.fullmatch(r"\s*,?\s*(?:and|but)\s*(?:from\s+)?", between):
            price += 30
        # "In X", "X's": right behind, "1,200 firms in X".
        if not before and re.fullmatch(
            r"\s*(?:[\w'’-]+\s+){0,4}(?:in|of|at|around)\s+(?:the\s+)?", between
        ):
            price = min(price, 8.0)
        if not before and re.fullmatch(r"\s+for\s+(?:the\s+)?", between):
            price = min(price, 8.0)
        if price < cost:
            best, cost = one, price
    return best


def _other_clause(text: str, cluster: Mention, country: Mention, at: tuple[int, int]) -> bool:
    """Say whether the country speaks in the number's clause and the cluster in another."""
    if cluster.start >= at[1] or cluster.end > country.start:
        return False
    return bool(_CUT.search(text[cluster.end : country.start]))


def _recent(context: PassageContext, before: int, kind: str) -> Mention | None:
    found = None
    for one in context.mentions:
        if one.kind == kind and one.start < before:
            found = one
    return found


def _spoken_of(context: PassageContext, before: int) -> Mention | None:
    """Return the country named most often before a place; the first of equals."""
    counts: dict[str, int] = {}
    first: dict[str, Mention] = {}
    named = [m for m in context.mentions if m.kind == "COUNTRY" and m.start < before]
    # "An Armenian founded it" speaks of no country where another is named or the paper has one.
    places = [m for m in named if m.surface not in _adjectives()]
    if not places and context.paper_country is not None:
        places = [m for m in named if _country_of(context, m) == context.paper_country]
        if not places:
            return None
    for one in places or named:
        if not _modifies(context, one):
            counts[one.entity_id] = counts.get(one.entity_id, 0) + 1
            first.setdefault(one.entity_id, one)
    if not counts:
        return (places or named)[-1] if named else None
    return first[max(counts, key=lambda name: counts[name])]


@cache
def _adjectives() -> frozenset[str]:
    rows = load_vocabulary().countries.countries
    return frozenset(form for row in rows for form in row.adjectives)


def _country_of(context: PassageContext, mention: Mention) -> str | None:
    entity = context.entities.get(mention.entity_id)
    return (entity.country or entity.name) if entity else None


def _made(context: PassageContext, mention: Mention, rule: str) -> Subject:
    entity = context.entities.get(mention.entity_id)
    if mention.kind == "CLUSTER":
        return Subject(mention.entity_id, entity.country if entity else None, rule)
    country = (entity.country or entity.name) if entity else None
    return Subject(None, country, rule)

"""Whom a number is said of: a cluster, else a country."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.context import PassageContext
from pipeline.extract.facts_topic import (
    adjectives,
    country_of,
    in_passing,
    modifies,
    of_elsewhere,
    of_its_country,
    says_the_trade,
    spoken_trade,
    topic_before,
)
from pipeline.extract.quantities_lexicon import Lexicon
from pipeline.records import Mention

_THIS_PLACE = re.compile(
    r"\bin (?:this|the|that) (?:area|region|cluster|district|valley|zone|town)\b"
)
_THE_PLACE = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Tt]hat)\s+(?:\w+\s+)?(?:clusters?|district|valley|park|zone|town|city|area|belt"
    r"|estate|place|hub|region|bay|port|village)(?:['’]s)?\b"
)
FAR_BEHIND = 60
"""A cluster named further behind a number than this is not the one that it is said of."""
_CUT = re.compile(
    r"[;]|\b(?:while|whereas|but|unlike|compared with|compared to|of which|of whom|than)\b"
)
_OWNS = re.compile(r"['’]s?\s+")


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
    for one in reversed([m for m in inside if m.kind == "COUNTRY" and m.end <= at[0]]):
        meant = of_its_country(context, one)
        if meant is not None:
            return _made(context, meant, f"{meant.kind.lower()} in the sentence")
    clusters = _speaking(context, [m for m in inside if m.kind == "CLUSTER"], at)
    before = _recent(context, sentence[0], "CLUSTER") or topic_before(context)
    home = context.paper_country or (country_of(context, before) if before else None)
    countries = [
        m
        for m in inside
        if m.kind == "COUNTRY"
        and (not modifies(context, m) or _OWNS.fullmatch(context.text[m.end : at[0]]))
        and not of_elsewhere(context, m, at, home)
    ]
    chosen = _nearest(context.text, clusters, at, sentence)
    text = context.text[sentence[0] : sentence[1]]
    back = lexicon.signs["anaphor"].search(text) is not None
    if chosen is not None and before is not None and _far_behind(context.text, chosen, at):
        chosen = None
    if chosen is not None:
        rival = _nearest(context.text, [m for m in countries if m.end <= at[0]], at, sentence)
        if rival is None or not _other_clause(context.text, chosen, rival, at):
            return _made(context, chosen, "cluster in the sentence")
    trade = spoken_trade(context, at[0])
    own_trade = trade is not None and trade.start >= sentence[0]
    meant_before = back and not clusters and _meant_before(context, sentence, text)
    if countries and (own_trade or not meant_before):
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
    return _carried(context, sentence, back, text) or _loose_country(context, inside, at, sentence)


def _speaking(
    context: PassageContext, clusters: Sequence[Mention], at: tuple[int, int]
) -> list[Mention]:
    """Leave out what stands beside another cluster: "X, with its branches into Y, has 300"."""
    if len({m.entity_id for m in clusters}) < 2:
        return list(clusters)
    kept = [
        m
        for m in clusters
        if m.end > at[0] or "," not in context.text[m.end : at[0]] or not in_passing(context, m)
    ]
    return kept or list(clusters)


def _far_behind(text: str, cluster: Mention, at: tuple[int, int]) -> bool:
    """Say whether a cluster is only named behind the number, in another clause or far off."""
    if cluster.start < at[1]:
        return False
    between = text[at[1] : cluster.start]
    return len(between) > FAR_BEHIND or _CUT.search(between) is not None


def _meant_before(context: PassageContext, sentence: tuple[int, int], text: str) -> bool:
    """Say whether words that point back can mean a cluster named before."""
    if _recent(context, sentence[0], "CLUSTER") is not None:
        return True
    return _THE_PLACE.search(text) is not None and topic_before(context) is not None


def _carried(  # noqa: PLR0911
    context: PassageContext, sentence: tuple[int, int], back: bool, text: str
) -> Subject | None:
    cluster = _recent(context, sentence[0], "CLUSTER")
    country = _spoken_of(context, sentence[0])
    trade = spoken_trade(context, sentence[0])
    if trade is not None and (
        cluster is None or says_the_trade(text) or trade.start > cluster.start
    ):
        return _made(context, trade, "country before")
    if cluster is not None and (
        country is None
        or back
        or cluster.start > country.start - 150
        or _of_no_concern(context, country, cluster)
    ):
        return _made(context, cluster, "cluster before")
    topic = None if cluster is not None else topic_before(context)
    if topic is not None:
        pointed = _THE_PLACE.search(text) is not None
        return _made(context, topic, "cluster spoken of" if pointed else "passage before")
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
        and m.surface not in adjectives()
        and not modifies(context, m)
        and context.paper_country in (None, country_of(context, m))
    ]
    if not names and len({m.entity_id for m in lands_behind}) == 1:
        return _made(context, lands_behind[0], "country behind")
    before = context.previous
    if before is not None and before.mentions:
        lands = [
            m
            for m in before.mentions
            if m.kind == "COUNTRY"
            and m.surface not in adjectives()
            and context.paper_country in (None, country_of(context, m))
        ]
        if len({m.entity_id for m in lands}) == 1:
            return _made(context, lands[0], "passage before")
    alone = _only_cluster(context)
    if alone is not None:
        return alone
    if context.paper_country:
        return Subject(None, context.paper_country, "country of the paper")
    return None


def _of_no_concern(context: PassageContext, country: Mention, cluster: Mention) -> bool:
    """Say whether a land is neither the paper's nor the cluster's: "kin who stayed in Russia"."""
    home = country_of(context, cluster)
    return home is not None and home == context.paper_country != country_of(context, country)


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
    """Return what was named last before a place; what was named in passing only for want of it."""
    found = [m for m in context.mentions if m.kind == kind and m.start < before]
    return next((m for m in reversed(found) if not in_passing(context, m)), None) or (
        found[-1] if found else None
    )


def _spoken_of(context: PassageContext, before: int) -> Mention | None:
    """Return the country named most often before a place; the first of equals."""
    counts: dict[str, int] = {}
    first: dict[str, Mention] = {}
    named = [m for m in context.mentions if m.kind == "COUNTRY" and m.start < before]
    # "An Armenian founded it" speaks of no country where another is named or the paper has one.
    places = [m for m in named if m.surface not in adjectives()]
    if not places and context.paper_country is not None:
        places = [m for m in named if country_of(context, m) == context.paper_country]
        if not places:
            return None
    for one in places or named:
        if not modifies(context, one):
            counts[one.entity_id] = counts.get(one.entity_id, 0) + 1
            first.setdefault(one.entity_id, one)
    if not counts:
        return None
    return first[max(counts, key=lambda name: counts[name])]


def _made(context: PassageContext, mention: Mention, rule: str) -> Subject:
    entity = context.entities.get(mention.entity_id)
    if mention.kind == "CLUSTER":
        return Subject(mention.entity_id, entity.country if entity else None, rule)
    country = (entity.country or entity.name) if entity else None
    return Subject(None, country, rule)

"""What a passage is about, and which places it only names in passing."""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.context import PassageContext
from pipeline.records import Mention
from pipeline.vocabulary import load_vocabulary

FAR_BACK = 3
"""So many passages back what they were about is still spoken of."""
_LIST = r"(?:[A-Z][\w'’.-]+(?:\s+[A-Z][\w'’-]+){0,2}(?:,\s+(?:and\s+)?|\s+(?:and|or)\s+))*"
_TOWARDS = re.compile(
    rf"\b(?:[Tt]o|[Ff]rom|[Ww]ith|[Bb]y|[Ii]nto)\s+(?:the\s+)?{_LIST}(?:the\s+)?$"
)
_SAYS = re.compile(r"\b(?:according|compared)\s+\w*\s*$")
_COMPARED = re.compile(
    r"\b(?:[Tt]han|[Uu]nlike|[Ll]ike)\s+(?:in\s+|that\s+of\s+|those\s+of\s+)?(?:the\s+)?$"
)
_SOMEONE = re.compile(
    r"\s+(?:\w+\s+)?(?:planters?|engineers?|missionar\w+|merchants?|immigrants?|settlers?|traders?"
    r"|entrepreneurs?|businessm[ae]n|brothers|famil(?:y|ies)|scholars?|consultants?|aid|donors?"
    r"|retailers?|partners?|contractors?|competitors?|rivals?|importers?|wholesalers?|embargo"
    r"|money|capital|label|tourists?|(?:seasonal\s+)?workers|migrants?)\b"
)
_BUYERS = re.compile(
    r"(?:['’]?s?\s+|-)(?:buyer|brand|retail|import|firm|compan|investor|owned|dollar)"
)
_TAKES = re.compile(
    rf"(?:,\s+{_LIST}|\s+and\s+)?(?:(?<=\s)[A-Z][\w'’-]+)?,?\s+"
    r"(?:(?:being|took|takes?|buys?|bought|absorb\w*)\b"
    r"|(?:as\s+)?the\s+(?:main|leading|largest|chief|biggest|first)\b)"
)
_MAKERS = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}(?:makers?|brands?|buyers?|owners?|groups?|chains?|retailers?|customers?"
    r"|capital|goods|shoes|money|label)\b"
)
_ASIDE = re.compile(
    r"\b(?:to|into|via|through|by\s+way\s+of|than|unlike|like|towards?|beyond|outside|from"
    r"|between)\s+(?:in\s+|that\s+of\s+)?(?:the\s+)?"
    rf"{_LIST}(?:the\s+)?$"
    r"|\b(?:to|from|with|by)\s+(?:\w+\s+){1,2}(?:in|of|at)\s+(?:the\s+)?$"
    r"|\b(?:counterpart|rival|competitor|neighbou?r)s?,?\s+(?:the\s+)?$"
    r"|,\s+(?:whose|where|including|next\s+to|near)\s[^,.;]{0,30}$",
    re.IGNORECASE,
)
_GOODS_FROM = re.compile(
    r"\b(?:export(?:s|ed)?|shipments?|sales|output|goods|suppl(?:y|ies))\s+from\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:^|[.;:(]\s*|,\s+(?:and|but|while|whereas)\s+)"
    r"(?:(?:[Ii]n|[Aa]t|[Aa]round|[Ff]or|[Aa]cross|[Ww]ithin)\s+)?(?:[Tt]he\s+)?$"
)
_NEXT_TO = re.compile(
    r"['’]s?\s+|(?:\s+\w+)?\s*\(|,?\s+(?:(?:had|has|have|with|at|about|some|only|just|nearly|almost|over|another)"
    r"\s+){0,2}"
)
"""What may stand between a country and its number where the verb is left out."""
_ITS_PLACE = re.compile(
    r"\s+(?:\w+\s+)?(?:cluster|district|valley|park|zone|town|city|region|place|hub)s?\b"
)
_TRADE = re.compile(
    r"(?:['’]s?)?\s+(?:[\w-]+\s+){0,3}(?:industry|sector|branch|trade|exports|output|production)\b"
)
_THE_TRADE = re.compile(r"\b(?:[Tt]he|[Tt]his)\s+(?:\w+\s+)?(?:industry|sector|branch)\b")


@cache
def adjectives() -> frozenset[str]:
    """Return the adjectives of countries: "Italian"."""
    rows = load_vocabulary().countries.countries
    return frozenset(form for row in rows for form in row.adjectives)


def country_of(context: PassageContext, mention: Mention) -> str | None:
    """Return the country that a mention names, or that its cluster lies in."""
    entity = context.entities.get(mention.entity_id)
    return (
        (entity.country or (entity.name if mention.kind == "COUNTRY" else None)) if entity else None
    )


def modifies(context: PassageContext, mention: Mention) -> bool:
    """Say whether a country only tells where buyers, goods or people come from or go.

    "Exported to Iraq, Libya and Yemen", "with Saudi Arabia the main destination", "Italian-owned".
    """
    return only_tells_whence(context.text, mention.start, mention.end)


def only_tells_whence(text: str, start: int, end: int) -> bool:
    """Say the same of the country named at `start` to `end` of a text."""
    before, after = text[max(0, start - 70) : start], text[end : end + 60]
    if _GOODS_FROM.search(before):
        return False
    if _TOWARDS.search(before) and not _SAYS.search(before[:-1].rsplit(" ", 1)[0] + " "):
        return True
    if _COMPARED.search(before) or _TAKES.match(after):
        return True
    if text[start:end] in adjectives() and _SOMEONE.match(after):
        return True
    return _BUYERS.match(after) is not None


def in_passing(context: PassageContext, mention: Mention) -> bool:
    """Say whether a cluster only stands beside the one spoken of: "flown out by way of Nairobi"."""
    before = context.text[max(0, mention.start - 70) : mention.start]
    if _GOODS_FROM.search(before):
        return False
    if _ASIDE.search(before):
        return True
    home = context.paper_country
    abroad = home is not None and country_of(context, mention) not in (home, None)
    others = any(m.kind == "CLUSTER" and country_of(context, m) == home for m in context.mentions)
    return abroad and others and _OPENS.search(before) is None


def of_elsewhere(
    context: PassageContext, mention: Mention, at: tuple[int, int], home: str | None
) -> bool:
    """Say whether a country that is not the passage's own has no claim to the number at `at`.

    It has one where it opens the clause ("Kenya had 300 farms"), owns or counts ("300 in Kenya").
    """
    if home is None or country_of(context, mention) == home:
        return False
    text = context.text
    if mention.end <= at[0] and _NEXT_TO.fullmatch(text[mention.end : at[0]]):
        return False
    if mention.start >= at[1]:
        between = text[at[1] : mention.start]
        counted = r"\s*(?:[\w'’-]+\s+){0,4}(?:in|of|at|for)\s+(?:the\s+)?"
        return re.fullmatch(counted, between) is None
    if _TRADE.match(text, mention.end):
        return False
    opens = _OPENS.search(text[max(0, mention.start - 40) : mention.start]) is not None
    maker = mention.surface in adjectives() and _MAKERS.match(text, mention.end) is not None
    return not opens or maker


def of_its_country(context: PassageContext, mention: Mention) -> Mention | None:
    """Return the cluster that "the Chilean cluster" means: the last one named in that country."""
    if mention.surface not in adjectives() or not _ITS_PLACE.match(context.text, mention.end):
        return None
    land = country_of(context, mention)
    place: PassageContext | None = context
    for _ in range(FAR_BACK):
        if place is None:
            break
        for one in reversed(place.mentions):
            before = place is not context or one.end <= mention.start
            if before and one.kind == "CLUSTER" and country_of(context, one) == land:
                return one
        place = place.previous
    return mention


def spoken_trade(context: PassageContext, before: int) -> Mention | None:
    """Return the country whose industry was named last: "the Romanian footwear industry".

    Not where its sentence speaks of a cluster first, of which it is the whole: "a third of …".
    """
    found = None
    for one in context.mentions:
        if one.kind != "COUNTRY" or one.start >= before or modifies(context, one):
            continue
        if _TRADE.match(context.text, one.end) is None:
            continue
        opening = max(context.text.rfind(mark, 0, one.start) for mark in (". ", "? ", "; "))
        if not any(m.kind == "CLUSTER" and opening < m.start < one.start for m in context.mentions):
            found = one
    return found


def says_the_trade(text: str) -> bool:
    """Say whether a sentence speaks of "the industry" or "the sector"."""
    return _THE_TRADE.search(text) is not None


def topic_before(context: PassageContext) -> Mention | None:
    """Return the cluster that the passages before were about: named most, the last of equals.

    None where the passage next before speaks of a country's industry instead.
    """
    before = context.previous
    for _ in range(FAR_BACK):
        if before is None:
            return None
        clusters = [m for m in before.mentions if m.kind == "CLUSTER"]
        named = [m for m in clusters if not in_passing(before, m)] or clusters
        if named:
            counts: dict[str, int] = {}
            for one in named:
                counts[one.entity_id] = counts.get(one.entity_id, 0) + 1
            return max(reversed(named), key=lambda one: counts[one.entity_id])
        if spoken_trade(before, len(before.text)) is not None:
            return None
        before = before.previous
    return None


__all__ = [
    "adjectives",
    "country_of",
    "in_passing",
    "modifies",
    "of_elsewhere",
    "of_its_country",
    "only_tells_whence",
    "says_the_trade",
    "spoken_trade",
    "topic_before",
]

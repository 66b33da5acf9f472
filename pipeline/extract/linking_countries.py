"""Which country a passage speaks of: for places of clusters that no list knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TypeGuard

from pipeline.extract.cluster_words import ClusterWords, Place
from pipeline.extract.facts_topic import adjectives, only_tells_whence
from pipeline.extract.quantities import find_amounts
from pipeline.extract.quantities_lexicon import load_lexicon
from pipeline.extract.tokens import Tokens, fold

NAMED, ADJECTIVE, PLACE, MONEY = 4, 2, 3, 3
"""What a country's name, its adjective, a well-known place in it and its currency count for."""
PASSED = 0.25
"""What a place counts for that goods or people only go to or come from."""
SUBJECT = 2
"""What it counts for besides that a country opens a sentence."""
_OPENS = re.compile(r"(?:^|[.;?]\s+)(?:The\s+)?$")
_BUYERS = frozenset({"US", "GB", "DE", "JP", "FR", "NL", "CN"})
"""Countries that papers on clusters anywhere name, as markets and owners."""
SURE = 0.6
"""Such a share of what is said contradicts a list of places."""
ENOUGH = 2
"""A passage that says less than this says less than others."""
MARGIN = 0.1
"""By so much of what is said must the country spoken of most lead."""
_WORLD_MONEY = frozenset({"US", "GB", "SN"})
"""Countries whose currency tells the trade of others, or is that of several (CFA francs)."""
_NOT_THERE = re.compile(
    r"\s*(?:-|\s(?:[a-z-]+\s){0,2}(?:makers?|brands?|buyers?|houses|owners?|groups?|chains?|money"
    r"|retailers?|customers?|capital|traders?|development|project|aid|embassy|language|literature"
    r"|translation|machin\w+|designers?|discounters?|orders?|demand|consumers?|chemicals?|mills?"
    r"|competition|market|imports?|goods|car|geographers?|economists?|firms?|compan\w+|ruling"
    r"|importers|Catholics|partners?|subsidiar\w+|plants|prices?|standards?)\b)"
)
_PEOPLE = re.compile(r"\s+(?:traders|merchants|buyers|investors|importers|consumers|tourists)\b")
_IN_THEIRS = re.compile(
    r"\b(?:buyers?|brokers?|agents?|customers?|importers?|clients?|consumers?|finishers?|retailers?|markets?"
    r"|partners?|competitors?|rivals?)\s+(?:\w+\s+)?(?:in|of|from)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_CHAIN = re.compile(r"(?:,\s+[A-Z]\w+)*,?\s+(?:and|or)\s+[A-Z]\w+(?=\s+[a-z])")
_LAKE = re.compile(r"\b(?:Lake|Gulf of|Sea of|Bay of)\s+$")
"""Waters are called after one of the countries round them, and lie in several."""
_SCENE = re.compile(r"\s+(?:side|shore|bank|coast|case|part|half)\b")
"""Behind an adjective: "on the Zambian shore" tells where what comes next lies."""
_SOLD_IN = re.compile(
    r"\b(?:sold|sells?|premiums?|prices?|auction\w*|fairs?|buyers?|markets?|exhibit\w*|showrooms?"
    r"|fetch\w*)\s+(?:\w+\s+)?(?:in|at|of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_GOES = re.compile(
    r"\b(?:to|from|into|via|towards?|through)\s+(?:the\s+)?"
    r"(?:[A-Z][\w'’.-]+(?:,\s+(?:and\s+)?|\s+(?:and|or)\s+))*$"
)
_DISTANCE = re.compile(r"\b(?:km|kilomet\w+|miles|hours?|minutes|far|away|road|drive)\b")
"""A place some miles or hours away lies in the same country more often than not."""
_WON = re.compile(r"(?:\d|illion|housand)\s+won\b|₩|\bKRW\b|\bKorean won\b")
"""The money; "opened in 2011 and won" is the verb."""
_REGION = re.compile(
    r",?\s+(?:(?:in|of|near|outside|(?:north|south|east|west)(?:-?(?:east|west))?\s+of)\s+)"
    r"(?:the\s+)?(?:(?:north|south|east|west|central|upper|lower)\w*\s+)?(?=[A-Z])"
)
"""From a cluster to the region or town that it lies in or by."""
NEAR = 90
"""Characters within which a country named behind a place is taken as the place's."""
ELSEWHERE = re.compile(
    r"\b(?:sold|sells?|selling|sales|export\w*|import\w*|ship(?:s|ped)|suppl(?:y|ies|ied)|buy\w*"
    r"|bought|from|to|with|by|than|like|unlike|for|while|whereas|but)\b"
)
"""Between a place and a country: the country is one of trade or comparison, not the place's."""
_ALSO_OWNED = re.compile(r"-?\s+and\s+[A-Z]\w+-")
_SPOKEN = re.compile(r"\bin\s+$")
_LANGUAGES = frozenset(
    {"English", "French", "German", "Spanish", "Portuguese", "Italian", "Chinese", "Russian"}
)


def countries_spoken_of(
    text: str, named: Sequence[tuple[int, int, str]], words: ClusterWords
) -> Counter[str]:
    """Return how strongly a passage speaks of each country, by names, places and currencies.

    Parameters
    ----------
    named : sequence of (start, end, code)
        Where countries are named. Those of buyers, owners and donors, of a market or a language
        count for nothing: an industry does not lie where its goods go.
    """
    said: Counter[str] = Counter()
    for start, end, code in named:
        if not of_others(text, start, end):
            said[code] += ADJECTIVE if text[start:end] in adjectives() else NAMED
            said[code] += SUBJECT if _OPENS.search(text[max(0, start - 12) : start]) else 0
    marks = words.mark(Tokens.of(text))
    starts, ends = marks.tokens.starts, marks.tokens.ends
    for piece in marks.countries.values():
        # "Tanzania Horticultural Association": a body called after its country works there.
        start, end = starts[piece.first], ends[piece.last - 1]
        inside = any(s < end and start < e for s, e, _ in named)
        if not inside and text[start:end] not in adjectives() and not of_others(text, start, end):
            said[str(piece.what)] += NAMED
    for piece in marks.places.values():
        place = piece.what
        start, end = starts[piece.first], ends[piece.last - 1]
        if well_known(place):
            away = _place_of_others(text, start)
            weight = PASSED if away else PLACE
            said[place.country or ""] += weight  # type: ignore[assignment]
    for code, weight in _currencies(text).items():
        said[code] += weight
    return said


def well_known(place: object) -> TypeGuard[Place]:
    """Say whether a place tells its country whatever the paper says."""
    return (
        isinstance(place, Place)
        and place.known
        and place.country is not None
        and not place.ambiguous
    )


def _place_of_others(text: str, start: int) -> bool:
    """Say whether goods or people only go to a place, or are sold there: "a fair in Hamburg"."""
    before = text[max(0, start - 60) : start]
    if _SOLD_IN.search(before):
        return True
    return _GOES.search(before) is not None and _DISTANCE.search(before) is None


def country_beside(
    text: str, start: int, end: int, named: Sequence[tuple[int, int, str]], words: ClusterWords
) -> str | None:
    """Return the country said to be a cluster's: named behind it, by a region, or as the scene."""
    for first, last, code in sorted(named):
        between = text[end:first]
        if (
            0 <= first - end <= NEAR
            and not set(between) & set(".;:")
            and not ELSEWHERE.search(between)
            and not of_others(text, first, last)
        ):
            return code
    return _region_behind(text, end, words) or scene_of(text, start, named)


def _region_behind(text: str, end: int, words: ClusterWords) -> str | None:
    """Return the country of a well-known place right behind: "of northern Karnataka"."""
    behind = _REGION.match(text, end)
    if behind is None:
        return None
    piece = words.mark(Tokens.of(text[behind.end() :][:NEAR])).place_starts.get(0)
    return piece.what.country if piece is not None and well_known(piece.what) else None


def scene_of(text: str, before: int, named: Sequence[tuple[int, int, str]]) -> str | None:
    """Return the country of the scene set last: "on the Zambian shore", "the German case".

    None where another country that is no buyer's or owner's was named since.
    """
    for start, end, code in sorted(named, reverse=True):
        if end > before or only_tells_whence(text, start, end):
            continue
        if text[start:end] in adjectives() and _SCENE.match(text, end):
            return code
        if not of_others(text, start, end):
            return None
    return None


def _currencies(text: str) -> Counter[str]:
    """Return the countries whose money a passage reckons in; "rupees" speak for several."""
    said: Counter[str] = Counter()
    lexicon = load_lexicon()
    for unit in {one.unit for one in find_amounts(fold(text), lexicon, ()) if one.unit}:
        own = lexicon.units.get(unit)
        verb = unit == "KRW" and _WON.search(text) is None
        money = own is not None and own.kind == "currency" and not verb
        if own is not None and money and own.country not in _WORLD_MONEY:
            said[own.country or ""] = MONEY
        shared = lexicon.ambiguous.get(unit[1:]) if unit.startswith("?") else None
        for name in shared.candidates if shared is not None and shared.form != "$" else ():
            land = lexicon.units[name].country if name in lexicon.units else None
            if land is not None and land not in _WORLD_MONEY:
                said[land] = max(said[land], 2 if shared and name == shared.default else 1)
    said.pop("", None)
    return said


def one_of(passage: Counter[str], paper: Counter[str]) -> str | None:
    """Return the country that passage and paper together speak of; None where two are alike."""
    shares: Counter[str] = Counter()
    for said in (passage, paper):
        for code, weight in said.items():
            shares[code] += weight / max(ENOUGH, sum(said.values()))  # type: ignore[assignment]
    best = shares.most_common(2)
    if not best or (len(best) > 1 and best[0][1] - best[1][1] < MARGIN):
        return None
    return best[0][0]


def contradicts(listed: str, own: int, paper: Counter[str]) -> str | None:
    """Return the country that speaks against the listed one: "Ilam", in a paper on Nepal.

    Only where nothing but the place itself (named `own` times in the paper) speaks for the
    listed country.
    """
    if paper[listed] > own * PLACE:
        return None
    others = Counter({code: weight for code, weight in paper.items() if code != listed})
    best, weight = max(others.items(), key=lambda one: one[1], default=("", 0))
    sure = weight >= NAMED and weight >= SURE * sum(others.values())
    return best if sure and best not in _BUYERS else None


def of_others(text: str, start: int, end: int) -> bool:
    """Say whether a country is that of buyers, owners, donors, or only a language."""
    if only_tells_whence(text, start, end) or _LAKE.search(text[max(0, start - 8) : start]):
        return True
    surface, after = text[start:end], text[_past_others(text, end) : end + 80]
    if _IN_THEIRS.search(text[max(0, start - 40) : start]):
        return True
    if surface not in adjectives():
        return _PEOPLE.match(after) is not None
    if surface in _LANGUAGES and _SPOKEN.search(text[max(0, start - 4) : start]):
        return re.match(r"\s*[.,;)]|\s+(?:and|or|is|was)\b", after) is not None
    return _NOT_THERE.match(after) is not None or _ALSO_OWNED.match(text, end) is not None


def _past_others(text: str, end: int) -> int:
    """Return where "Polish and Czech importers" goes on behind the adjectives."""
    chain = _CHAIN.match(text, end)
    return chain.end() if chain is not None else end


__all__ = [
    "MONEY",
    "contradicts",
    "countries_spoken_of",
    "country_beside",
    "of_others",
    "one_of",
    "scene_of",
    "well_known",
]

"""Which country a passage speaks of: for places of clusters that no list knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.extract.cluster_words import ClusterWords, Place
from pipeline.extract.facts_topic import adjectives, only_tells_whence
from pipeline.extract.quantities import find_amounts
from pipeline.extract.quantities_lexicon import load_lexicon
from pipeline.extract.tokens import Tokens, fold

NAMED, ADJECTIVE, PLACE, MONEY = 4, 2, 3, 3
"""What a country's name, its adjective, a well-known place in it and its currency count for."""
SUBJECT = 2
"""What it counts for besides that a country opens a sentence."""
_OPENS = re.compile(r"(?:^|[.;?]\s+)(?:The\s+)?$")
MARGIN = 0.1
"""By so much of what is said must the country spoken of most lead."""
_WORLD_MONEY = frozenset({"US", "GB", "SN"})
"""Countries whose currency tells the trade of others, or is that of several (CFA francs)."""
_NOT_THERE = re.compile(
    r"\s*(?:-|\s(?:[a-z-]+\s){0,2}(?:makers?|brands?|buyers?|houses|owners?|groups?|chains?|money"
    r"|retailers?|customers?|capital|traders?|development|project|aid|embassy|language|literature"
    r"|translation|machin\w+|designers?|discounters?|orders?|demand|consumers?|chemicals?|mills?"
    r"|competition|market|imports?|goods|car|geographers?|economists?|firms?|compan\w+|ruling"
    r"|importers|Catholics|partners?|subsidiar\w+|plants)\b)"
)
_PEOPLE = re.compile(r"\s+(?:traders|merchants|buyers|investors|importers|consumers|tourists)\b")
_IN_THEIRS = re.compile(
    r"\b(?:buyers?|customers?|importers?|clients?|consumers?|finishers?|retailers?|markets?"
    r"|partners?|competitors?|rivals?)\s+(?:\w+\s+)?(?:in|of|from)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_CHAIN = re.compile(r"(?:,\s+[A-Z]\w+)*,?\s+(?:and|or)\s+[A-Z]\w+(?=\s+[a-z])")
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
    for piece in words.mark(Tokens.of(text)).places.values():
        place = piece.what
        if isinstance(place, Place) and place.known and place.country and not place.ambiguous:
            said[place.country] += PLACE
    for code, weight in _currencies(text).items():
        said[code] += weight
    return said


def _currencies(text: str) -> Counter[str]:
    """Return the countries whose money a passage reckons in; "rupees" speak for several."""
    said: Counter[str] = Counter()
    lexicon = load_lexicon()
    for unit in {one.unit for one in find_amounts(fold(text), lexicon, ()) if one.unit}:
        own = lexicon.units.get(unit)
        if own is not None and own.kind == "currency" and own.country not in _WORLD_MONEY:
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
            shares[code] += weight / sum(said.values())  # type: ignore[assignment]
    best = shares.most_common(2)
    if not best or (len(best) > 1 and best[0][1] - best[1][1] < MARGIN):
        return None
    return best[0][0]


def of_others(text: str, start: int, end: int) -> bool:
    """Say whether a country is that of buyers, owners, donors, or only a language."""
    if only_tells_whence(text, start, end):
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


__all__ = ["ELSEWHERE", "countries_spoken_of", "of_others", "one_of"]

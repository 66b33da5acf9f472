"""Clusters beyond the vocabulary: built from place, trade and a noun such as cluster or district.

Follows ruling 13 of the codebook: the shortest unbroken span that holds the place and trade words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.candidates import Candidate
from pipeline.extract.cluster_sides import Left, Sides
from pipeline.extract.cluster_words import ClusterWords, Marks, Piece, Place
from pipeline.extract.tokens import fold
from pipeline.vocabulary import SectorRow, Vocabulary

_ZONES = frozenset({"zone", "zones", "park", "estate"})
# Other nouns are words of administration or landscape too: they need a trade beside them.
_PLAIN_NOUNS = frozenset({"cluster", "clusters"})


class ClusterFinder:
    """Finds names of clusters and of parks and zones."""

    def __init__(self, vocabulary: Vocabulary, words: ClusterWords) -> None:
        self._words = words
        self._sides = Sides(words)
        heads = sorted(vocabulary.shapes.zone_heads, key=len, reverse=True)
        cap = r"(?!(?:The|This|In|Of|And|An?|Each|Every|Many|All|For|At|By|Under)\b)[A-Z][\w'.-]*"
        head = "|".join(re.escape(fold(h)) for h in heads)
        self._zone = re.compile(
            rf"(?<![\w-])(?P<name>{cap}(?:\s(?:(?:of|de|del|do|da|and|&)\s)?{cap}){{0,4}}?)\s"
            rf"(?P<head>{head})(?!\w)(?:\s(?:of|in|at)\s(?P<of>{cap}(?:\s{cap}){{0,2}}))?"
        )
        self._zone_of = re.compile(
            rf"(?<!\w)(?P<head>{head})\s(?:of|in|at)\s(?P<name>{cap}(?:[\s-]{cap}){{0,2}})"
        )

    def find(self, marks: Marks) -> Iterator[Candidate]:
        """Yield candidates; bare places that a coordination names too."""
        yield from self._zones(marks)
        for noun in marks.nouns:
            found = self._around(marks, noun, industry=False)
            if marks.tokens.small[noun.last - 1] in _ZONES:
                found = (_as_zone(one, marks.tokens.text) for one in found)
            yield from found
        for noun in marks.industry_nouns:
            yield from self._around(marks, noun, industry=True)

    def _zones(self, marks: Marks) -> Iterator[Candidate]:
        tokens = marks.tokens
        for match in self._zone.finditer(tokens.folded):
            name = match.group("name").split()
            while name and name[0] in self._words.never_first:
                name = name[1:]
            if not name or all(word in self._words.never_places for word in name):
                continue
            # A country alone before the head: zones of a whole country, in the plural.
            end = match.end("head")
            start = match.end("name") - len(" ".join(name))
            country = self._words.countries.get(" ".join(name))
            plural = match.group("head").endswith("s")
            sure = 0.6 if country and plural else 0.4 if country else 0.85
            place = self._words.place_named(" ".join(name))
            yield Candidate(
                "CLUSTER", start, end, "rule:zone name", sure,
                place=place.name if place else " ".join(name),
                country=country[0] if country else place.country if place else None,
                name=tokens.text[start:end], reason="name of a park or zone",
            )  # fmt: skip
        for match in self._zone_of.finditer(tokens.folded):
            place = self._words.place_named(match.group("name"))
            if place is not None:
                yield Candidate(
                    "CLUSTER", match.start(), match.end(), "rule:zone name", 0.75,
                    place=place.name, country=place.country,
                    name=tokens.text[match.start() : match.end()],
                    reason="park or zone of a place",
                )  # fmt: skip

    def _around(self, marks: Marks, noun: Piece, *, industry: bool) -> Iterator[Candidate]:
        word = marks.tokens.small[noun.last - 1]
        left = self._sides.left(marks, noun.first, singular=word in ("cluster", "district"))
        plain_noun = word in _PLAIN_NOUNS or noun.last - noun.first > 1
        if left.place is not None and (left.trade is not None or plain_noun):
            yield from self._placed(marks, noun, left, industry=industry)
            return
        right = self._sides.right(marks, noun.last)
        if right is not None and (left.trade is not None or (plain_noun and not industry)):
            first = left.country.first if left.country else self._trade_first(left, noun)
            unknown = not right[0].known
            if unknown and (industry or (left.trade is None and word != "cluster")):
                return
            sure = 0.85 if left.trade is not None else 0.7
            yield self._make(
                marks,
                first,
                right[1].last,
                right[0],
                left,
                sure - (0.15 if unknown else 0),
                "trade, noun and place",
            )
            return
        if left.country is not None and not industry:
            yield from self._national(marks, noun, left, plain_noun=plain_noun)
            return
        if left.trade is not None and not industry:
            yield from self._of_country(marks, noun, left)
            yield from self._definite(marks, noun, left)

    def _trade_first(self, left: Left, noun: Piece) -> int:
        return left.trade.first if left.trade is not None else noun.first

    def _placed(
        self, marks: Marks, noun: Piece, left: Left, *, industry: bool
    ) -> Iterator[Candidate]:
        piece = left.place
        assert piece is not None
        place = piece.what
        assert isinstance(place, Place)
        trade = left.trade
        sure = 0.9 if trade is not None else 0.75 if place.known else 0.6
        if not place.known:
            sure -= 0.1
            if industry:
                sure -= 0.2
        if industry and trade is None:
            return
        if left.place_only is not None:
            # "Jalandhar (India) football clusters": the bracket breaks the span, the place stands.
            yield self._bare(marks, piece, left, 0.75 if not industry else 0.5)
        else:
            yield self._make(marks, piece.first, noun.last, place, left, sure, "place and noun")
        if marks.tokens.small[noun.last - 1].endswith("s") or not industry:
            yield from self._joined(marks, piece, left)

    def _joined(self, marks: Marks, piece: Piece, left: Left) -> Iterator[Candidate]:
        """Yield the places that share the noun: ``Sialkot and Jalandhar football clusters``."""
        small = marks.tokens.small
        at = piece.first
        for _ in range(6):
            if at < 2 or small[at - 1] not in ("and", ",", "or", "&"):
                return
            at -= 2 if small[at - 1] in ("and", "or") and small[at - 2] == "," else 1
            before = self._sides.place_before(marks, at)
            if before is None:
                return
            what = before[0].what
            assert isinstance(what, Place)
            if not what.known:
                return
            yield self._bare(marks, before[0], left, 0.75)
            at = before[0].first

    def _national(
        self, marks: Marks, noun: Piece, left: Left, *, plain_noun: bool
    ) -> Iterator[Candidate]:
        country = left.country
        assert country is not None
        code = str(country.what)
        phrase = " ".join(marks.tokens.small[noun.first : noun.last])
        if left.trade is not None:
            plural = phrase.endswith("s")
            sure = 0.8 if plain_noun else 0.65 if phrase.startswith("district") else 0.3
            reason = f"{'clusters' if plural else 'cluster'} of a country in one trade"
        elif phrase in ("industrial districts", "industrial clusters"):
            sure, reason = 0.7, "districts of a whole country"
        else:
            return
        yield self._make(
            marks, country.first, noun.last, Place(_country_name(marks, country), code), left,
            sure, reason,
        )  # fmt: skip

    def _of_country(self, marks: Marks, noun: Piece, left: Left) -> Iterator[Candidate]:
        """Yield ``footwear clusters in Brazil``."""
        small, at = marks.tokens.small, noun.last
        if at + 1 >= len(small) or small[at] not in ("in", "of"):
            return
        found = next(
            (p for p in marks.countries.values() if p.first == at + 1 + (small[at + 1] == "the")),
            None,
        )
        if found is not None:
            place = Place(_country_name(marks, found), str(found.what))
            yield self._make(
                marks, self._trade_first(left, noun), found.last, place, left, 0.6,
                "clusters of a country in one trade",
            )  # fmt: skip

    def _definite(self, marks: Marks, noun: Piece, left: Left) -> Iterator[Candidate]:
        """Yield ``the football cluster``, unsure until the text is known to have one."""
        small, first = marks.tokens.small, self._trade_first(left, noun)
        at = first
        while at > 0 and small[at - 1] in self._words.soft_words:
            at -= 1
        if "local" in small[at:first] or "regional" in small[at:first]:
            return
        sector = left.trade.what if left.trade is not None else None
        singular = not small[noun.last - 1].endswith("s")
        if (
            at > 0 and singular and isinstance(sector, SectorRow)
            and small[at - 1] in ("the", "this", "its", "their", "our", "that")
        ):  # fmt: skip
            tokens = marks.tokens
            yield Candidate(
                "CLUSTER", tokens.starts[first], tokens.ends[noun.last - 1], "rule:trade", 0.3,
                sector=sector.sector,
            )  # fmt: skip

    def _bare(self, marks: Marks, piece: Piece, left: Left, sure: float) -> Candidate:
        place = piece.what
        assert isinstance(place, Place)
        return self._make(
            marks,
            piece.first,
            piece.last,
            place,
            left,
            sure,
            "place of a cluster",
            method="rule:place",
        )

    def _make(
        self, marks: Marks, first: int, last: int, place: Place, left: Left, sure: float,
        reason: str, method: str = "rule:cluster",
    ) -> Candidate:  # fmt: skip
        tokens = marks.tokens
        what = left.trade.what if left.trade is not None else None
        sector = what if isinstance(what, SectorRow | str) else None
        if left.country is not None and place.country is None:
            place = Place(place.name, str(left.country.what), known=place.known)
        return Candidate(
            "CLUSTER", tokens.starts[first], tokens.ends[last - 1], method, sure,
            country=place.country, place=place.name,
            sector=sector.sector if isinstance(sector, SectorRow) else sector, reason=reason,
        )  # fmt: skip


def _as_zone(one: Candidate, text: str) -> Candidate:
    """A zone is called by its own words and says nothing of the place's clusters."""
    name = text[one.start : one.end] if one.sector is None else one.name
    return replace(one, method="rule:zone name", name=name)


def _country_name(marks: Marks, piece: Piece) -> str:
    tokens = marks.tokens
    return tokens.text[tokens.starts[piece.first] : tokens.ends[piece.last - 1]]

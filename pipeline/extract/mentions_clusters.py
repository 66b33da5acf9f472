"""Clusters beyond the vocabulary: built from place, trade and a noun such as cluster or district.

Follows ruling 13 of the codebook: the shortest unbroken span that holds the place and trade words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract.candidates import Candidate
from pipeline.extract.cluster_words import ClusterWords, Marks, Piece, Place
from pipeline.extract.tokens import Tokens, fold
from pipeline.vocabulary import SectorRow, Vocabulary

_TO_PLACE = frozenset({"in", "of", "at", "around", "near", "from", "within", "based", "located"})
_STATE = frozenset({"state", "city", "town", "region", "province", "district", "valley", "area"})
# Nouns that are also words of administration or landscape: only with a trade beside them.
_PLAIN_NOUNS = frozenset({"cluster", "clusters"})
_SOFT = frozenset(
    "local leading small large export oriented scale informal traditional domestic famous famed "
    "vibrant main major global indigenous competitive dynamic rural urban modern old emerging "
    "growing well known important regional".split()
)


@dataclass(frozen=True, slots=True)
class Left:
    """What stands before the noun: where it begins, place, country, trade."""

    first: int
    trade: Piece | None = None
    place: Piece | None = None
    country: Piece | None = None
    place_only: int | None = None


class ClusterFinder:
    """Finds names of clusters and of parks and zones."""

    def __init__(self, vocabulary: Vocabulary, words: ClusterWords) -> None:
        self._words = words
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
            yield from self._around(marks, noun, industry=False)
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
        left = self._left(marks, noun.first)
        word = marks.tokens.small[noun.last - 1]
        plain_noun = word in _PLAIN_NOUNS or noun.last - noun.first > 1
        if left.place is not None and (left.trade is not None or plain_noun):
            yield from self._placed(marks, noun, left, industry=industry)
            return
        right = self._right(marks, noun.last)
        if right is not None and (left.trade is not None or (plain_noun and not industry)):
            first = left.country.first if left.country else self._trade_first(left, noun)
            unknown = not right[0].known
            if unknown and (industry or (left.trade is None and word != "cluster")):
                return
            sure = 0.85 if left.trade is not None else 0.7
            yield self._make(marks, first, right[1].last, right[0], left,
                             sure - (0.15 if unknown else 0), "trade, noun and place")
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
            before = self._place_before(marks, at)
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
        while at > 0 and small[at - 1] in _SOFT | {"broad", "whole", "entire", "wider", "same"}:
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

    def _left(self, marks: Marks, at: int) -> Left:
        """Walk left from the noun over tails, trade, soft words, to a place or country."""
        small = marks.tokens.small
        trade: Piece | None = None
        first = at
        for _ in range(6):
            if trade_here := marks.trades.get(first):
                word = " ".join(small[trade_here.first : trade_here.last])
                if word not in ("development", "innovation"):
                    trade = trade_here
                    first = trade_here.first
                    continue
            if tail := marks.tails.get(first):
                first = tail.first
                continue
            if first > 0 and small[first - 1] in ("-", "/", "&") and trade is not None:
                if marks.places.get(first - 1) is None or small[first - 1] != "-":
                    first -= 1
                    continue
                break
            if first > 1 and small[first - 1] in ("and", ",") and marks.trades.get(first - 1):
                first -= 1
                continue
            break
        soft = first
        for _ in range(3):
            found = self._place_before(marks, soft)
            if found is not None:
                piece, broken = found
                return Left(piece.first, trade, place=piece,
                            place_only=piece.first if broken else None)
            country = self._country_before(marks, soft)
            if country is not None:
                return Left(country.first, trade, country=country)
            if soft > 0 and (small[soft - 1] in _SOFT or small[soft - 1] == "-"):
                soft -= 1
                continue
            break
        return Left(first if trade is None else trade.first, trade)

    def _country_before(self, marks: Marks, at: int) -> Piece | None:
        small = marks.tokens.small
        if at > 2 and small[at - 1] == "s" and small[at - 2] == "'":
            at -= 2
        piece = marks.countries.get(at)
        if piece is None:
            return None
        # "north-Mexican automotive cluster": the direction belongs to the span.
        first = piece.first
        if first > 1 and small[first - 1] == "-" and small[first - 2] in (
            "north", "south", "east", "west", "northern", "southern", "eastern", "western",
        ):  # fmt: skip
            first -= 2
        return Piece(first, piece.last, piece.what)

    def _place_before(self, marks: Marks, at: int) -> tuple[Piece, bool] | None:
        """Return the place that ends before word `at`, and whether a bracket stands between."""
        small = marks.tokens.small
        broken = False
        if at > 2 and small[at - 1] == "s" and small[at - 2] == "'":
            at -= 2
        if at > 3 and small[at - 1] == ")":
            opening = next((k for k in range(at - 2, max(-1, at - 6), -1) if small[k] == "("), None)
            if opening is None or marks.countries.get(at - 1) is None:
                return None
            at, broken = opening, True
        if at > 1 and small[at - 1] in self._words.place_words:
            piece = marks.places.get(at - 1)
            if piece is not None:
                return Piece(piece.first, at, piece.what), broken
        piece = marks.places.get(at)
        if piece is None:
            piece = self._unknown_before(marks, at)
        if piece is None:
            return None
        # Double names: Saltillo-Ramos Arizpe, Petrolina - Juazeiro.
        if (
            piece.first > 1
            and small[piece.first - 1] in ("-", "/")
            and _double_sign(marks.tokens, piece.first - 1)
        ):
            other = marks.places.get(piece.first - 1) or self._unknown_before(marks, piece.first - 1)
            if other is not None and (_known(other) or _known(piece)):
                piece = self._double(marks.tokens, other, piece)
        return piece, broken

    def _double(self, tokens: Tokens, one: Piece, two: Piece) -> Piece:
        surface = tokens.text[tokens.starts[one.first] : tokens.ends[two.last - 1]]
        known = self._words.place_named(surface)
        a, b = one.what, two.what
        assert isinstance(a, Place)
        assert isinstance(b, Place)
        name = re.sub(r"\s*[-–—‐‑/]\s*", "-", surface)
        place = known or Place(name, a.country or b.country, known=a.known or b.known,
                               clusters=a.clusters)
        return Piece(one.first, two.last, place)

    def _unknown_before(self, marks: Marks, at: int) -> Piece | None:
        """Take up to three capitalised words as a place that no list knows."""
        tokens = marks.tokens
        first = at
        while first > 0 and at - first < 3 and self._may_be_place(tokens, first - 1):
            if marks.countries.get(first) is not None:
                break
            first -= 1
        if first == at:
            return None
        if first == 0 or tokens.words[first - 1] in ".:!?\"":
            # The capital of a sentence's first word says nothing.
            return None
        name = tokens.text[tokens.starts[first] : tokens.ends[at - 1]]
        return Piece(first, at, Place(name, None, known=False))

    def _may_be_place(self, tokens: Tokens, i: int) -> bool:
        word = tokens.words[i]
        return (
            word[0].isupper()
            and len(word) > 2
            and word[1:].islower()
            and word not in self._words.never_places
            and word not in self._words.never_first
            and self._words.trades.longest_at([word.lower()], 0) is None
        )

    def _right(self, marks: Marks, at: int) -> tuple[Place, Piece] | None:
        """Return the place that follows the noun, with where it ends."""
        tokens = marks.tokens
        small, n = tokens.small, len(tokens.small)
        linked = False
        while at < n and small[at] in _TO_PLACE:
            at, linked = at + 1, True
        if at < n and small[at] == "the":
            at += 1
        # "in the Indian state of Tamil Nadu", "in Pakistan's Sialkot"
        ahead = at
        country = next((p for p in marks.countries.values() if p.first == at), None)
        if country is not None:
            ahead = country.last
            if small[ahead : ahead + 2] == ["'", "s"]:
                ahead += 2
        if ahead < n and small[ahead] in _STATE and small[ahead + 1 : ahead + 2] == ["of"]:
            ahead += 2
        if country is not None and ahead == country.last:
            ahead = at  # a country alone is no place below it
        piece = marks.place_starts.get(ahead)
        if piece is None and linked:
            piece = self._unknown_after(marks, ahead)
        if piece is None or not (linked or self._follows(piece)):
            return None
        place = piece.what
        assert isinstance(place, Place)
        last = piece.last
        if last + 1 < n and small[last] in ("-", "/") and _double_sign(tokens, last):
            other = marks.place_starts.get(last + 1) or self._unknown_after(marks, last + 1)
            if other is not None:
                double = self._double(tokens, piece, other)
                assert isinstance(double.what, Place)
                place, last = double.what, double.last
        if last < n and small[last] in self._words.place_words and small[at - 1] == "the":
            last += 1
        return place, Piece(at, last, place)

    def _follows(self, piece: Piece) -> bool:
        return isinstance(piece.what, Place) and piece.what.known and not piece.what.ambiguous

    def _unknown_after(self, marks: Marks, at: int) -> Piece | None:
        tokens = marks.tokens
        last = at
        while last < len(tokens.words) and last - at < 3 and self._may_be_place(tokens, last):
            last += 1
        if last == at or any(p.first == at for p in marks.countries.values()):
            return None
        name = tokens.text[tokens.starts[at] : tokens.ends[last - 1]]
        return Piece(at, last, Place(name, None, known=False))

    def _bare(self, marks: Marks, piece: Piece, left: Left, sure: float) -> Candidate:
        place = piece.what
        assert isinstance(place, Place)
        return self._make(marks, piece.first, piece.last, place, left, sure, "place of a cluster",
                          method="rule:place")

    def _make(
        self, marks: Marks, first: int, last: int, place: Place, left: Left, sure: float,
        reason: str, method: str = "rule:cluster",
    ) -> Candidate:  # fmt: skip
        tokens = marks.tokens
        sector = left.trade.what if left.trade is not None else None
        if left.country is not None and place.country is None:
            place = Place(place.name, str(left.country.what), known=place.known)
        return Candidate(
            "CLUSTER", tokens.starts[first], tokens.ends[last - 1], method, sure,
            country=place.country, place=place.name,
            sector=sector.sector if isinstance(sector, SectorRow) else None, reason=reason,
        )  # fmt: skip


def _double_sign(tokens: Tokens, i: int) -> bool:
    """Whether a dash joins two names: blanks on both sides or on none."""
    before = tokens.starts[i] > tokens.ends[i - 1]
    after = tokens.starts[i + 1] > tokens.ends[i]
    return before == after


def _known(piece: Piece) -> bool:
    return isinstance(piece.what, Place) and piece.what.known


def _country_name(marks: Marks, piece: Piece) -> str:
    tokens = marks.tokens
    return tokens.text[tokens.starts[piece.first] : tokens.ends[piece.last - 1]]

"""What stands on either side of a cluster noun: trade, place, country."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.cluster_words import ClusterWords, Marks, Piece, Place
from pipeline.extract.tokens import Tokens

_TO_PLACE = frozenset({"in", "of", "at", "around", "near", "from", "within", "based", "located"})
_STATE = frozenset({"state", "city", "town", "region", "province", "district", "valley", "area"})


@dataclass(frozen=True, slots=True)
class Left:
    """What stands before the noun: where it begins, place, country, trade."""

    first: int
    trade: Piece | None = None
    place: Piece | None = None
    country: Piece | None = None
    place_only: int | None = None


class Sides:
    """Walks left and right from a cluster noun over the words of a passage."""

    def __init__(self, words: ClusterWords) -> None:
        self._words = words

    def left(self, marks: Marks, at: int, *, singular: bool = False) -> Left:
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
            found = self.place_before(marks, soft)
            if found is not None:
                piece, broken = found
                return Left(
                    piece.first, trade, place=piece, place_only=piece.first if broken else None
                )
            country = self._country_before(marks, soft)
            if country is not None:
                return Left(country.first, trade, country=country)
            if soft > 0 and (small[soft - 1] in self._words.soft_words or small[soft - 1] == "-"):
                soft -= 1
                continue
            break
        unlisted = self._unlisted(marks, first, at) if singular else None
        return unlisted or Left(first if trade is None else trade.first, trade)

    def _unlisted(self, marks: Marks, at: int, noun: int) -> Left | None:
        """Walk on over small words that no list of trades knows: ``Kisii soapstone cluster``."""
        tokens = marks.tokens
        for first in range(at - 1, max(-1, at - 5), -1):
            word = tokens.words[first]
            if word not in "-'" and (not word.islower() or word in self._words.never_trades):
                return None
            found = self.place_before(marks, first)
            if found is not None:
                piece, broken = found
                phrase = tokens.text[tokens.starts[first] : tokens.ends[noun - 1]].strip("-' ")
                if broken or len(phrase) < 3 or word in "-'":
                    return None
                return Left(piece.first, Piece(first, noun, phrase), place=piece)
        return None

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

    def place_before(self, marks: Marks, at: int) -> tuple[Piece, bool] | None:
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
        piece = self._unknown_before(marks, at) if piece is None else self._longer(marks, piece)
        if piece is None:
            return None
        # Double names: Saltillo-Ramos Arizpe, Petrolina - Juazeiro.
        if (
            piece.first > 1
            and small[piece.first - 1] in ("-", "/")
            and _double_sign(marks.tokens, piece.first - 1)
        ):
            at = piece.first - 1
            other = marks.places.get(at) or self._unknown_before(marks, at)
            if other is not None and (
                _known(other)
                or _known(piece)
                or marks.tokens.starts[at] == marks.tokens.ends[at - 1]
            ):
                piece = self._double(marks.tokens, other, piece)
        return piece, broken

    def _double(self, tokens: Tokens, one: Piece, two: Piece) -> Piece:
        surface = tokens.text[tokens.starts[one.first] : tokens.ends[two.last - 1]]
        known = self._words.place_named(surface)
        a, b = one.what, two.what
        assert isinstance(a, Place)
        assert isinstance(b, Place)
        name = re.sub(r"\s*[-–—‐‑/]\s*", "-", surface)
        place = known or Place(
            name, a.country or b.country, known=a.known or b.known, clusters=a.clusters
        )
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
        first = self._linked(tokens, first)
        if first == 0 or tokens.words[first - 1] in '.:!?"':
            # The capital of a sentence's first word says nothing.
            return None
        name = tokens.text[tokens.starts[first] : tokens.ends[at - 1]]
        return Piece(first, at, Place(name, None, known=False))

    def _longer(self, marks: Marks, piece: Piece) -> Piece:
        """Return a known place with the capitals before it: "Villa Guerrero" is not Guerrero."""
        before = self._unknown_before(marks, piece.first)
        if before is None or before.last - before.first > 1:
            return piece
        tokens = marks.tokens
        name = tokens.text[tokens.starts[before.first] : tokens.ends[piece.last - 1]]
        return Piece(before.first, piece.last, Place(name, None, known=False))

    def _linked(self, tokens: Tokens, first: int) -> int:
        """Take in what goes before a small word of Romance names: ``Vale do Sousa``."""
        links = ("do", "de", "del", "da", "dos", "das", "di")
        if first > 1 and tokens.words[first - 1] in links and self._may_be_place(tokens, first - 2):
            return first - 2
        return first

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

    def right(self, marks: Marks, at: int) -> tuple[Place, Piece] | None:
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


def _double_sign(tokens: Tokens, i: int) -> bool:
    """Whether a dash joins two names: blanks on both sides or on none."""
    before = tokens.starts[i] > tokens.ends[i - 1]
    after = tokens.starts[i + 1] > tokens.ends[i]
    return before == after


def _known(piece: Piece) -> bool:
    return isinstance(piece.what, Place) and piece.what.known

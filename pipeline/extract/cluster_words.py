"""Places, trades and cluster words of a passage: the material of cluster names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.phrases import PhraseIndex
from pipeline.extract.tokens import Tokens, fold, plain, split_words
from pipeline.vocabulary import ClusterRow, SectorRow, Vocabulary


@dataclass(frozen=True, slots=True)
class Place:
    """A place below the country; `clusters` are the known clusters there."""

    name: str
    country: str | None
    ambiguous: bool = False
    clusters: tuple[ClusterRow, ...] = ()
    known: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words (first, past last) that is a place, a trade, a country or a noun."""

    first: int
    last: int
    what: object


class ClusterWords:
    """Marks places, trades, countries and cluster nouns in a passage."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        shapes = vocabulary.shapes
        self.places: PhraseIndex[Place] = PhraseIndex()
        self._by_key: dict[str, Place] = {}
        self._trades: dict[str, str] = {}
        self._add_places(vocabulary)
        self.trades: PhraseIndex[SectorRow] = PhraseIndex(fold_case=True)
        for row in vocabulary.sectors.sectors:
            for word in row.words:
                # "toy industry" is the trade "toy" and the noun "industry".
                if not word.endswith((" industry", " industries")):
                    self.trades.add(word, row)
        for row in vocabulary.sectors.sectors:
            for word in row.words:
                single = word[:-1]
                plural = word.endswith("s") and not word.endswith(("ss", "ics", "us"))
                if plural and len(word) > 5 and not self.trades.get(single):
                    self.trades.add(single, row)
        self.needs_company = frozenset(vocabulary.sectors.needs_company)
        self.countries: PhraseIndex[str] = PhraseIndex()
        for country in vocabulary.countries.countries:
            for form in (country.name, *country.aliases, *country.adjectives):
                self.countries.add(form, country.code)
        self.nouns = _index(shapes.cluster_nouns)
        self.industry_nouns = _index(shapes.industry_nouns)
        self.tails = _index(shapes.trade_tails)
        self.place_words = frozenset(shapes.place_words)
        self.never_trades = frozenset(shapes.never_trades)
        self.soft_words = frozenset(shapes.soft_words)
        self.makers = frozenset(shapes.makers)
        self.never_places = frozenset(fold(word) for word in shapes.never_places)
        self.never_first = frozenset(shapes.never_first)

    def _add_places(self, vocabulary: Vocabulary) -> None:
        clusters: dict[str, list[ClusterRow]] = {}
        forms: dict[str, set[str]] = {}
        country: dict[str, str] = {}
        doubtful: set[str] = set()
        countries = {plain(row.name) for row in vocabulary.countries.countries}
        for row in vocabulary.clusters:
            if plain(row.place) in countries:
                continue
            clusters.setdefault(row.place, []).append(row)
            forms.setdefault(row.place, set()).update((row.place, *row.place_variants))
            country.setdefault(row.place, row.country)
            if row.ambiguous:
                doubtful.add(row.place)
        for place in vocabulary.places:
            forms.setdefault(place.name, set()).update((place.name, *place.variants))
            country.setdefault(place.name, place.country)
            if place.ambiguous:
                doubtful.add(place.name)
        for name, spellings in forms.items():
            one = Place(name, country[name], name in doubtful, tuple(clusters.get(name, ())))
            for form in spellings:
                self.places.add(form, one)
                self._by_key.setdefault(plain(form), one)

    def place_named(self, surface: str) -> Place | None:
        """Return the place of a surface, whatever its accents and dashes."""
        return self._by_key.get(plain(surface))

    def places_known(self) -> dict[str, Place]:
        """Return all spellings of places under their plain keys."""
        return self._by_key

    def trade_of(self, row: ClusterRow) -> str:
        """Return the canonical trade of a known cluster: of its name's words, else its sector's."""
        found = self._trades.get(row.name)
        if found is None:
            found = self._trades[row.name] = self._find_trade(row)
        return found

    def _find_trade(self, row: ClusterRow) -> str:
        tail = plain(row.name).removeprefix(plain(row.place)).strip()
        for phrase in (tail, row.sector):
            small = split_words(fold(phrase.lower()))
            found = [p.what for p in _longest(self.trades, small)]
            if found and isinstance(found[0], SectorRow):
                return found[0].sector
        return row.sector

    def trades_of(self, marks: Marks) -> frozenset[str]:
        """Return the canonical trades of a passage; words of many senses count for none."""
        return frozenset(
            p.what.sector
            for p in marks.trades.values()
            if isinstance(p.what, SectorRow)
            and (
                marks.tokens.words[p.first].isupper()
                or " ".join(marks.tokens.small[p.first : p.last]) not in self.needs_company
            )
        )

    def mark(self, tokens: Tokens) -> Marks:
        """Find all pieces of a passage."""
        small = tokens.small
        places = _longest(self.places, tokens.words)
        return Marks(
            tokens,
            places={p.last: p for p in places},
            place_starts={p.first: p for p in places},
            trades={p.last: p for p in _longest(self.trades, small)},
            countries={p.last: p for p in _longest(self.countries, tokens.words)},
            tails={p.last: p for p in _longest(self.tails, small)},
            nouns=_longest(self.nouns, small),
            industry_nouns=_longest(self.industry_nouns, small),
        )


@dataclass(frozen=True)
class Marks:
    """The pieces of one passage, by their past-last word (nouns in order)."""

    tokens: Tokens
    places: dict[int, Piece]
    place_starts: dict[int, Piece]
    trades: dict[int, Piece]
    countries: dict[int, Piece]
    tails: dict[int, Piece]
    nouns: list[Piece]
    industry_nouns: list[Piece]


def _index(words: Sequence[str]) -> PhraseIndex[str]:
    index: PhraseIndex[str] = PhraseIndex(fold_case=True)
    for word in words:
        index.add(word, word)
    return index


def _longest(
    index: PhraseIndex[object] | PhraseIndex[str] | PhraseIndex[Place] | PhraseIndex[SectorRow],
    words: Sequence[str],
) -> list[Piece]:
    """Return the longest phrases that do not overlap, from the left."""
    kept: list[Piece] = []
    for first, last, found in index.find(words):
        piece = Piece(first, last, found[0])
        if kept and first < kept[-1].last:
            if last - first > kept[-1].last - kept[-1].first:
                kept[-1] = piece
        else:
            kept.append(piece)
    return kept

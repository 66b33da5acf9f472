"""Cluster mentions tied to one canonical cluster: place, trade and country settled per paper."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.extract.candidates import Candidate
from pipeline.extract.cluster_memory import STANDS_ALONE
from pipeline.extract.cluster_words import ClusterWords, Place
from pipeline.extract.linking_countries import contradicts, country_beside, one_of, well_known
from pipeline.extract.spelling import close
from pipeline.extract.tokens import Tokens, plain
from pipeline.vocabulary import ClusterRow, SectorRow, Vocabulary

Settled = tuple[str | None, str, str]
"""What was settled on, why, and what is doubtful about it."""
SPOKEN_OF = "the country that passage and paper speak of"


@dataclass(frozen=True, slots=True)
class ClusterReading:
    """What one mention says of itself, before the paper is known."""

    surface: str
    place: str | None
    trade: str | None
    country: str | None
    near_country: str | None
    fixed: str | None = None
    national: bool = False
    singular: bool = True
    phrase: bool = False
    trades_near: frozenset[str] = frozenset()
    countries_near: tuple[str, ...] = ()
    spoken: Counter[str] = field(default_factory=Counter)


@dataclass
class PaperClusters:
    """What all mentions of a paper together say."""

    places: dict[str, Place] = field(default_factory=dict)
    trades: dict[str, Counter[str]] = field(default_factory=dict)
    countries: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    spellings: dict[str, str] = field(default_factory=dict)
    place_countries: dict[str, Counter[str]] = field(default_factory=dict)
    spoken: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class LinkedCluster:
    """A canonical cluster and why; `doubt` says what a person should settle."""

    name: str
    country: str | None
    sector: str | None
    isic: str | None
    reason: str
    doubt: str = ""


class ClusterLinker:
    """Links cluster mentions; holds no state between papers."""

    def __init__(self, vocabulary: Vocabulary, words: ClusterWords) -> None:
        self._words = words
        self._rows = {plain(row.name): row for row in vocabulary.clusters}
        self._by_place: dict[str, list[ClusterRow]] = defaultdict(list)
        self._fixed: dict[str, ClusterRow] = {}
        for row in vocabulary.clusters:
            for form in (row.place, *row.place_variants):
                self._by_place[plain(form)].append(row)
            for form in row.names:
                self._fixed.setdefault(plain(form), row)
        self._sectors = {row.sector: row for row in vocabulary.sectors.sectors}
        self._country_names = {row.code: row.name for row in vocabulary.countries.countries}
        self._country_forms = {
            plain(form): row.code
            for row in vocabulary.countries.countries
            for form in (row.name, *row.aliases, *row.adjectives)
        }

    def trades_in(self, text: str) -> frozenset[str]:
        """Return the canonical trades that a passage speaks of."""
        return self._words.trades_of(self._words.mark(Tokens.of(text)))

    def countries_of(self, title: str) -> frozenset[str]:
        """Return the countries that a title names, by themselves or by a well-known place."""
        marks = self._words.mark(Tokens.of(title))
        named = frozenset(str(piece.what) for piece in marks.countries.values())
        return named or frozenset(
            piece.what.country
            for piece in marks.places.values()
            if well_known(piece.what) and piece.what.country
        )

    def read(
        self,
        one: Candidate,
        text: str,
        countries: Sequence[tuple[int, int, str]],
        trades: frozenset[str],
    ) -> ClusterReading:
        """Return what a mention and its sentence say: place, trade, country."""
        surface = text[one.start : one.end]
        marks = self._words.mark(Tokens.of(surface))
        place, trade = one.place, one.sector
        if one.reason == STANDS_ALONE:
            trade = None
        if place is None and (found := list(marks.places.values())):
            what = found[0].what
            assert isinstance(what, Place)
            place = what.name
        if trade is None:
            rows = [p.what for p in marks.trades.values() if isinstance(p.what, SectorRow)]
            trade = rows[-1].sector if rows else None
        inside = [str(p.what) for p in marks.countries.values()]
        code = self._country_forms.get(plain(place)) if place else None
        if place is None and inside:
            code = inside[0]
            place = self._country_names[code]
        if place is None and one.method in ("tagger",):
            place = _proper(surface)
        near = country_beside(text, one.start, one.end, countries, self._words)
        return ClusterReading(
            surface=surface,
            place=self._country_names[code] if code else place,
            trade=trade,
            country=code or (inside[0] if inside else None) or one.country,
            near_country=near,
            fixed=one.name,
            national=code is not None,
            singular=not surface.rstrip().lower().endswith("s"),
            phrase="rule:trade" in one.method,
            trades_near=trades,
            countries_near=tuple(dict.fromkeys(c for _, _, c in countries)),
        )

    def survey(self, readings: Sequence[ClusterReading], countries: Counter[str]) -> PaperClusters:
        """Gather what the paper says of each place, spellings brought together."""
        paper = PaperClusters(countries=countries)
        for reading in readings:
            if reading.place is None or reading.national:
                continue
            paper.spellings.setdefault(plain(reading.place), reading.place)
        self._unite(paper, readings)
        for reading in readings:
            if reading.place is None or reading.national:
                continue
            place = self._place(reading.place, paper)
            paper.counts[plain(place)] += 1
            # "The sporting goods cluster" says nothing of what the bare place stands for.
            if reading.trade is not None and not reading.phrase:
                paper.trades.setdefault(plain(place), Counter())[reading.trade] += 1
            near = reading.near_country or reading.country
            if near is not None:
                paper.place_countries.setdefault(plain(place), Counter())[near] += 1
        return paper

    def _unite(self, paper: PaperClusters, readings: Sequence[ClusterReading]) -> None:
        """Mend typing errors in places: towards known clusters, then within the paper."""
        for form, surface in list(paper.spellings.items()):
            known = self._words.place_named(surface)
            if known is not None:
                paper.spellings[form] = known.name
                continue
            trades = {r.trade for r in readings if r.place and plain(r.place) == form and r.trade}
            fits = {
                rows[0].place
                for other, rows in self._by_place.items()
                if close(form, other) and trades & {self._words.trade_of(row) for row in rows}
            } if trades and len(form) >= 4 else set()  # fmt: skip
            if not fits and len(form) == 4 and trades:
                fits = self._short(form, trades)
            if len(fits) == 1:
                paper.spellings[form] = fits.pop()
        forms = sorted(paper.spellings, key=len)
        for i, form in enumerate(forms):
            for other in forms[:i]:
                if len(form) >= 6 and close(form, other):
                    paper.spellings[form] = paper.spellings[other]

    def _short(self, form: str, trades: set[str]) -> set[str]:
        """Mend a place of four letters that lost one ("Kaur" for Kasur), where the trade agrees."""
        return {
            rows[0].place
            for other, rows in self._by_place.items()
            if len(other) == 5 and any(other[:k] + other[k + 1 :] == form for k in range(5))
            and trades & {self._words.trade_of(row) for row in rows}
        }  # fmt: skip

    def _place(self, place: str, paper: PaperClusters) -> str:
        return paper.spellings.get(plain(place), place)

    def link(self, reading: ClusterReading, paper: PaperClusters) -> LinkedCluster:
        """Return the canonical cluster of a mention."""
        row = self._fixed.get(plain(reading.surface)) or (
            self._rows.get(plain(reading.fixed)) if reading.fixed else None
        )
        if row is not None:
            return self._from_row(row, "known name of the cluster")
        if reading.fixed is not None:
            return self._zone(reading, paper)
        if reading.national or reading.place is None:
            return self._national(reading, paper)
        place = self._place(reading.place, paper)
        rows = self._by_place.get(plain(place), [])
        trade, why, doubt = self._trade(reading, place, rows, paper)
        rows = [r for r in rows if trade is not None and self._words.trade_of(r) == trade]
        country, where, unsure = self._country(reading, place, rows, paper)
        doubt = doubt or unsure
        rows = [r for r in rows if country in (None, r.country)]
        if rows:
            best = self._nearest_row(rows, reading.surface)
            return self._from_row(best, f"{best.place}, {why}; known cluster", doubt)
        sector = self._sectors.get(trade) if trade else None
        word = sector.name_word if sector else trade
        name = f"{place} {word}" if word else place
        return LinkedCluster(
            name, country, sector.sector if sector else trade, sector.isic if sector else None,
            f"place {place}; trade {why}; country {where}", doubt,
        )  # fmt: skip

    def _trade(
        self, reading: ClusterReading, place: str, rows: Sequence[ClusterRow], paper: PaperClusters
    ) -> Settled:
        """Return the trade of a mention: its own, the paper's for the place, the known one."""
        if reading.trade is not None:
            return reading.trade, "trade in the mention", ""
        said = paper.trades.get(plain(place))
        if said:
            return self._said_trade(reading, place, said)
        known = list(dict.fromkeys(self._words.trade_of(row) for row in rows))
        near = [trade for trade in known if trade in reading.trades_near]
        elsewhere = {trade for counted in paper.trades.values() for trade in counted}
        alike = [trade for trade in known if trade in elsewhere]
        for fits, why in (
            (near, "trade named nearby"),
            (known, "the one known trade of the place"),
            (() if near else alike, "the trade of the paper's other clusters"),
        ):
            if len(fits) == 1:
                return fits[0], why, ""
        if not known:
            return None, "not said", ""
        return None, "open", f"{place} is known for several trades: {', '.join(near or known)}"

    def _said_trade(self, reading: ClusterReading, place: str, said: Counter[str]) -> Settled:
        """Return the trade that the paper gives a place."""
        if len(said) == 1:
            return next(iter(said)), "the one trade the paper names for it", ""
        near = [trade for trade in said if trade in reading.trades_near]
        if len(near) == 1:
            return near[0], "trade named nearby", ""
        best, count = said.most_common(1)[0]
        if count * 2 > sum(said.values()) and not near:
            return best, "the trade the paper mostly names for it", ""
        names = ", ".join(sorted(near or said))
        return None, "open", f"{place} stands for several trades: {names}"

    def _country(
        self, reading: ClusterReading, place: str, rows: Sequence[ClusterRow], paper: PaperClusters
    ) -> Settled:
        """Return the country of a mention's place."""
        known = self._words.place_named(place)
        options = list(
            dict.fromkeys(
                [row.country for row in rows or self._by_place.get(plain(place), [])]
                + ([known.country] if known is not None and known.country else [])
            )
        )
        doubtful = known is not None and known.ambiguous
        default = known.country if known is not None else None
        if len(options) == 1 and not rows and reading.country in (None, *options):
            # A namesake: no list knows a cluster of this trade there, and all speaks elsewhere.
            said = contradicts(options[0], paper.counts[plain(place)], paper.spoken)
            if said is not None:
                return said, SPOKEN_OF, ""
        if reading.country is not None and (
            not options or (reading.country in options and (len(options) < 2 or doubtful is False))
            or (reading.country in options and reading.country != default)
        ):  # fmt: skip
            return reading.country, "in the mention", ""
        if len(options) == 1 and not doubtful:
            return options[0], "known of the place", ""
        near = reading.near_country
        if near is not None and (not options or near in options or doubtful):
            return near, "named next to the place", ""
        if options:
            return self._country_among(reading, place, options, paper)
        return self._country_unknown(reading, place, paper)

    def _country_among(
        self, reading: ClusterReading, place: str, options: Sequence[str], paper: PaperClusters
    ) -> Settled:
        """Settle which of several places of one name is meant, by the countries named."""
        near = [code for code in options if code in reading.countries_near] or [
            code for code in options if paper.countries.get(code)
        ]
        if len(near) == 1:
            return near[0], "known of the place and named in the paper", ""
        if len(options) == 1:
            # "Laguna" is a place of several countries: the paper tells which.
            spoken = one_of(reading.spoken, paper.spoken)
            return spoken or options[0], "known of the place" if not spoken else SPOKEN_OF, ""
        return None, "open", f"{place} may lie in {', '.join(options)}"

    def _country_unknown(
        self, reading: ClusterReading, place: str, paper: PaperClusters
    ) -> Settled:
        """Settle the country of a place that no list knows."""
        said = paper.place_countries.get(plain(place))
        if said:
            return said.most_common(1)[0][0], "named next to the place elsewhere in the paper", ""
        spoken = one_of(reading.spoken, paper.spoken)
        if spoken is not None:
            return spoken, SPOKEN_OF, ""
        if paper.countries:
            best, count = paper.countries.most_common(1)[0]
            if count * 2 > sum(paper.countries.values()):
                return best, "the country the paper is mostly about", ""
        return None, "not said", ""

    def _national(self, reading: ClusterReading, paper: PaperClusters) -> LinkedCluster:
        """Link "the Mexican automotive cluster": to the paper's one such cluster, if it has one."""
        code = reading.country or reading.near_country
        if code is None and len(reading.countries_near) == 1:
            code = reading.countries_near[0]
        fits = [
            form for form, trades in paper.trades.items()
            if reading.trade in trades and self._lies_in(form, code, paper)
        ]  # fmt: skip
        fits.sort(key=lambda form: -paper.counts[form])
        if len(fits) > 1 and paper.counts[fits[0]] >= 3 * paper.counts[fits[1]]:
            fits = fits[:1]
        if reading.singular and len(fits) == 1 and reading.trade is not None:
            inner = ClusterReading(
                reading.surface, paper.spellings.get(fits[0], fits[0]), reading.trade, code, None
            )
            linked = self.link(inner, paper)
            return LinkedCluster(
                linked.name, linked.country, linked.sector, linked.isic,
                "the one such cluster of the paper", linked.doubt,
            )  # fmt: skip
        sector = self._sectors.get(reading.trade) if reading.trade else None
        country = self._country_names.get(code, "") if code else ""
        word = sector.name_word if sector else "industrial districts"
        name = f"{country} {word}".strip() if country or sector else reading.surface
        row = self._rows.get(plain(name))
        if row is not None:
            return self._from_row(row, "clusters of a whole country")
        doubt = "" if code else "no country is named for it"
        return LinkedCluster(
            name, code, sector.sector if sector else None, sector.isic if sector else None,
            "clusters of a whole country in one trade", doubt,
        )  # fmt: skip

    def _lies_in(self, form: str, code: str | None, paper: PaperClusters) -> bool:
        known = self._words.place_named(paper.spellings.get(form, form))
        said = paper.place_countries.get(form, Counter())
        return code is None or code in said or (known is not None and known.country == code)

    def _zone(self, reading: ClusterReading, paper: PaperClusters) -> LinkedCluster:
        country = reading.country or reading.near_country
        why = "in the vocabulary" if reading.country else "named next to it"
        if country is None:
            country, why = one_of(reading.spoken, paper.spoken), "of passage and paper"
        if country is None and paper.countries:
            country, why = paper.countries.most_common(1)[0][0], "of the paper"
        name = " ".join(reading.surface.split())
        row = self._sectors.get(reading.trade) if reading.trade else None
        return LinkedCluster(
            name, country, row.sector if row else "mixed manufacturing", row.isic if row else None,
            f"name of a park or zone; country {why}",
        )  # fmt: skip

    def _from_row(self, row: ClusterRow, reason: str, doubt: str = "") -> LinkedCluster:
        return LinkedCluster(row.name, row.country, row.sector, row.isic, reason, doubt)

    def _nearest_row(self, rows: Sequence[ClusterRow], surface: str) -> ClusterRow:
        """Of rows that share place and trade, return the one whose words the mention uses."""
        said = set(plain(surface).split())
        return max(rows, key=lambda row: len(said & set(plain(row.name).split())))


def _proper(surface: str) -> str | None:
    """Return the capitalised words of a surface: the place of an unknown cluster."""
    names = [word for word in surface.split() if word[:1].isupper()]
    return " ".join(names) or None

"""Clusters a paper has introduced: bare places and phrases that stand for them later.

Ruling 13: a place stands for its cluster where the economic body is meant, and a cluster named by
its industry alone is a mention if the paper has introduced one of that industry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.extract.candidates import Candidate
from pipeline.extract.cluster_words import ClusterWords, Marks, Piece, Place
from pipeline.extract.phrases import PhraseIndex
from pipeline.extract.tokens import plain

_AWAY = re.compile(
    r"(?:\b(?:city|town|cities|towns|municipality|municipalities|district|province|state|port|"
    r"university|airport|mayor|village|capital|suburb|county|governor|bishop) of (?:the )?"
    r"|\bmunicipalities |\bborn in |\bheld in |\binterviews? (?:\w+ ){0,3}in |\bliving in "
    r"|\bnorth of |\bsouth of |\beast of |\bwest of |\bkm from |\bUniversity, "
    r"|\bUniversity (?:in|of) |\bby way of |\bon the edge of )$",
    re.IGNORECASE,
)
_AWAY_AFTER = re.compile(
    r"^(?: (?:University|Airport|Province|province|City|Street|Road|Conference|Declaration|River"
    r"|city|municipality|state|district of|subsidiary|branch|office|plant)\b|, \d{4})"
)
_WHERE = re.compile(
    r"(?<!\w)(?:around|near|to|from|under|across|into|on|behind|outside|through"
    r"|(?<!cluster )(?<!clusters )(?<!district )(?<!contrast )of)"
    r" (?:the |upper |lower |greater |old )?$",
    re.IGNORECASE,
)
"""Before a place that tells where something is, comes from or goes to (ruling 13)."""
_COMPARED = re.compile(r"\b(?:compar\w+|contrast|next|similar|unlike|sells?|sold) (?:\w+ )?$")
_PEOPLE = re.compile(
    r"\b(?:owners|makers|firms|producers|exporters|manufacturers|entrepreneurs|suppliers|tanneries"
    r"|factories|industry|cluster|clusters) $",
    re.IGNORECASE,
)
"""Those of the cluster itself: "kiln owners of X"."""
_IN_NAME_BEFORE = re.compile(r"(?:[^\s.:;?!(\"'“‘]\s+[A-Z]\w+(?:\s(?:de|do|da|di))?[\s]|\w-)$")
_IN_NAME_AFTER = re.compile(r"^(?:'s?)? (?:[A-Z][a-z]|[A-Z]{2})")
"""Beside a place that is part of a longer name: "the Xyz Loom Owners' Circle"."""
_ESTABLISHED_AT = 0.55
STANDS_ALONE = "place that stands for its cluster"


@dataclass
class ClusterMemory:
    """What one paper has said of clusters so far: their places and trades."""

    places: PhraseIndex[Place] = field(default_factory=PhraseIndex)
    keys: dict[str, Place] = field(default_factory=dict)
    trades: dict[str, str] = field(default_factory=dict)
    sectors: dict[str, set[str]] = field(default_factory=dict)

    def learn(self, found: Iterable[Candidate], words: ClusterWords) -> None:
        """Note the places and trades of sure cluster mentions."""
        for one in found:
            if one.kind != "CLUSTER" or one.confidence < _ESTABLISHED_AT or one.place is None:
                continue
            if "zone name" in one.method or "vocabulary" in one.method:
                continue
            if one.reason.startswith("clusters of a country"):
                continue
            known = words.place_named(one.place)
            place = known or Place(one.place, one.country, known=False)
            key = plain(one.place)
            if known is not None and not known.clusters and one.reason != "place and noun":
                # "Clusters in Bavaria": the region goes on meaning the region.
                continue
            if key not in self.keys:
                self.keys[key] = place
                for form in {one.place, place.name}:
                    self.places.add(form, place)
            if one.sector is not None:
                self.trades.setdefault(one.sector, place.name)
                self.sectors.setdefault(key, set()).add(one.sector)


def _tells_where(before: str, behind: str) -> bool:
    """Say whether a place is only where something happens, or part of the name of a body."""
    if _IN_NAME_BEFORE.search(before) or _IN_NAME_AFTER.match(behind):
        return True
    found = _WHERE.search(before)
    if found is None or behind.startswith("'s "):
        return False
    led = before[: found.start()]
    return _COMPARED.search(led) is None and _PEOPLE.search(led) is None


class BarePlaces:
    """Judges places that stand alone, and trades that stand for a cluster."""

    def __init__(self, words: ClusterWords) -> None:
        self._words = words

    def find(self, marks: Marks, here: ClusterMemory, paper: ClusterMemory) -> Iterator[Candidate]:
        """Yield candidates for bare places.

        Parameters
        ----------
        marks : Marks
        here, paper : ClusterMemory
            What this passage and the whole paper establish.
        """
        pieces = {(p.first, p.last): p for p in marks.places.values()}
        for first, last, found in paper.places.find(marks.tokens.words):
            pieces[first, last] = Piece(first, last, found[0])
        trades = self._words.trades_of(marks)
        low = marks.tokens.lower
        speaks = "cluster" in low or "industrial district" in low
        for piece in pieces.values():
            place = piece.what
            assert isinstance(place, Place)
            sure = self._judge(marks, piece, place, here, paper, trades, speaks=speaks)
            if sure <= 0:
                continue
            start = marks.tokens.starts[piece.first]
            end = marks.tokens.ends[piece.last - 1]
            yield Candidate(
                "CLUSTER", start, end, "rule:place", min(sure, 0.9), country=place.country,
                place=place.name, sector=self._sector(place, paper, trades),
                reason=STANDS_ALONE,
            )  # fmt: skip

    def _judge(
        self, marks: Marks, piece: Piece, place: Place, here: ClusterMemory,
        paper: ClusterMemory, trades: frozenset[str], *, speaks: bool,
    ) -> float:  # fmt: skip
        key = plain(place.name)
        tokens = marks.tokens
        if key in here.keys:
            sure = 0.75
        elif key in paper.keys:
            sure = 0.7
        elif place.clusters:
            sure = 0.3 - 0.2 * place.ambiguous
            if trades & {self._words.trade_of(row) for row in place.clusters}:
                sure += 0.15
            sure += 0.15 * speaks
            beside = self._beside(marks, place, paper)
            sure += 0.25 * beside
            if not beside and tokens.small[piece.first - 1 : piece.first] == ["in"]:
                # "in X" tells where something happens (ruling 13).
                sure -= 0.15
            after = tokens.small[piece.last : piece.last + 4]
            if after[:2] == ["'", "s"]:
                after = after[2:]
            trade = any(p.first == piece.last for p in marks.trades.values())
            if any(word in self._words.makers for word in after[: 1 + trade]):
                sure += 0.1
        else:
            return 0.0
        before = tokens.folded[: tokens.starts[piece.first]]
        behind = tokens.folded[tokens.ends[piece.last - 1] :]
        away = _AWAY.search(before[-40:]) or _AWAY_AFTER.match(behind[:30])
        if away or _tells_where(before[-60:], behind[:30]):
            sure -= 0.4
        return sure

    def _beside(self, marks: Marks, place: Place, paper: ClusterMemory) -> bool:
        """Whether a cluster of the paper with the same trade is named in the passage."""
        trades = {self._words.trade_of(row) for row in place.clusters}
        return any(
            isinstance(p.what, Place)
            and p.what.name != place.name
            and trades & paper.sectors.get(plain(p.what.name), set())
            for p in marks.places.values()
        )

    def _sector(self, place: Place, paper: ClusterMemory, trades: frozenset[str]) -> str | None:
        said = paper.sectors.get(plain(place.name), set())
        near = said & trades or said
        if len(near) == 1:
            return next(iter(near))
        known = {self._words.trade_of(row) for row in place.clusters}
        near = known & trades or known
        return next(iter(near)) if len(near) == 1 else None

    def phrases(
        self, weak: Sequence[Candidate], here: ClusterMemory, paper: ClusterMemory, marks: Marks
    ) -> Iterator[Candidate]:
        """Yield "the football cluster" where the text has one football cluster."""
        near = {p.what.name: p.what for p in marks.places.values() if isinstance(p.what, Place)}
        for one in weak:
            if one.sector is None:
                continue
            name = here.trades.get(one.sector) or paper.trades.get(one.sector)
            sure = 0.75 if one.sector in here.trades else 0.65 if name else 0.0
            if name is None:
                fits = [
                    place for place in near.values()
                    if one.sector in {self._words.trade_of(row) for row in place.clusters}
                ]  # fmt: skip
                if len(fits) == 1:
                    name, sure = fits[0].name, 0.65
                elif len(near) == 1:
                    name, sure = next(iter(near)), 0.5
            if name is not None:
                place = self._words.place_named(name) or paper.keys.get(plain(name))
                yield Candidate(
                    "CLUSTER", one.start, one.end, "rule:trade", sure, place=name,
                    country=place.country if place else None, sector=one.sector,
                    reason="trade that stands for the cluster introduced before",
                )  # fmt: skip

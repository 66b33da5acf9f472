"""Mentions of one paper tied to canonical entities, each decision with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.extract.candidates import Candidate
from pipeline.extract.cluster_words import ClusterWords
from pipeline.extract.corrections import Correction, correct, entity_id
from pipeline.extract.linking_clusters import ClusterLinker, ClusterReading
from pipeline.extract.linking_countries import MONEY, countries_spoken_of, of_others, one_of
from pipeline.extract.mentions_names import NameFinder
from pipeline.extract.naming import NameLinker
from pipeline.ids import content_id
from pipeline.records import Entity, Issue, Mention
from pipeline.vocabulary import Vocabulary

TITLE_WEIGHT = 10
"""Mentions that a country of the title counts for."""


@dataclass(frozen=True, slots=True)
class LinkedPaper:
    """What linking made of a paper: entities by id, mentions by passage, doubts."""

    entities: dict[str, Entity]
    mentions: dict[str, tuple[Mention, ...]]
    issues: tuple[Issue, ...] = ()
    country: str | None = None


@dataclass
class _Work:
    paper_id: str
    entities: dict[str, Entity] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    issues: dict[str, Issue] = field(default_factory=dict)

    def doubt(self, problem: str, detail: str) -> None:
        issue = Issue.of(self.paper_id, "linking", problem, detail)
        self.issues[issue.issue_id] = issue

    def add(self, passage_id: str, text: str, one: Candidate, entity: Entity, reason: str) -> None:
        known = self.entities.setdefault(entity.entity_id, entity)
        # A later mention may say what the first left open.
        for name in ("country", "sector", "isic", "actor_type", "standard_type"):
            if getattr(known, name) is None and getattr(entity, name) is not None:
                known = replace(known, **{name: getattr(entity, name)})
        self.entities[entity.entity_id] = known
        self.mentions.append(
            Mention(
                content_id("mention", passage_id, one.kind, one.start, one.end),
                passage_id,
                known.kind,
                entity.entity_id,
                text[one.start : one.end],
                one.start,
                one.end,
                one.method,
                round(min(1.0, one.confidence), 4),
                reason,
            )
        )


class Linker:
    """Ties candidates to entities; holds no state between papers."""

    def __init__(self, vocabulary: Vocabulary, words: ClusterWords, names: NameFinder) -> None:
        self._names = NameLinker(vocabulary, names)
        self._words = words
        self._clusters = ClusterLinker(vocabulary, words)

    def link(
        self,
        paper_id: str,
        passages: Sequence[tuple[str, str, Sequence[Candidate]]],
        corrections: Sequence[Correction] = (),
        title: str = "",
        introduced: Sequence[tuple[str, Sequence[Candidate]]] = (),
    ) -> LinkedPaper:
        """Link all mentions of a paper.

        Parameters
        ----------
        paper_id : str
        passages : sequence of (passage id, text, candidates)
            In reading order.
        corrections : sequence of Correction
            A person's decisions, applied last.
        title : str
            The countries and places that it names are what the paper is about.
        introduced : sequence of (text, candidates)
            What title and headings name: it tells which trade and country a place stands for.
        """
        work = _Work(paper_id)
        countries: Counter[str] = Counter()
        self._names.start()
        for passage_id, text, found in passages:
            for one in found:
                if one.kind == "CLUSTER":
                    continue
                linked = self._names.link(one, text)
                if linked is None:
                    work.doubt(
                        f"unknown {one.kind.lower()}",
                        f"{text[one.start : one.end]!r} in {passage_id}: no such name is known",
                    )
                    continue
                entity, reason = linked
                if entity.kind == "COUNTRY" and not of_others(text, one.start, one.end):
                    countries[entity.name] += 1
                work.add(passage_id, text, one, entity, reason)
        in_all = self._link_clusters(work, passages, countries, introduced)
        entities, mentions = correct(paper_id, work.entities, work.mentions, corrections)
        by_passage: dict[str, list[Mention]] = {passage_id: [] for passage_id, _, _ in passages}
        for mention in mentions:
            by_passage[mention.passage_id].append(mention)
        # A cluster speaks for its country as often as it is named: one named in passing is not
        # what the paper is about.
        for mention in mentions:
            lies = entities[mention.entity_id].country
            if mention.kind == "CLUSTER" and lies:
                countries[lies] += 2
        for code in self._clusters.countries_of(title):
            countries[code] += TITLE_WEIGHT
        return LinkedPaper(
            entities,
            {key: tuple(sorted(told, key=lambda m: m.start)) for key, told in by_passage.items()},
            tuple(work.issues.values()),
            # Where none is named but those of buyers: by its money and its well-known places.
            # "Rupees" alone, the money of several, tell none.
            countries.most_common(1)[0][0]
            if countries
            else one_of(Counter({c: n for c, n in in_all.items() if n >= MONEY}), Counter()),
        )

    def _link_clusters(
        self,
        work: _Work,
        passages: Sequence[tuple[str, str, Sequence[Candidate]]],
        countries: Counter[str],
        introduced: Sequence[tuple[str, Sequence[Candidate]]],
    ) -> Counter[str]:
        """Link the clusters; return how strongly the paper speaks of each country."""
        found: list[tuple[str, str, Candidate]] = []
        readings: list[ClusterReading] = []
        for passage_id, text, candidates in passages:
            inside = [one for one in candidates if one.kind == "CLUSTER"]
            if not inside:
                continue
            near, trades = self._near(work, passage_id), self._clusters.trades_in(text)
            for one in inside:
                found.append((passage_id, text, one))
                readings.append(self._clusters.read(one, text, near, trades))
        heads = [
            self._clusters.read(one, text, (), self._clusters.trades_in(text))
            for text, candidates in introduced
            for one in candidates
            if one.kind == "CLUSTER"
        ]
        spoken = {
            key: countries_spoken_of(text, self._near(work, key), self._words)
            for key, text, _ in passages
        }
        in_all: Counter[str] = sum(spoken.values(), Counter())
        readings = [
            replace(reading, spoken=spoken[key])
            for (key, _, _), reading in zip(found, readings, strict=True)
        ]
        paper = self._clusters.survey([*readings, *heads], countries)
        paper.spoken = in_all
        for (passage_id, text, one), reading in zip(found, readings, strict=True):
            linked = self._clusters.link(reading, paper)
            if linked.doubt:
                surface = text[one.start : one.end]
                work.doubt("ambiguous cluster", f"{surface!r} in {passage_id}: {linked.doubt}")
            entity = Entity(
                entity_id("CLUSTER", linked.name, linked.country),
                "CLUSTER",
                linked.name,
                country=linked.country,
                sector=linked.sector,
                isic=linked.isic,
            )
            work.add(passage_id, text, one, entity, linked.reason)
        return in_all

    def _near(self, work: _Work, passage_id: str) -> list[tuple[int, int, str]]:
        """Return where countries are named in a passage."""
        return [
            (m.start, m.end, work.entities[m.entity_id].name)
            for m in work.mentions
            if m.passage_id == passage_id and m.kind == "COUNTRY"
        ]

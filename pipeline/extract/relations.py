"""Relations between two entities of one sentence, by the cues of ``relations.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.extract.cluster_words import ClusterWords
from pipeline.extract.context import PassageContext
from pipeline.ids import content_id
from pipeline.records import Entity, Mention, Relation, Sentence
from pipeline.yamldata import Strict, load_yaml


class RelationRow(Strict):
    """One relation: between which kinds it holds, and the words that speak of it."""

    name: str
    subject: tuple[str, ...]
    subject_types: tuple[str, ...] = ()
    object: tuple[str, ...]
    definition: str
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


class RelationsFile(Strict):
    """``relations.yaml``."""

    version: str
    relations: tuple[RelationRow, ...]


class RelationFinder:
    """Finds relations in a passage whose mentions are linked.

    Parameters
    ----------
    folder : Path
        The codebook's folder.
    words : ClusterWords
        For the trades of clusters.
    """

    def __init__(self, folder: Path, words: ClusterWords) -> None:
        rows = load_yaml(folder / "relations.yaml", RelationsFile).relations
        self._rows = [(row, _pattern(row.cues)) for row in rows]
        self._words = words

    def find(self, context: PassageContext, sentences: Sequence[Sentence]) -> Iterator[Relation]:
        """Yield each relation once per sentence."""
        seen: set[tuple[str, str, str, int]] = set()
        for sentence in sentences:
            inside = context.mentions_in(sentence.start, sentence.end)
            for row, cues in self._rows:
                for one, other, start, end, sure in self._pairs(row, cues, context, inside):
                    key = (one, row.name, other, sentence.start)
                    if key in seen:
                        continue
                    seen.add(key)
                    yield Relation(
                        content_id(
                            "relation", context.passage_id, one, row.name, other, start, end
                        ),
                        context.passage_id, one, row.name, other, start, end, sure,
                        sentence.claim_source,
                        sentence.works[0] if len(sentence.works) == 1 else None,
                        sentence.assertion,
                    )  # fmt: skip

    def _pairs(
        self,
        row: RelationRow,
        cues: re.Pattern[str],
        context: PassageContext,
        inside: Sequence[Mention],
    ) -> Iterator[tuple[str, str, int, int, float]]:
        """Yield subject id, object id, start, end, confidence."""
        for one in inside:
            if one.kind not in row.subject:
                continue
            entity = context.entities[one.entity_id]
            if row.subject_types and entity.actor_type not in row.subject_types:
                continue
            if row.object == ("sector",):
                if entity.sector:
                    yield one.entity_id, entity.sector, one.start, one.end, 0.9
                continue
            for other in inside:
                if other.kind in row.object and other is not one:
                    sure = self._sure(row, cues, context, one, other)
                    if sure > 0:
                        start, end = min(one.start, other.start), max(one.end, other.end)
                        yield one.entity_id, other.entity_id, start, end, round(sure, 2)

    def _sure(
        self,
        row: RelationRow,
        cues: re.Pattern[str],
        context: PassageContext,
        one: Mention,
        other: Mention,
    ) -> float:
        first, last = (one, other) if one.start < other.start else (other, one)
        between = context.text[first.end : last.start]
        if row.name == "located_in":
            return self._located(context.entities[one.entity_id], other, context)
        if len(between) > 160 or ";" in between:
            return 0.0
        stretch = context.text[max(0, first.start - 25) : min(len(context.text), last.end + 25)]
        near = cues.search(between)
        wide = near or cues.search(stretch)
        if wide is None:
            return 0.0
        sure = 0.75 if near else 0.5
        # Another entity of the subject's kind in between may be the one that is meant.
        crossing = sum(
            m.kind in (one.kind, other.kind) and first.end <= m.start and m.end <= last.start
            for m in context.mentions
        )
        return max(0.2, sure - 0.15 * min(crossing, 3))

    def _located(self, cluster: Entity, other: Mention, context: PassageContext) -> float:
        """A cluster lies in the country that linking gave it, where the sentence names that."""
        country = context.entities[other.entity_id].name
        return 0.9 if cluster.country == country else 0.0


def _pattern(cues: Sequence[str]) -> re.Pattern[str]:
    words = "|".join(re.escape(cue) for cue in sorted(cues, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)

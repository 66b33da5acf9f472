"""Relations between two entities of one sentence, by the cues of ``relations.yaml``."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.extract.assertion import assertion_of
from pipeline.extract.cluster_words import ClusterWords
from pipeline.extract.context import PassageContext
from pipeline.extract.tokens import Tokens
from pipeline.ids import content_id
from pipeline.records import Assertion, Entity, Mention, Relation, Sentence
from pipeline.vocabulary import SectorRow
from pipeline.yamldata import Strict, load_yaml

_CLAUSE = re.compile(
    r";|,\s+(?:and|but|yet|so|nor|while|whereas|although|though)\b|\b(?:but|whereas)\b"
)


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
        """Yield each relation once per sentence, with how surely its own clause says it."""
        seen: set[tuple[str, str, str, int]] = set()
        for sentence in sentences:
            inside = context.mentions_in(sentence.start, sentence.end)
            for row, cues in self._rows:
                for one in self._pairs(row, cues, context, inside, sentence):
                    key = (one.subject, row.name, one.object, sentence.start)
                    if key in seen:
                        continue
                    seen.add(key)
                    yield Relation(
                        content_id(
                            "relation", context.passage_id, one.subject, row.name, one.object,
                            one.start, one.end,
                        ),
                        context.passage_id, one.subject, row.name, one.object, one.start, one.end,
                        round(one.sure, 2), sentence.claim_source,
                        sentence.works[0] if len(sentence.works) == 1 else None,
                        one.assertion,
                    )  # fmt: skip

    def _pairs(
        self,
        row: RelationRow,
        cues: re.Pattern[str],
        context: PassageContext,
        inside: Sequence[Mention],
        sentence: Sentence,
    ) -> Iterator[_Found]:
        for one in inside:
            if one.kind not in row.subject:
                continue
            entity = context.entities[one.entity_id]
            if row.subject_types and entity.actor_type not in row.subject_types:
                continue
            if row.object == ("sector",):
                yield from self._sector(entity, one, context, sentence)
                continue
            for other in inside:
                if other.kind not in row.object or other is one:
                    continue
                if row.name == "located_in":
                    found = _located(entity, one, other, context, sentence)
                else:
                    found = _cued(cues, context, sentence, one, other)
                if found is not None:
                    yield found

    def _sector(
        self, cluster: Entity, mention: Mention, context: PassageContext, sentence: Sentence
    ) -> Iterator[_Found]:
        """A cluster's sector, where the sentence itself speaks of that trade."""
        if not cluster.sector:
            return
        marks = self._words.mark(Tokens.of(context.text[sentence.start : sentence.end]))
        spans = [
            (sentence.start + marks.tokens.starts[p.first],
             sentence.start + marks.tokens.ends[p.last - 1])
            for p in marks.trades.values()
            if isinstance(p.what, SectorRow)
            and (p.what.sector == cluster.sector or p.what.isic == cluster.isic is not None)
        ]  # fmt: skip
        if not spans:
            return
        start, end = min(
            ((min(a, mention.start), max(b, mention.end)) for a, b in spans),
            key=lambda span: span[1] - span[0],
        )
        named = (start, end) == (mention.start, mention.end)
        how: Assertion = "affirmed" if named else _said(context, sentence, start, end)
        yield _Found(mention.entity_id, cluster.sector, start, end, 0.9 if named else 0.8, how)


@dataclass(frozen=True, slots=True)
class _Found:
    """A relation on its way: ids, evidence, how sure the rule is, how surely it is said."""

    subject: str
    object: str
    start: int
    end: int
    sure: float
    assertion: Assertion


def _located(
    cluster: Entity, one: Mention, other: Mention, context: PassageContext, sentence: Sentence
) -> _Found | None:
    """A cluster lies in the country that linking gave it, where the sentence names that."""
    if cluster.country != context.entities[other.entity_id].name:
        return None
    start, end = min(one.start, other.start), max(one.end, other.end)
    how = _said(context, sentence, start, end)
    return _Found(one.entity_id, other.entity_id, start, end, 0.9, how)


def _said(context: PassageContext, sentence: Sentence, start: int, end: int) -> Assertion:
    """How surely a stretch is said: what a sentence denies elsewhere does not touch it."""
    if sentence.assertion == "affirmed":
        return "affirmed"
    return assertion_of(context.text[start:end])


def _cued(
    cues: re.Pattern[str], context: PassageContext, sentence: Sentence, one: Mention, other: Mention
) -> _Found | None:
    """A relation by its words: between the two, or near them in the clause that joins them."""
    first, last = (one, other) if one.start < other.start else (other, one)
    if first.end > last.start:
        return None
    between = context.text[first.end : last.start]
    if len(between) > 160 or ";" in between:
        return None
    clauses = _clauses(context.text, sentence, context.mentions)
    of_last = next((s, e) for s, e in clauses if s <= last.start < e)
    of_first = next((s, e) for s, e in clauses if s <= first.start < e)
    near = list(cues.finditer(context.text, first.end, last.start))
    if of_first != of_last:
        # "A demands the code, whereas B asks for nothing": the word must stand in B's clause;
        # where the clause begins with no subject of its own ("but never signed …"), there too.
        near = [m for m in near if m.start() >= of_last[0]]
        taken = [m for m in context.mentions_in(*of_last) if m.start < last.start]
        if taken and any(m.kind in (one.kind, "ACTOR") for m in taken):
            return None
    low, high = max(of_last[0], first.start - 25), min(of_last[1], last.end + 45)
    cue = near[-1] if near else next(cues.finditer(context.text, low, high), None)
    if cue is None:
        return None
    sure = 0.75 if near else 0.5
    # Another entity of the same kind in between may be the one that is meant.
    crossing = sum(
        m.kind in (one.kind, other.kind) and first.end <= m.start and m.end <= last.start
        for m in context.mentions
    )
    clause = next((s, e) for s, e in clauses if s <= cue.start() < e)
    how = sentence.assertion
    if len(clauses) > 1 and how in ("affirmed", "negated"):
        how = assertion_of(context.text[slice(*clause)].lstrip(" ,;"))
    start, end = min(first.start, cue.start()), max(last.end, cue.end())
    return _Found(
        one.entity_id, other.entity_id, start, end, max(0.2, sure - 0.15 * min(crossing, 3)), how
    )


def _clauses(text: str, sentence: Sentence, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Return the main clauses of a sentence; names are not cut."""
    names = [(m.start, m.end) for m in mentions]
    cuts = [
        m.start()
        for m in _CLAUSE.finditer(text, sentence.start, sentence.end)
        if not any(a <= m.start() < b for a, b in names)
    ]
    edges = [sentence.start, *cuts, sentence.end]
    return [(a, b) for a, b in itertools.pairwise(edges) if b > a]


def _pattern(cues: Sequence[str]) -> re.Pattern[str]:
    words = "|".join(re.escape(cue) for cue in sorted(cues, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)

"""Loose passages: a reading around one text, and its result as `predict` writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.ids import content_id, sha256_text
from pipeline.protocols import CodeVerdict
from pipeline.records import (
    Citation,
    Entity,
    Evidence,
    Fact,
    Paper,
    Passage,
    Reading,
    Section,
    Sentence,
    Work,
)
from pipeline.structure.citations import CitationSpan, find_citations
from pipeline.structure.resolve import loose_works, resolve


@dataclass(frozen=True, slots=True)
class LooseResult:
    """What was found in one loose passage.

    Attributes
    ----------
    point : str
        The working point that `codes` were selected at.
    evidence : Evidence
    codes : tuple of CodeVerdict
        Every label of every dimension that has a model.
    models : mapping
        Dimension to model id.
    codebook : str
        Version of the codebook.
    works : tuple of Work
        The parsed references.
    """

    point: str
    evidence: Evidence
    codes: tuple[CodeVerdict, ...]
    models: Mapping[str, str]
    codebook: str
    works: tuple[Work, ...] = field(default=(), repr=False)

    def as_json(self, point: str | None = None) -> dict[str, Any]:
        """Return the keys of a `predict` line but ``id`` and ``text`` (design, Loose passages)."""
        if point not in (None, self.point):
            raise ValueError(f"result made at point {self.point!r}, asked for {point!r}")
        entities = {one.entity_id: one for one in self.evidence.entities}
        works = {work.work_id: _named(work) for work in self.works}
        sentences = {one.sentence_id: one for one in self.evidence.sentences}
        codes: dict[str, list[dict[str, Any]]] = {}
        for one in self.codes:
            codes.setdefault(one.dimension, []).append(
                {
                    "label": one.label,
                    "probability": round(one.probability, 4),
                    "selected": one.selected,
                    "decision": one.decision,
                }
            )
        return {
            "codes": codes,
            "mentions": [
                _mention(m.kind, m.start, m.end, m.surface, entities[m.entity_id])
                for m in self.evidence.mentions
            ],
            "facts": [
                {
                    "cluster": _cluster(entities.get(f.entity_id or "")),
                    "country": f.country,
                    "metric": f.metric,
                    "value": _plain(f.value),
                    "value_from": _plain(f.value_from),
                    "change_from": _plain(f.change_from),
                    "unit": f.unit,
                    "year": f.year,
                    "year_from": f.year_from,
                    "year_to": f.year_to,
                    "qualifier": f.qualifier,
                    "cited": _cited(f, sentences, works),
                    "claim_source": f.claim_source,
                    "start": f.start,
                    "end": f.end,
                }
                for f in self.evidence.facts
            ],
            "sentences": [
                {
                    "start": s.start,
                    "end": s.end,
                    "claim_source": s.claim_source,
                    "works": [works[w] for w in s.works if w in works],
                    "assertion": s.assertion,
                }
                for s in self.evidence.sentences
            ],
            "models": dict(self.models),
            "codebook": self.codebook,
        }


def loose_reading(text: str, references: Sequence[str]) -> Reading:
    """Return a reading whose one body passage is the text.

    Its works are the references; a citation that means none of them stands for a work of its
    own, named as printed, so that what is cited is told without a reference list, too.
    """
    paper_id = content_id("paper", "loose", text)
    works = loose_works(references)
    section = Section(content_id("section", paper_id, 0), paper_id, 0, 1, None, "body")
    passages: tuple[Passage, ...] = ()
    citations: tuple[Citation, ...] = ()
    if text:
        passage_id = content_id("passage", paper_id, 0, len(text))
        passages = (
            Passage(
                passage_id, paper_id, section.section_id, 0, None, None, 0, len(text), text
            ),
        )  # fmt: skip
        spans = find_citations(text)
        resolved = [
            (span, work or _as_printed(span))
            for span, work in zip(spans, resolve(spans, works), strict=True)
            if work is not None or span.sure
        ]
        known = {work.work_id for work in works}
        printed = {work.work_id: work for _, work in resolved if work and work.work_id not in known}
        works += tuple(printed.values())
        citations = tuple(
            Citation(
                content_id("citation", passage_id, span.start, span.end, number),
                passage_id, work.work_id if work else None, text[span.start : span.end],
                span.start, span.end,
            )
            for number, (span, work) in enumerate(resolved)
        )  # fmt: skip
    paper = Paper(
        paper_id, None, (), None, None, None, None, (), "", sha256_text(text), "text/plain",
        None, len(text.split()), "",
    )  # fmt: skip
    return Reading(paper, text, (section,), passages, works=works, citations=citations)


def _as_printed(span: CitationSpan) -> Work | None:
    """Return the work that a citation names by itself; None for a bare number."""
    if not span.authors or span.year is None:
        return None
    authors = (f"{span.authors[0]} et al.",) if span.et_al else span.authors
    one = content_id("work", "printed", *authors, span.year)
    return Work(one, authors, span.year, None, None, None, raw=span.surface)


def _mention(kind: str, start: int, end: int, surface: str, entity: Entity) -> dict[str, Any]:
    row: dict[str, Any] = {
        "type": kind, "start": start, "end": end, "text": surface, "entity": entity.name,
    }  # fmt: skip
    if kind == "CLUSTER":
        row.update(country=entity.country, sector=entity.sector, isic=entity.isic)
    elif kind == "ACTOR":
        row["actor_type"] = entity.actor_type
    elif kind == "STANDARD":
        row["standard_type"] = entity.standard_type
    return row


def _cluster(entity: Entity | None) -> str | None:
    return entity.name if entity is not None and entity.kind == "CLUSTER" else None


def _cited(fact: Fact, sentences: Mapping[str, Sentence], works: Mapping[str, str]) -> str | None:
    """Return all works a fact is cited from, as a passage's coders write them."""
    told = sentences.get(fact.sentence_id or "")
    ids = told.works if told else (fact.work_id,) if fact.work_id else ()
    return "; ".join(works[one] for one in ids if one in works) or None


def _plain(value: float | None) -> float | int | None:
    """Whole numbers are written as such."""
    return int(value) if value is not None and value == int(value) else value


def _named(work: Work) -> str:
    """Return a work as a short citation: authors and year."""
    names = [author.split(",")[0].strip() for author in work.authors]
    who = names[0] if len(names) == 1 else " and ".join(names[:2]) if len(names) == 2 else ""
    if len(names) > 2:
        who = f"{names[0]} et al."
    return " ".join(part for part in (who or work.title or work.raw[:80], work.year) if part)

"""Loose passages: a reading around one text, and its result as `predict` writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.ids import content_id, sha256_text
from pipeline.protocols import CodeVerdict
from pipeline.records import Citation, Entity, Evidence, Paper, Passage, Reading, Section, Work
from pipeline.structure.citations import find_citations
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
                    "cited": works.get(f.work_id or ""),
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
                    "works": [works.get(w, w) for w in s.works],
                    "assertion": s.assertion,
                }
                for s in self.evidence.sentences
            ],
            "models": dict(self.models),
            "codebook": self.codebook,
        }


def loose_reading(text: str, references: Sequence[str]) -> Reading:
    """Return a reading whose one body passage is the text; its works are the references."""
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
        citations = tuple(
            Citation(
                content_id("citation", passage_id, span.start, span.end, number),
                passage_id, work.work_id if work else None, text[span.start : span.end],
                span.start, span.end,
            )
            for number, (span, work) in enumerate(zip(spans, resolve(spans, works), strict=True))
        )  # fmt: skip
    paper = Paper(
        paper_id, None, (), None, None, None, None, (), "", sha256_text(text), "text/plain",
        None, len(text.split()), "",
    )  # fmt: skip
    return Reading(paper, text, (section,), passages, works=works, citations=citations)


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

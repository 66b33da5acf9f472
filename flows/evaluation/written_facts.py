"""Numbers of the written passages: whole documents, their mentions given, facts looked for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from models.passages import CORPUS_FOLDER
from pipeline.codebook import load_codebook
from pipeline.extract import Extractor
from pipeline.extract.loose import loose_reading
from pipeline.ids import content_id
from pipeline.protocols import PassageInput, PassageVerdict, TaggedSpan
from pipeline.records import Evidence, Passage, Reading

Row = dict[str, Any]
SCORE = 0.99
"""Of a marked mention, handed in as if a tagger were sure of it."""


class MarkedJudge:
    """A judge that knows the marked mentions and nothing else."""

    model_ids: ClassVar[dict[str, str]] = {"tagger": "marked"}

    def __init__(self, rows: Sequence[Row]) -> None:
        self._spans = {row["text"]: row["spans"] for row in rows}

    def judge(
        self, passages: Sequence[PassageInput], point: str = "balanced"
    ) -> list[PassageVerdict]:
        return [
            PassageVerdict(
                spans=tuple(
                    TaggedSpan(kind, start, end, SCORE, subtype)
                    for kind, start, end, subtype in self._spans.get(one.text, ())
                )
            )
            for one in passages
        ]


def written_rows() -> list[Row]:
    """Return the passages of the writers who marked quantities, in the order of their files."""
    found: list[Row] = []
    for path in sorted(CORPUS_FOLDER.glob("written_*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        if any(row.get("quantities") for row in rows):
            found += rows
    return found


def document_of(rows: Sequence[Row]) -> Reading:
    """Return the passages of one document as one paper with one section, in order."""
    parts = [loose_reading(row["text"], ()) for row in rows]
    paper = replace(parts[0].paper, paper_id=content_id("paper", "written", rows[0]["doc"]))
    section = replace(parts[0].sections[0], paper_id=paper.paper_id)
    passages: list[Passage] = []
    at = 0
    for number, part in enumerate(parts):
        end = at + len(part.text)
        passages.append(
            replace(
                part.passages[0],
                paper_id=paper.paper_id,
                section_id=section.section_id,
                ordinal=number,
                start=at,
                end=end,
            )
        )
        at = end + 2
    return Reading(
        paper,
        "\n\n".join(row["text"] for row in rows),
        (section,),
        tuple(passages),
        works=tuple({w.work_id: w for part in parts for w in part.works}.values()),
        citations=tuple(c for part in parts for c in part.citations),
    )


def extracted(rows: Sequence[Row]) -> list[tuple[list[Row], Evidence]]:
    """Return each document's rows with what the extractor finds in it, mentions given."""
    documents: dict[str, list[Row]] = {}
    for row in rows:
        documents.setdefault(row["doc"], []).append(row)
    groups = list(documents.values())
    readings = [document_of(group) for group in groups]
    found = Extractor(load_codebook(), MarkedJudge(rows)).extract(readings)
    return [(group, one.evidence) for group, one in zip(groups, found, strict=True)]


__all__ = ["document_of", "extracted", "written_rows"]

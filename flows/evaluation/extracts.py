"""Extracts of papers that people wrote who never saw the program: read whole, compared with codes.

Each document is two paragraphs of an imagined paper with its mentions and numbers, coded by the
manual alone (``tests/golden/extracts_*.jsonl``). Errors of the development half are read when
rules are mended; of the test half nothing but figures.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flows.evaluation.spans import score, tally
from flows.evaluation.written_facts import document_of
from pipeline.codebook import load_codebook
from pipeline.extract import Extractor
from pipeline.protocols import Judge
from pipeline.records import ENTITY_KINDS, Entity, Fact

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "golden"
HALVES = ("test", "dev")
Span = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A paragraph with what is coded in it and what the program finds.

    `gold_facts` are as coded; `entities` those of the paper by id.
    """

    document: str
    text: str
    gold_mentions: tuple[Span, ...]
    mentions: tuple[Span, ...]
    gold_facts: tuple[Mapping[str, Any], ...]
    facts: tuple[Fact, ...]
    entities: Mapping[str, Entity]


def read_extracts(half: str, judge: Judge) -> list[ReadPassage]:
    """Return the paragraphs of one half; empty where the file is not at hand.

    Parameters
    ----------
    half : str
        ``test`` or ``dev``.
    judge : Judge
        The shipped models, which were not trained on these documents, or `NoJudge`.
    """
    rows = extract_rows(half)
    if not rows:
        return []
    readings = [document_of([{"doc": r["doc"], "text": t} for t in r["passages"]]) for r in rows]
    made = Extractor(load_codebook(), judge).extract(readings)
    found = []
    for row, reading, one in zip(rows, readings, made, strict=True):
        entities = {entity.entity_id: entity for entity in one.evidence.entities}
        for number, passage in enumerate(reading.passages):
            here = passage.passage_id
            found.append(
                ReadPassage(
                    row["doc"],
                    passage.text,
                    coded_spans(passage.text, row["mentions"], number),
                    tuple(
                        (m.kind, m.start, m.end)
                        for m in one.evidence.mentions
                        if m.passage_id == here
                    ),
                    tuple(fact for fact in row["facts"] if fact["passage"] == number),
                    tuple(fact for fact in one.evidence.facts if fact.passage_id == here),
                    entities,
                )
            )
    return found


def extract_rows(half: str) -> list[dict[str, Any]]:
    """Return the coded documents of one half as they are kept; none where not at hand."""
    path = FOLDER / f"extracts_{half}.jsonl"
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def second_codes() -> dict[str, list[dict[str, Any]]]:
    """Return the facts that a second coder, blind, found in extracts of the test half, by document.

    Coded by the manual alone, from the paragraphs alone; none where the file is not at hand.
    """
    path = FOLDER / "extracts_test_second.jsonl"
    if not path.is_file():
        return {}
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {row["doc"]: row["facts"] for row in rows}


def coded_spans(text: str, mentions: Iterable[Sequence[Any]], number: int) -> tuple[Span, ...]:
    """Return every whole-word place of the coded surfaces, the longest where they nest."""
    places = {
        (kind, match.start(), match.end())
        for passage, kind, surface, *_ in mentions
        if passage == number
        for match in _whole(surface).finditer(text)
    }
    return tuple(
        one
        for one in sorted(places, key=lambda span: span[1:])
        if not any(o != one and o[1] <= one[1] and one[2] <= o[2] for o in places)
    )


@cache
def _whole(surface: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(surface)}(?!\w)")


def mention_rows(half: str, judge: Judge) -> list[tuple[object, ...]]:
    """Return one row per kind and measure: F1, interval, precision, recall, counts."""
    passages = read_extracts(half, judge)
    rows: list[tuple[object, ...]] = []
    for kind in ENTITY_KINDS:
        for measure in ("exact", "overlap"):
            counts: dict[str, list[tuple[int, int, int, int]]] = {}
            for one in passages:
                counts.setdefault(one.document, []).append(
                    tally(one.gold_mentions, one.mentions, kind, overlap=measure == "overlap")
                )
            total = score(counts)
            rows.append(
                (
                    half, kind, measure, round(total.f1, 3), f"{total.low:.3f} to {total.high:.3f}",
                    round(total.precision, 3), round(total.recall, 3), total.gold, total.found,
                )
            )  # fmt: skip
    return rows if passages else []


MENTION_COLUMNS = ("half", "type", "measure", "F1", "95 %", "precision", "recall", "gold", "found")


__all__ = [
    "HALVES",
    "MENTION_COLUMNS",
    "ReadPassage",
    "extract_rows",
    "mention_rows",
    "read_extracts",
    "second_codes",
]

"""Coded passages: what the classifiers, the tagger and the attribution judge learn from.

Origins: ``written`` (models/corpus/*.jsonl, written for training), ``real`` (the coded
passages of real papers, of which the project holds labels with positions and hashes, never the
text; `resolve_real` joins them with the text where it is at hand), ``web`` (pages to learn from
only) and ``annotated`` (coders).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import ModelError
from pipeline.ids import sha256_text

CORPUS_FOLDER = Path(__file__).with_name("corpus")
MEASURED_ORIGINS = ("real", "annotated")
"""Origins that figures are measured on."""
TRAINING_ONLY = ("65", "66", "67")
"""Coded web pages that read as machine-written: learned from, never measured on."""


@dataclass(frozen=True, slots=True)
class Span:
    """A marked mention: characters ``start`` to ``end`` of the passage's text."""

    kind: str
    start: int
    end: int
    subtype: str | None = None


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence coded for who says it and how surely."""

    start: int
    end: int
    claim_source: str
    assertion: str


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """A passage with its labels by dimension; `group` is the document it is split by.

    `labels` holds a tuple per coded dimension; a dimension that was not coded is absent, which
    differs from coded with no label. `spans` and `sentences` are None where not marked.
    """

    passage_id: str
    group: str
    text: str
    labels: Mapping[str, tuple[str, ...]]
    origin: str
    spans: tuple[Span, ...] | None = None
    sentences: tuple[MarkedSentence, ...] | None = None
    weight: float = 1.0
    meta: Mapping[str, str] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """Hash of the text: how annotations find the passage again."""
        return sha256_text(self.text)


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a JSON-lines file.

    Raises
    ------
    ModelError
        Names file and line where a line is not a JSON object.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise ModelError(f"{path}:{number}: {error.msg}; expected a JSON object") from error
            if not isinstance(row, dict):
                raise ModelError(f"{path}:{number}: got {type(row).__name__}; expected an object")
            yield row


def load_written(folder: Path = CORPUS_FOLDER) -> list[CodedPassage]:
    """Return the passages written for training, in file order."""
    rows = (row for path in sorted(folder.glob("written_*.jsonl")) for row in read_jsonl(path))
    return [_coded(row, "written", row["text"]) for row in rows]


def resolve_real(
    texts: Mapping[str, str], labels: Path = CORPUS_FOLDER / "real_labels.jsonl"
) -> list[CodedPassage]:
    """Join the stored labels of real passages with their texts.

    Parameters
    ----------
    texts : mapping
        SHA-256 of the text to the text; passages whose text is not at hand are left out.
    labels : Path
        The stored labels: id, group, text_sha256, labels, spans, sentences.
    """
    found = []
    for row in read_jsonl(labels):
        text = texts.get(row["text_sha256"])
        if text is not None:
            found.append(_coded(row, "web" if row["doc"][:2] in TRAINING_ONLY else "real", text))
    return found


def real_texts(folder: Path) -> dict[str, str]:
    """Return hash to text for all passages of the annotation files in `folder`."""
    return {
        sha256_text(row["text"]): row["text"]
        for path in sorted(folder.glob("*.jsonl"))
        for row in read_jsonl(path)
        if "text" in row
    }


def _coded(row: Mapping[str, Any], origin: str, text: str) -> CodedPassage:
    spans, sentences = row.get("spans"), row.get("sentences")
    return CodedPassage(
        passage_id=row["id"],
        group=row["doc"],
        text=text,
        labels={name: tuple(found) for name, found in row["labels"].items()},
        origin=origin,
        spans=None if spans is None else tuple(Span(*span) for span in spans),
        sentences=None if sentences is None else tuple(MarkedSentence(*s) for s in sentences),
        meta={key: row[key] for key in ("style", "topic", "writer") if key in row},
    )


def surface_spans(text: str, surfaces: Iterable[tuple[str, str, str | None]]) -> tuple[Span, ...]:
    """Return the spans of listed surfaces: each whole-word occurrence, the longest where nested.

    Parameters
    ----------
    text : str
    surfaces : iterable of (kind, surface, subtype)
        As the codebook lists mentions: a string stands for every whole-word occurrence.
    """
    found = [
        Span(kind, match.start(), match.end(), subtype)
        for kind, surface, subtype in surfaces
        for match in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text)
    ]
    return longest(found)


def longest(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Keep the longest of overlapping spans, whatever their kinds; in order of start."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s.start - s.end, s.start, s.kind)):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return tuple(sorted(kept, key=lambda s: s.start))

"""Sentences of the written passages with what their writers marked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flows.evaluation.attribution_told import context_of
from models.passages import CORPUS_FOLDER
from pipeline.extract.context import PassageContext
from pipeline.extract.paper_voice import voice_of
from pipeline.protocols import SentenceView


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A marked sentence: its document, its place, and the marks."""

    document: str
    context: PassageContext
    index: int
    claim_source: str
    assertion: str

    @property
    def view(self) -> SentenceView:
        """The sentence as the rules see it."""
        return self.context.sentences[self.index]


def written_sentences() -> list[WrittenSentence]:
    """Return all marked sentences of the written passages; a document speaks with one voice."""
    documents: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(CORPUS_FOLDER.glob("written_*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            documents.setdefault(row["doc"], []).append(row)
    found = []
    for document, rows in documents.items():
        contexts = voiced([context_of(row["id"], row["text"]) for row in rows])
        for row, context in zip(rows, contexts, strict=True):
            for start, end, source, how in row.get("sentences", ()):
                place = nearest(context, start, end)
                found.append(WrittenSentence(document, context, place, source, how))
    return found


def voiced(contexts: Sequence[PassageContext]) -> list[PassageContext]:
    """Return the passages of one document with the voice of them all."""
    voice = voice_of(contexts)
    return [replace(one, paper_voice=voice) for one in contexts]


def nearest(context: PassageContext, start: int, end: int) -> int:
    """Return the index of the sentence that shares most with a stretch."""
    views = context.sentences
    return max(range(len(views)), key=lambda i: min(views[i].end, end) - max(views[i].start, start))


__all__ = ["WrittenSentence", "nearest", "voiced", "written_sentences"]

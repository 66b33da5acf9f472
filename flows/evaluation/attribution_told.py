"""Coded sentences and what a system says of each: loose passages, baselines."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from models.passages import resolve_real
from pipeline.extract.attribution import attribute
from pipeline.extract.context import PassageContext
from pipeline.extract.paper_voice import voice_of
from pipeline.extract.sentence_views import views
from pipeline.ids import content_id
from pipeline.protocols import PassageVerdict, SentenceVerdict
from pipeline.records import ASSERTIONS, CLAIM_SOURCES, Citation
from pipeline.structure.citations import citation_regions, find_citations

GOLDEN = Path(__file__).resolve().parents[2] / "tests" / "golden" / "attribution_real.jsonl"
DEVELOPMENT = GOLDEN.with_name("attribution_dev.jsonl")
"""Sentences coded by one coder to learn from, all of them other ones."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a system says of one coded sentence."""

    claim_source: str
    assertion: str
    works: frozenset[str]


def load_golden(path: Path) -> list[dict[str, Any]]:
    """Return the coded sentences: positions and labels, no text; empty where not at hand."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def development_rows(path: Path, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the sentences to learn from, a row each; those whose passage is not at hand left out.

    The file has a line per passage; its ``sentences`` are start, end, claim source, assertion and
    the judge's held-out scores of claim source.
    """
    return [
        {
            **{name: passage[name] for name in ("doc", "passage", "text_sha256")},
            **{"start": start, "end": end, "claim_source": source, "assertion": how},
            "held_out": scores,
        }
        for passage in load_golden(path)
        if passage["text_sha256"] in texts
        for start, end, source, how, scores in passage["sentences"]
    ]


def context_of(passage_id: str, text: str) -> PassageContext:
    """Return a loose passage whose citations name their works by first author and year."""
    citations = []
    for number, span in enumerate(find_citations(text)):
        # A number without its list tells works apart, but names none.
        name = work_name(f"{span.authors[0]} {span.year}") if span.authors else f"[{span.number}]"
        one = content_id("citation", passage_id, span.start, number)
        citations.append(Citation(one, passage_id, name, span.surface, span.start, span.end))
    context = PassageContext(
        passage_id,
        text,
        citations=tuple(citations),
        citation_regions=tuple(citation_regions(text)),
    )
    return replace(context, sentences=views(context))


def work_name(printed: str) -> str:
    """Return what tells a work in print: the first author's first word and the year."""
    words = re.findall(r"[^\W\d_]{2,}", printed.casefold())
    year = re.findall(r"\d{4}[a-z]?", printed)
    return f"{words[0] if words else ''} {year[-1] if year else ''}".strip()


def tell(
    rows: Sequence[Mapping[str, Any]], texts: Mapping[str, str], *, judged: bool
) -> list[Told]:
    """Return what the rules say of each sentence, with the judge's held-out scores or without."""
    by_passage: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_passage.setdefault(row["passage"], []).append(row)
    found: dict[int, Told] = {}
    voices = voices_of(texts)
    for passage_id, inside in by_passage.items():
        context = context_of(passage_id, texts[inside[0]["text_sha256"]])
        context = replace(context, paper_voice=voices.get(inside[0]["doc"], ()))
        places = [nearest_sentence(context, row) for row in inside]
        if judged:
            verdicts = [SentenceVerdict((), ())] * len(context.sentences)
            for place, row in zip(places, inside, strict=True):
                if row.get("held_out"):
                    verdicts[place] = verdict_of(row)
            context = replace(context, verdict=PassageVerdict(sentences=tuple(verdicts)))
        told = attribute(context)
        for place, row in zip(places, inside, strict=True):
            one = told[place]
            found[row["n"]] = Told(one.claim_source, one.assertion, frozenset(one.works))
    return [found[row["n"]] for row in rows]


def voices_of(texts: Mapping[str, str]) -> dict[str, tuple[tuple[str, float], ...]]:
    """Return how each document speaks, by all its coded passages."""
    documents: dict[str, list[PassageContext]] = {}
    for one in resolve_real(texts):
        documents.setdefault(one.group, []).append(context_of(one.passage_id, one.text))
    return {document: voice_of(contexts) for document, contexts in documents.items()}


def nearest_sentence(context: PassageContext, row: Mapping[str, Any]) -> int:
    """Return the index of the sentence that shares most with a coded stretch."""

    def shared(i: int) -> int:
        one = context.sentences[i]
        return min(one.end, int(row["end"])) - max(one.start, int(row["start"]))

    return max(range(len(context.sentences)), key=shared)


def verdict_of(row: Mapping[str, Any]) -> SentenceVerdict:
    """Return a row's held-out scores: claim source, and assertion where it was kept."""
    scores = row["held_out"]
    if isinstance(scores[0], (int, float)):
        return SentenceVerdict(tuple(scores), ())
    return SentenceVerdict(*(tuple(one) for one in scores))


def judge_alone(row: Mapping[str, Any]) -> Told:
    """Return what the judge's held-out scores say without any rule."""
    source, how = row["held_out"]
    return Told(CLAIM_SOURCES[int(np.argmax(source))], ASSERTIONS[int(np.argmax(how))], frozenset())


def by_citation(rows: Sequence[Mapping[str, Any]], texts: Mapping[str, str]) -> list[Told]:
    """Return the baseline: cited where a citation stands, else the authors' own."""
    told = []
    for row in rows:
        inside = [
            work_name(f"{span.authors[0] if span.authors else ''} {span.year}")
            for span in find_citations(texts[row["text_sha256"]])
            if row["start"] <= span.start < row["end"]
        ]
        told.append(Told("cited" if inside else "own", "affirmed", frozenset(inside)))
    return told

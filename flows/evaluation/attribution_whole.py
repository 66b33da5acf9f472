"""Who says so, measured as a user meets it: the sentences of papers that are read whole.

A loose passage knows neither the passage before it, nor the reference list, nor the whole paper's
voice; `ingest` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from flows.evaluation.attribution_told import Told, verdict_of, work_name
from pipeline.codebook import load_codebook
from pipeline.extract import Extractor
from pipeline.ids import sha256_bytes
from pipeline.protocols import PassageInput, PassageVerdict, SentenceVerdict
from pipeline.readers import read_bytes
from pipeline.records import Reading
from pipeline.structure import structure

Rows = Sequence[Mapping[str, Any]]


class HeldOutJudge:
    """Implements `pipeline.protocols.Judge` with scores of sentences that were kept apart.

    Parameters
    ----------
    scores : mapping
        Words of a sentence (`same_words`) to its scores of claim source and assertion.
    """

    model_ids: Mapping[str, str] = {}

    def __init__(self, scores: Mapping[str, SentenceVerdict]) -> None:
        self._scores = scores

    def judge(
        self, passages: Sequence[PassageInput], point: str = "balanced"
    ) -> list[PassageVerdict]:
        """Return what is known of each passage's sentences, nothing of the others."""
        del point
        unknown = SentenceVerdict((), ())
        return [
            PassageVerdict(
                sentences=tuple(
                    self._scores.get(same_words(one.text[s.start : s.end]), unknown)
                    for s in one.sentences
                )
            )
            for one in passages
        ]


def same_words(text: str) -> str:
    """Return a sentence's letters and digits: readings differ in blanks and footnote marks."""
    return re.sub(r"[\W_]+", "", text).casefold()


def told_in_papers(
    rows: Rows, development: Rows, texts: Mapping[str, str], folder: Path
) -> dict[int, Told]:
    """Return what is said of coded sentences in their papers, by the row's number.

    Parameters
    ----------
    rows : sequence of mapping
        Coded sentences; those whose paper is not in `folder` or whose words are cut otherwise
        there are left out.
    development : sequence of mapping
        More sentences with held-out scores: a sentence's neighbours are judged as well.
    texts : mapping
        Hash of a passage's text to the text.
    folder : Path
        Of the papers, each named as its document.
    """
    scores = {}
    for row in (*development, *rows):
        if row.get("held_out"):
            scores[same_words(_sentence(row, texts))] = verdict_of(row)
    extractor = Extractor(load_codebook(), HeldOutJudge(scores))  # type: ignore[arg-type]
    found: dict[int, Told] = {}
    for document in sorted({str(row["doc"]) for row in rows}):
        path = folder / document
        if path.is_file():
            told = dict(_sentences(extractor, _reading(path)))
            for row in rows:
                one = told.get(same_words(_sentence(row, texts)))
                if row["doc"] == document and one is not None:
                    found[row["n"]] = one
    return found


def _sentence(row: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    return texts[row["text_sha256"]][row["start"] : row["end"]]


def _reading(path: Path) -> Reading:
    data = path.read_bytes()
    document = read_bytes(data, path.name)
    return structure(document, source=str(path), sha256=sha256_bytes(data))


def _sentences(extractor: Extractor, reading: Reading) -> Iterable[tuple[str, Told]]:
    """Yield the words of each sentence with what is said of it."""
    names = {w.work_id: work_name(f"{(w.authors or ('',))[0]} {w.year}") for w in reading.works}
    bodies = {one.passage_id: one.text for one in reading.passages}
    (made,) = extractor.extract([reading])
    for one in made.evidence.sentences:
        text = bodies[one.passage_id][one.start : one.end]
        works = frozenset(names.get(work, work) for work in one.works)
        yield same_words(text), Told(one.claim_source, one.assertion, works)

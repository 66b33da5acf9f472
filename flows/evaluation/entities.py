"""Mentions and clusters measured: by type, exact and overlapping, per paper, baselines beside."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from flows.evaluation.cluster_tables import gold_tables, match
from flows.evaluation.extracts import HALVES, MENTION_COLUMNS, mention_rows
from flows.evaluation.spans import Spans, score, tally
from flows.settings import Settings
from models.judge import load_judge
from models.passages import CORPUS_FOLDER, CodedPassage, load_written, real_texts, resolve_real
from pipeline.extract.candidates import Candidate
from pipeline.extract.linking import Linker
from pipeline.extract.mentions import MentionFinder, Source
from pipeline.extract.mentions_names import NameFinder
from pipeline.extract.stock import stock_mentions
from pipeline.extract.tokens import Tokens
from pipeline.protocols import Judge, TaggedSpan
from pipeline.records import ENTITY_KINDS
from pipeline.structure.citations import citation_regions
from pipeline.vocabulary import Vocabulary, load_vocabulary

TRAINING_ONLY = ("65", "66", "67")
"""Documents that read as machine-written: for training, never for measuring."""
Tags = Mapping[str, tuple[TaggedSpan, ...]]
Found = dict[str, list[Candidate]]
Told = Mapping[str, Sequence[Candidate | tuple[str, int, int]]]
WORST = 400

HELD_OUT_TAGS = CORPUS_FOLDER / "held_out_tags.jsonl"


def run(
    settings: Settings, real: Path | None, tags: Path | None = None, judge: Judge | None = None
) -> dict[str, Any]:
    """Measure mentions on real passages (written ones where no real ones are at hand).

    Parameters
    ----------
    settings : Settings
        Where the page of errors goes.
    real : Path or None
        Folder of the coded real passages.
    tags : Path or None
        What a tagger that never saw the passage's document proposes: JSON lines with ``id`` and
        ``spans`` (kind, start, end, score, type). By default the fold encoders' tags of real
        passages, which the project keeps as positions.
    judge : Judge, optional
        For the extracts by other hands; by default the models in use, which never saw them.
    """
    passages = measured_passages(real)
    if tags is None and real is not None and HELD_OUT_TAGS.exists():
        tags = HELD_OUT_TAGS
    tagged = load_tags(tags) if tags is not None else {}
    if tagged:
        passages = [p for p in passages if p.passage_id in tagged]
    vocabulary = load_vocabulary()
    bare = vocabulary.without(names_of(passages))
    finder = MentionFinder(vocabulary)
    systems: dict[str, Told] = {
        "extractor": find_all(finder, passages, tagged),
        "extractor, passage by passage": find_all(finder, passages, tagged, by_paper=False),
        "extractor, without the documents' names": find_all(
            MentionFinder(bare), passages, tagged
        ),
        "rules without the tagger": find_all(finder, passages, {}),
        "tagger alone": {
            p.passage_id: [(t.kind, t.start, t.end) for t in tagged.get(p.passage_id, ())]
            for p in passages
        },
        "vocabularies alone": vocabulary_alone(vocabulary, passages),
        "stock spaCy, labels mapped": dict(
            zip(
                [p.passage_id for p in passages],
                stock_mentions([p.text for p in passages], vocabulary),
                strict=True,
            )
        ),
    }  # fmt: skip
    if not tagged:
        systems.pop("tagger alone")
    results: dict[str, Any] = {"systems": {}, "papers": {}}
    rows: list[tuple[object, ...]] = []
    for name, found in systems.items():
        spans = {key: as_spans(one) for key, one in found.items()}
        results["systems"][name] = figures(passages, spans)
        rows += _rows(name, results["systems"][name])
    own = {key: as_spans(one) for key, one in systems["extractor"].items()}
    for group in dict.fromkeys(p.group for p in passages):
        inside = [p for p in passages if p.group == group]
        results["papers"][group] = figures(inside, own)
    page = settings.home / "errors" / "entities.html"
    write_errors(page, passages, own)
    results["error_page"] = str(page)
    if real is not None:
        results["cluster_tables"] = table_figures(real, passages, vocabulary, tagged)
    columns = ["system", "type", "measure", "F1", "95 %", "precision", "recall", "gold", "found"]
    results["tables"] = {"mentions": {"columns": columns, "rows": rows}}
    shipped = judge or load_judge(settings.models_path)
    rows = [row for half in HALVES for row in mention_rows(half, shipped)]
    if rows:
        title = "mentions in extracts by other hands, read whole"
        results["tables"][title] = {"columns": MENTION_COLUMNS, "rows": rows}
    results["notes"] = [f"worst errors: {page}"] if passages else ["no passages at hand"]
    return results


def measured_passages(real: Path | None) -> list[CodedPassage]:
    """Return the passages to measure on: real ones where at hand, else the written ones."""
    if real is None:
        return [p for p in load_written() if p.spans is not None]
    passages = resolve_real(real_texts(real))
    return [p for p in passages if p.spans is not None and p.group[:2] not in TRAINING_ONLY]


def load_tags(path: Path) -> dict[str, tuple[TaggedSpan, ...]]:
    """Read a tagger's spans from JSON lines."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return {row["id"]: tuple(TaggedSpan(*span) for span in row["spans"]) for row in rows}


def names_of(passages: Sequence[CodedPassage]) -> set[str]:
    """Return the surfaces of all mentions but countries: what a vocabulary could have learned."""
    return {p.text[s.start : s.end] for p in passages for s in p.spans or () if s.kind != "COUNTRY"}


def find_all(
    finder: MentionFinder, passages: Sequence[CodedPassage], tags: Tags, *, by_paper: bool = True
) -> Found:
    """Return the mentions of all passages, by passage id; a document's passages go together."""
    groups: dict[str, list[CodedPassage]] = {}
    for passage in passages:
        groups.setdefault(passage.group if by_paper else passage.passage_id, []).append(passage)
    found: Found = {}
    for group in groups.values():
        sources = [
            Source(p.text, tuple(citation_regions(p.text)), tags.get(p.passage_id)) for p in group
        ]
        found.update(zip([p.passage_id for p in group], finder.find(sources), strict=True))
    return found


def vocabulary_alone(vocabulary: Vocabulary, passages: Sequence[CodedPassage]) -> Found:
    """Return what stands in the vocabularies, taken as it is: longest forms, no context."""
    from pipeline.extract.candidates import longest

    names = NameFinder(vocabulary)
    return {p.passage_id: longest(names.find(Tokens.of(p.text))) for p in passages}


def as_spans(found: Sequence[Candidate | tuple[str, int, int]]) -> Spans:
    """Return kind, start and end of candidates (spans stay as they are)."""
    return [(c.kind, c.start, c.end) if isinstance(c, Candidate) else c for c in found]


def figures(passages: Sequence[CodedPassage], found: Mapping[str, Spans]) -> dict[str, Any]:
    """Return exact and overlap scores by type."""
    return {
        measure: {
            kind: _score(passages, found, kind, overlap=measure == "overlap").as_json()
            for kind in ENTITY_KINDS
        }
        for measure in ("exact", "overlap")
    }


def _score(
    passages: Sequence[CodedPassage], found: Mapping[str, Spans], kind: str, *, overlap: bool
) -> Any:
    counts: dict[str, list[tuple[int, int, int, int]]] = {}
    for p in passages:
        gold = [(s.kind, s.start, s.end) for s in p.spans or ()]
        one = tally(gold, found.get(p.passage_id, []), kind, overlap=overlap)
        counts.setdefault(p.group, []).append(one)
    return score(counts)


def _rows(name: str, found: Mapping[str, Any]) -> list[tuple[object, ...]]:
    return [
        (
            name, kind, measure, f"{one['f1']:.3f}", f"{one['low']:.3f} to {one['high']:.3f}",
            f"{one['precision']:.3f}", f"{one['recall']:.3f}", one["gold"], one["found"],
        )
        for measure, kinds in found.items()
        for kind, one in kinds.items()
    ]  # fmt: skip


def table_figures(
    real: Path, passages: Sequence[CodedPassage], vocabulary: Vocabulary, tags: Tags
) -> dict[str, Any]:
    """Return, per paper, how its table of clusters agrees with the coders'."""
    finder = MentionFinder(vocabulary)
    linker = Linker(vocabulary, finder.words, finder.names)
    results = {}
    for number, gold in gold_tables(real).items():
        inside = [p for p in passages if p.group.startswith(f"{number}_")]
        if not inside:
            continue
        found = find_all(finder, inside, tags)
        linked = linker.link(number, [(p.passage_id, p.text, found[p.passage_id]) for p in inside])
        mentions = [m for told in linked.mentions.values() for m in told]
        results[number] = match(gold, linked.entities.values(), mentions)
    return results


def write_errors(path: Path, passages: Sequence[CodedPassage], found: Mapping[str, Spans]) -> None:
    """Write the errors with their surroundings as a page; clusters first, then by type."""
    rows: list[tuple[str, str, str, str]] = []
    for p in passages:
        gold = {(s.kind, s.start, s.end) for s in p.spans or ()}
        told = set(found.get(p.passage_id, ()))
        for label, spans in (("missed", gold - told), ("too many", told - gold)):
            rows += [(s[0], label, p.passage_id, _context(p.text, s)) for s in sorted(spans)]
    rows.sort(key=lambda row: (ENTITY_KINDS.index(row[0]), row[1], row[2]))
    body = "\n".join(
        f"<tr><td>{kind}<td>{label}<td>{passage}<td>{text}</tr>"
        for kind, label, passage, text in rows[:WORST]
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        "<!doctype html><meta charset=utf-8><title>Errors of mentions</title>"
        f"<table><tr><th>type<th>error<th>passage<th>text</tr>\n{body}\n</table>\n",
        encoding="utf-8",
    )


def _context(text: str, span: tuple[str, int, int]) -> str:
    _, start, end = span
    before, after = text[max(0, start - 60) : start], text[end : end + 40]
    marked = html.escape(text[start:end])
    return f"{html.escape(before)}<b>{marked}</b>{html.escape(after)}"


__all__ = ["figures", "find_all", "load_tags", "measured_passages", "run", "table_figures"]

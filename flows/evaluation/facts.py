"""Facts measured: marked sentences of which half were never tuned on, written and real passages."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from flows.evaluation.attribution_told import context_of
from flows.evaluation.comparing_facts import (
    Case,
    Number,
    coded_number,
    figures,
    found_number,
    pair_up,
    same_year,
)
from flows.evaluation.error_page import write_page
from flows.evaluation.extracts import HALVES, extract_rows, read_extracts, second_codes
from flows.evaluation.written_facts import document_of, extracted, written_rows
from flows.settings import Settings
from models.judge import load_judge
from pipeline.codebook import load_codebook
from pipeline.extract import Extractor
from pipeline.extract.attribution import attribute
from pipeline.extract.context import PassageContext
from pipeline.extract.facts import find_facts
from pipeline.extract.quantities_lexicon import load_lexicon
from pipeline.protocols import Judge, NoJudge
from pipeline.records import Entity, EntityKind, Fact, Mention

GOLDEN = Path(__file__).resolve().parents[2] / "tests" / "golden"
ERROR_COLUMNS = ("set", "error", "document", "metric", "value", "unit", "year", "of", "text")
_MARK = re.compile(r"\[(?P<text>[^|\]]*)\|(?P<kind>[A-Z]+)(?::(?P<country>[A-Z]{2}))?\]")
_NEAR = re.compile(r"(?P<number>\d[\d,.]*\d|\d)\s*(?P<percent>%|per ?cent)?")


def run(
    settings: Settings, real: Path | None, judge: Judge | None = None, *, written: bool = False
) -> dict[str, Any]:
    """Measure facts: matched by metric, value within 0.5 percent, and cluster or else country.

    Parameters
    ----------
    settings : Settings
        Where the page of errors goes.
    real : Path or None
        Folder of the coded real passages.
    judge : Judge, optional
        For mentions; without it real passages, which the encoder has seen, are read by rules and
        vocabularies alone, and the extracts, which it has not, by the models in use.
    written : bool
        Whether to measure on the written documents, too (half a minute).
    """
    sets: dict[str, list[Case]] = {}
    for half in ("test", "dev"):
        rows = read_marked(GOLDEN / f"facts_{half}.jsonl")
        sets[f"marked sentences, {half} half"] = [_marked_case(row) for row in rows]
        sets[f"baseline on the {half} half: nearest word"] = [
            replace(case, found=tuple(nearest_word(row["marked"])))
            for case, row in zip(sets[f"marked sentences, {half} half"], rows, strict=True)
        ]
    shipped = judge or load_judge(settings.models_path)
    for half in HALVES:
        cases = extract_cases(half, shipped)
        if cases:
            sets[f"extracts by other hands, {half} half"] = cases
    if second := second_coder_cases():
        sets["extracts by other hands, test half: a second coder"] = second
    if real is not None:
        sets["real passages, end to end"] = real_cases(real, judge or NoJudge())
    if written:
        sets |= written_cases()
    results: dict[str, Any] = {"sets": {name: figures(cases) for name, cases in sets.items()}}
    rows_out = [
        (
            name, round(one["f1"], 3), f"{one['low']:.3f} to {one['high']:.3f}",
            round(one["precision"], 3), round(one["recall"], 3), round(one["year_right"], 3),
            round(one["unit_right"], 3), one["gold"], one["documents"],
        )
        for name, one in results["sets"].items()
    ]  # fmt: skip
    columns = ["set", "F1", "95 %", "precision", "recall", "year right", "unit right", "facts",
               "documents"]  # fmt: skip
    results["tables"] = {"facts, without the metric other": {"columns": columns, "rows": rows_out}}
    page = settings.home / "errors" / "facts.html"
    seen = {name: cases for name, cases in sets.items() if not name.startswith("baseline")}
    write_page(page, "Errors of facts", ERROR_COLUMNS, error_rows(seen))
    results["notes"] = [
        f"worst errors: {page}",
        "the test half was written before the rules and never tuned on;"
        " the dev half and the real passages were looked at",
    ]
    return results


def read_marked(path: Path) -> list[dict[str, Any]]:
    """Return marked sentences: ``marked`` text and ``facts``; empty where not at hand."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _plain(marked: str) -> str:
    return _MARK.sub(lambda match: match["text"], marked)


def marked_context(passage_id: str, marked: str) -> PassageContext:
    """Return a passage with its marked mentions: ``[Sialkot's cluster|CLUSTER:PK]``."""
    text, at = "", 0
    mentions: list[Mention] = []
    entities: dict[str, Entity] = {}
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        kind: EntityKind = match["kind"]  # type: ignore[assignment]
        name = match["country"] if kind == "COUNTRY" else match["text"]
        one = f"{kind}:{name}"
        entities[one] = Entity(one, kind, name or "", match["country"])
        mentions.append(
            Mention(
                f"m{len(text)}",
                passage_id,
                kind,
                one,
                match["text"],
                len(text),
                len(text) + len(match["text"]),
                "marked",
                1.0,
            )
        )
        text += match["text"]
        at = match.end()
    text += marked[at:]
    return replace(context_of(passage_id, text), mentions=tuple(mentions), entities=entities)


def facts_of_marked(passage_id: str, marked: str) -> tuple[Fact, ...]:
    """Return the facts found in a marked sentence, its mentions taken as given."""
    context = marked_context(passage_id, marked)
    return find_facts(context, attribute(context))


def _marked_case(row: Mapping[str, Any]) -> Case:
    context = marked_context(row["id"], row["marked"])
    found = find_facts(context, attribute(context))
    return Case(
        row["id"],
        tuple(coded_number(one) for one in row["facts"]),
        tuple(found_number(one, context.entities) for one in found),
        context.text,
    )


def real_cases(real: Path, judge: Judge) -> list[Case]:
    """Return all coded real passages with what the extractor finds in each by itself."""
    rows = [row for name in ("papers", "other") for row in _rows(real / f"{name}.jsonl")]
    extractor = Extractor(load_codebook(), judge)
    results = extractor.extract_loose([row["text"] for row in rows], [[] for _ in rows])
    cases = []
    for row, result in zip(rows, results, strict=True):
        entities = {one.entity_id: one for one in result.evidence.entities}
        cases.append(
            Case(
                row["doc"],
                tuple(coded_number(one) for one in row["quantities"]),
                tuple(found_number(one, entities) for one in result.evidence.facts),
                row["text"],
            )
        )
    return cases


def extract_cases(half: str, judge: Judge) -> list[Case]:
    """Return the extracts of one half with what the extractor finds in each, read whole."""
    return [
        Case(
            one.document,
            tuple(coded_number(fact) for fact in one.gold_facts),
            tuple(found_number(fact, one.entities) for fact in one.facts),
            one.text,
        )
        for one in read_extracts(half, judge)
    ]


def second_coder_cases() -> list[Case]:
    """Return extracts of the test half with what a second coder found: as far as people agree."""
    second = second_codes()
    return [
        Case(
            row["doc"],
            tuple(coded_number(one) for one in row["facts"] if one["passage"] == number),
            tuple(coded_number(one) for one in second[row["doc"]] if one["passage"] == number),
        )
        for row in extract_rows("test")
        if row["doc"] in second
        for number in range(len(row["passages"]))
    ]


def written_cases() -> dict[str, list[Case]]:
    """Return the written documents' passages, mentions given, by halves of the documents.

    Errors of one half were read when rules were mended, those of the other never.
    """
    halves: dict[str, list[Case]] = {}
    for rows, evidence in extracted(written_rows()):
        entities = {one.entity_id: one for one in evidence.entities}
        document = rows[0]["doc"]
        read = int(hashlib.sha256(document.encode()).hexdigest(), 16) % 2 == 0
        cases = halves.setdefault(f"written documents, {'dev' if read else 'test'} half", [])
        for row, passage in zip(rows, document_of(rows).passages, strict=True):
            found = [f for f in evidence.facts if f.passage_id == passage.passage_id]
            cases.append(
                Case(
                    document,
                    tuple(coded_number(one) for one in row["quantities"]),
                    tuple(found_number(one, entities) for one in found),
                    row["text"],
                )
            )
    return halves


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def error_rows(sets: Mapping[str, Sequence[Case]]) -> Iterator[tuple[object, ...]]:
    """Yield missed, superfluous and wrongly dated facts; real passages first.

    The test half is told in figures only: who reads its errors tunes on them.
    """
    for name, cases in sorted(sets.items(), key=lambda item: not item[0].startswith("real")):
        if "test half" in name:
            continue
        for case in cases:
            hits = pair_up(case)
            missed = [one for one in case.gold if one.metric != "other"]
            extra = [one for one in case.found if one.metric != "other"]
            for gold, found in hits:
                missed.remove(gold)
                extra.remove(found)
            told = [("missed", one) for one in missed] + [("too many", one) for one in extra]
            told += [("year or unit", b) for a, b in hits
                     if not same_year(a, b) or a.unit != b.unit]  # fmt: skip
            for label, one in told:
                yield (name, label, case.document, one.metric, _plain_value(one.value), one.unit,
                       one.year or f"{one.year_from or ''}-{one.year_to or ''}",
                       one.cluster or one.country or "", case.text)  # fmt: skip


def _plain_value(value: float) -> str:
    return f"{value:,.10g}"


def nearest_word(marked: str) -> list[Number]:
    """Return the baseline's facts: each number in digits takes the metric whose cue is nearest.

    Its subject is the first marked mention.
    """
    text = _plain(marked)
    first = _MARK.search(marked)
    cluster = first["text"] if first and first["kind"] == "CLUSTER" else None
    country = first["country"] if first else None
    metrics = [m for m in load_lexicon().data.metrics if m.name != "other"]
    lower = text.casefold()
    years = [int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", text)]
    found = []
    for match in _NEAR.finditer(text):
        plain = match["number"].replace(",", "").rstrip(".")
        if plain.count(".") > 1 or (plain.isdigit() and int(plain) in years):
            continue
        value = float(plain)
        for word, factor in (("million", 1e6), ("billion", 1e9), ("lakh", 1e5), ("crore", 1e7)):
            value *= factor if lower[match.end() :].lstrip().startswith(word) else 1
        best, distance = "", 60
        for metric in metrics:
            for cue in metric.cues:
                at = lower.find(cue)
                if at >= 0 and abs(at - match.start()) < distance:
                    best, distance = metric.name, abs(at - match.start())
        if best:
            unit = "percent" if match["percent"] else ""
            year = years[0] if years else None
            found.append(Number(best, value, cluster, country, year, None, None, unit))
    return found

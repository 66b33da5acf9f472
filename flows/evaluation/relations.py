"""Relations measured on marked documents of our own: half read while mending, half never."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.evaluation.error_page import write_page
from flows.evaluation.spans import score
from flows.evaluation.written_facts import extracted
from flows.settings import Settings
from pipeline.codebook import CODEBOOK_FOLDER
from pipeline.extract.relations import RelationsFile
from pipeline.records import Evidence
from pipeline.vocabulary import load_vocabulary
from pipeline.yamldata import load_yaml

GOLDEN = Path(__file__).resolve().parents[2] / "tests" / "golden" / "relations.jsonl"
ERROR_COLUMNS = ("error", "document", "relation", "subject", "object", "assertion", "sentence")
_MARK = re.compile(r"\[(?P<text>[^|\]]*)\|(?P<kind>[A-Z]+)(?::(?P<type>\w+))?\]")

Triple = tuple[int, str, str, str]
"""Number of the sentence, relation, subject, object (both as marked; a sector by its name)."""


@dataclass(frozen=True, slots=True)
class Case:
    """One document: coded and found relations to their assertion, and the pairs that could be."""

    document: str
    gold: dict[Triple, str]
    found: dict[Triple, str]
    pairs: frozenset[Triple]
    sentences: tuple[str, ...]


def run(settings: Settings, real: Path | None) -> dict[str, Any]:
    """Measure relations; the marks of entities are given, linking and all else is looked for.

    Parameters
    ----------
    settings : Settings
        Where the page of errors goes.
    real : Path or None
        Not used: the coded real passages hold no relations.

    Notes
    -----
    A relation is right by sentence, name, subject and object ("pair"); "pair and assertion" asks
    besides that it is affirmed, negated, hypothetical or planned as coded.
    """
    cases = read_cases(GOLDEN)
    halves = {half: [c for c in cases if c.document.startswith(half)] for half in ("test", "dev")}
    results: dict[str, Any] = {"sets": {h: figures(some) for h, some in halves.items()}}
    rows = []
    for half, one in results["sets"].items():
        for measure in ("pair", "pair and assertion", "baseline: every pair of the right kinds"):
            f = one[measure]
            rows.append(
                (f"{half} half", measure, f["f1"], f"{f['low']:.3f} to {f['high']:.3f}",
                 f["precision"], f["recall"], f["gold"], one["negatives"], one["documents"])
            )  # fmt: skip
    columns = ["set", "measure", "F1", "95 %", "precision", "recall", "relations",
               "pairs without", "documents"]  # fmt: skip
    by_name = [
        (f"{half} half", name, f["f1"], f["precision"], f["recall"], f["gold"])
        for half, one in results["sets"].items()
        for name, f in one["by relation"].items()
    ]
    results["tables"] = {
        "relations": {"columns": columns, "rows": rows},
        "relations by name, pair and assertion": {
            "columns": ["set", "relation", "F1", "precision", "recall", "relations"],
            "rows": by_name,
        },
    }
    page = settings.home / "errors" / "relations.html"
    write_page(page, "Errors of relations", ERROR_COLUMNS, error_rows(halves["dev"]))
    results["notes"] = [
        f"worst errors: {page}",
        "documents of our own with entities marked; the test half was written before the rules"
        " were mended and its errors never read, but by the same hand as the rules",
    ]
    return results


def read_cases(path: Path) -> list[Case]:
    """Return the marked documents with what is found in them; empty where not at hand."""
    if not path.is_file():
        return []
    documents: dict[str, list[dict[str, Any]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        documents.setdefault(row["doc"], []).append(row)
    told = [_row(name, rows) for name, rows in documents.items()]
    found = extracted(told)
    return [
        _case(name, documents[name], row, evidence)
        for (name, row), (_, evidence) in zip(
            ((row["doc"], row) for row in told), found, strict=True
        )
    ]


def _row(document: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a document as one passage with spans; `starts` tells where its sentences begin."""
    text, spans, starts = "", [], []
    for row in rows:
        text += " " if text else ""
        starts.append(len(text))
        at = 0
        for mark in _MARK.finditer(row["marked"]):
            text += row["marked"][at : mark.start()]
            spans.append((mark["kind"], len(text), len(text) + len(mark["text"]), mark["type"]))
            text += mark["text"]
            at = mark.end()
        text += row["marked"][at:]
    return {"doc": document, "text": text, "spans": spans, "starts": starts}


def _case(
    document: str, rows: Sequence[Mapping[str, Any]], row: Mapping[str, Any], evidence: Evidence
) -> Case:
    starts = [*row["starts"], len(row["text"]) + 1]
    entities = {one.entity_id: one for one in evidence.entities}
    gold = {
        (
            i, one["relation"], one["subject"],
            _branch(one["object"]) if one["relation"] == "in_sector" else one["object"],
        ): one["assertion"]
        for i, sentence in enumerate(rows)
        for one in sentence["relations"]
    }  # fmt: skip
    found: dict[Triple, str] = {}
    for one in evidence.relations:
        i = sum(start <= one.start for start in starts) - 1
        names = {
            m.entity_id: _marked(row, m.start, m.end) or m.surface
            for m in evidence.mentions
            if starts[i] <= m.start < starts[i + 1]
        }
        subject = names.get(one.subject_id, one.subject_id)
        other = names.get(one.object_id)
        if other is None:
            other = _branch(one.object_id, entities[one.subject_id].isic)
        found[i, one.relation, subject, other] = one.assertion
    pairs = set()
    for i in range(len(rows)):
        inside = [s for s in row["spans"] if starts[i] <= s[1] < starts[i + 1]]
        for relation in load_yaml(CODEBOOK_FOLDER / "relations.yaml", RelationsFile).relations:
            for kind, start, end, subtype in inside:
                if kind not in relation.subject:
                    continue
                if relation.subject_types and subtype not in relation.subject_types:
                    continue
                subject = row["text"][start:end]
                if relation.object == ("sector",):
                    told = {m.entity_id for m in evidence.mentions if m.start == start}
                    pairs |= {
                        (i, relation.name, subject, _branch(sector, entities[e].isic))
                        for e in told
                        if (sector := entities[e].sector)
                    }
                    continue
                pairs |= {
                    (i, relation.name, subject, row["text"][s:e])
                    for other, s, e, _ in inside
                    if other in relation.object
                }
    texts = tuple(_MARK.sub(lambda m: m["text"], sentence["marked"]) for sentence in rows)
    return Case(document, gold, found, frozenset(pairs), texts)


def _marked(row: Mapping[str, Any], start: int, end: int) -> str | None:
    """Return the marked name that a mention touches."""
    return next((row["text"][s:e] for _, s, e, _ in row["spans"] if s < end and start < e), None)


def _branch(sector: str, isic: str | None = None) -> str:
    """Return a sector's ISIC division: "footballs" and "sports goods" are one branch."""
    rows = load_vocabulary().sectors.sectors
    known = next((row.isic for row in rows if row.sector == sector), None)
    return isic or known or sector


def figures(cases: Sequence[Case]) -> dict[str, Any]:
    """Return the scores of some documents, the counts of pairs without a relation beside."""
    names = sorted({key[1] for case in cases for key in case.gold})
    surely = {c.document: [_tally(c.gold.items(), c.found.items())] for c in cases}
    by_name = {
        name: score(
            {
                c.document: [_tally(
                    [one for one in c.gold.items() if one[0][1] == name],
                    [one for one in c.found.items() if one[0][1] == name],
                )]
                for c in cases
            }
        ).as_json()
        for name in names
    }  # fmt: skip
    return {
        "pair": score({c.document: [_tally(c.gold, c.found)] for c in cases}).as_json(),
        "pair and assertion": score(surely).as_json(),
        "baseline: every pair of the right kinds": score(
            {
                c.document: [_tally(c.gold.items(), [(pair, "affirmed") for pair in c.pairs])]
                for c in cases
            }
        ).as_json(),
        "by relation": by_name,
        "negatives": sum(len(c.pairs - set(c.gold)) for c in cases),
        "assertions": Counter(how for c in cases for how in c.gold.values()),
        "documents": len(cases),
    }


def _tally(gold: Any, found: Any) -> tuple[int, int, int, int]:
    truth, told = set(gold), set(found)
    both = len(truth & told)
    return both, len(told), both, len(truth)


def error_rows(cases: Sequence[Case]) -> list[tuple[object, ...]]:
    """Return missed, superfluous and wrongly asserted relations of the dev half."""
    rows: list[tuple[object, ...]] = []
    for case in cases:
        for key in sorted(set(case.gold) | set(case.found)):
            one, other = case.gold.get(key), case.found.get(key)
            if one == other:
                continue
            what = "too many" if one is None else "missed" if other is None else "assertion"
            rows.append((what, case.document, *key[1:], f"{one} / {other}", case.sentences[key[0]]))
    return rows


__all__ = ["Case", "error_rows", "figures", "read_cases", "run"]

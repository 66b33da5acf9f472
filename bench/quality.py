"""``python -m bench.quality``: `docs/quality.md` from the cards and the evaluations.

With ``--real FOLDER`` entities, facts and attribution are measured on the coded real passages.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from flows.evaluation import evaluate
from flows.evaluation.facts import run as facts
from flows.settings import Settings
from models.artefacts import open_artefact
from models.passages import CORPUS_FOLDER, read_jsonl
from models.registry import shipped_models

PAGE = Path(__file__).resolve().parents[1] / "docs" / "quality.md"
HEAD = """# How good is it?

Made by `python -m bench.quality --real FOLDER`. Documents are kept apart between training and
measuring everywhere; intervals come from resampling documents: wide where there are few.

"""
LIMITS = """
What bounds these figures:

- Three fold encoders were trained, each on two thirds of the documents, and measured on the other
  third. The shipped encoder saw all passages and was measured on nothing unseen; the figures are
  those of the fold encoders.
- Vocabularies of names were written by people who had seen the measured documents; the row
  "without the documents' names" is the honest lower bound for a paper on other places.
"""
SECOND = """A sample of the written passages was coded a second time, blind
(`models/corpus/second_codes.jsonl`), and a sample of the measured real ones by coders who had
nothing but the codebook (`real_second_codes.jsonl`, language models): what the labels themselves
allow. The 2,880 written passages that held-out classifiers doubted most were coded again too
(`doubted_second_codes.jsonl`): a label that both coders gave, or that the classifier sided with, is
what is learned; `first_labels` keeps what the first coder had said. So figures on written passages
flatter a little; those on real ones are not touched. F1 over all pairs of passage and label, and
the share of passages coded just alike.

"""
SECOND_CODES = {
    "written": ("written_*.jsonl", "second_codes.jsonl"),
    "written, doubted": ("written_*.jsonl", "doubted_second_codes.jsonl"),
    "real": ("real_labels.jsonl", "real_second_codes.jsonl"),
}
"""Passages to the files with the first and with the second codes."""
ABOUT = {
    "facts": """The rows "written documents" are a larger and harder test, of made documents that
are strings of unrelated passages, entities given: what a number is said of may stand in a passage
that has nothing to do with the one before, so carrying a place from passage to passage errs there.
The extracts are two paragraphs each of an imagined paper, written and coded by language models that
had the coding manual and never saw the program, each with regions, industries and a style of its
own. They are read whole, mentions found by the shipped models: what to expect on a new paper. Of
the development half errors were read while rules were mended, of the test half nothing. A second
coder, blind, coded 52 documents of the test half: that row is how far two readers of the manual
agree. Bare numbers and shares that no rule knows are taken, and others denied, by the words around
them (`bench/number_weights.py`), learned from the development half and from texts written to hold
numbers that look like facts; real passages teach it nothing.

""",
    "attribution": """The sentences of the three papers are also read within their papers, as
`ingest` meets them: with the passage before, the reference list and the paper's voice. The judge's
scores are those of encoders that had not learned from the sentence's document.

""",
    "relations": """Documents of our own, entities marked, their linking looked for. A relation is
right where sentence, name, subject and object are as coded; negated, hypothetical and planned ones
count as relations with that assertion. "Pairs without" are entities of the right kinds named in one
sentence between which nothing is said. One hand wrote the sentences of both halves and the words
that the rules look for, so that the test half tells of these forms of speech, not of every paper's.

""",
}


def main() -> int:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=__doc__)
    parser.add_argument("--real", type=Path)
    options = parser.parse_args()
    parts = [HEAD, "## Codes\n\n", _codes(), "\n## Coders\n\n", SECOND, _second_coder()]
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home))
        for what in ("entities", "facts", "relations", "attribution"):
            parts.append(f"\n## {what.capitalize()}\n\n{ABOUT.get(what, '')}")
            if what == "facts":
                results = facts(settings, options.real, written=True)
            else:
                results = evaluate(what, settings, options.real)
            for title, table in results["tables"].items():
                parts.append(f"{title}\n\n{_table(table['columns'], table['rows'])}\n")
            parts += [f"{note}\n" for note in results.get("notes", []) if "/" not in note]
    parts.append(LIMITS)
    PAGE.write_text("".join(parts), encoding="utf-8")
    print(f"written to {PAGE}")
    return 0


def _codes() -> str:
    columns = ["dimension", "passages", "measure", "value", "95 %", "macro F1", "calibration",
               "precise: precision", "recall", "majority", "keywords", "words", "n"]  # fmt: skip
    rows = []
    for name, folder in shipped_models().items():
        figures = json.loads(open_artefact(folder).read("card.json"))["figures"]
        for origin in ("real", "written"):
            if origin in figures:
                rows.append(_row(name, origin, figures[origin]))
    return _table(columns, rows)


def _second_coder() -> str:
    rows = []
    for origin, (firsts, seconds) in SECOND_CODES.items():
        files = sorted(CORPUS_FOLDER.glob(firsts))
        first = {row["id"]: _first_labels(row) for file in files for row in read_jsonl(file)}
        second = list(read_jsonl(CORPUS_FOLDER / seconds))
        for name in second[0]["labels"]:
            pairs = [(set(first[row["id"]][name]), set(row["labels"][name])) for row in second]
            both = sum(len(a & b) for a, b in pairs)
            total = sum(len(a) + len(b) for a, b in pairs)
            alike = sum(a == b for a, b in pairs) / len(pairs)
            rows.append([name, origin, 2 * both / total, alike, len(pairs)])
    return _table(["dimension", "passages", "F1", "alike", "n"], rows)


def _first_labels(row: dict[str, Any]) -> dict[str, list[str]]:
    """Return what the first coder said, before doubtful codes were settled."""
    return {**row["labels"], **row.get("first_labels", {})}


def _row(name: str, origin: str, one: dict[str, Any]) -> list[Any]:
    low, high = one["interval"]
    precise = one.get("precise", {})
    beside = [one["baselines"][key]["value"] for key in ("majority", "keywords", "words")]
    return [name, origin, one["measure"], one["value"], f"{low:.3f} to {high:.3f}",
            one["macro_f1"], one["calibration_error"], precise.get("precision", ""),
            precise.get("recall", ""), *beside, one["n"]]  # fmt: skip


def _table(columns: list[str], rows: list[Any]) -> str:
    lines = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    for row in rows:
        cells = [f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())

"""Who says so, measured: sentences that two coders coded apart, baselines beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from flows.evaluation.attribution_told import (
    DEVELOPMENT,
    GOLDEN,
    Told,
    by_citation,
    development_rows,
    judge_alone,
    load_golden,
    tell,
    work_name,
)
from flows.evaluation.attribution_whole import told_in_papers
from flows.evaluation.error_page import write_page
from flows.settings import Settings
from models.passages import real_texts
from pipeline.records import ASSERTIONS, CLAIM_SOURCES

DRAWS = 1000
ERROR_COLUMNS = ("error", "document", "coded", "found", "sentence")
Pairs = Sequence[tuple[str, str, str]]
"""Document, true label, label found."""


def run(settings: Settings, real: Path | None) -> dict[str, Any]:
    """Measure claim source, assertion and cited works on the sentences that two coders coded.

    Parameters
    ----------
    settings : Settings
        Where the page of errors goes.
    real : Path or None
        Folder of the coded real passages; without it only the coders' agreement is told.
    """
    rows = load_golden(GOLDEN)
    results: dict[str, Any] = {"sentences": len(rows), "agreement": agreement(rows)}
    tables: dict[str, Any] = {"agreement of coders": _agreement_table(results["agreement"])}
    notes = []
    texts = real_texts(real) if real is not None else {}
    rows = [row for row in rows if row["text_sha256"] in texts]
    if rows:
        systems: dict[str, list[Told]] = {
            "rules and judge, held out": tell(rows, texts, judged=True),
            "rules alone": tell(rows, texts, judged=False),
            "judge alone, held out": [judge_alone(row) for row in rows if row.get("held_out")],
            "baseline: cited where a citation stands, else own": by_citation(rows, texts),
            "baseline: all own and affirmed": [Told("own", "affirmed", frozenset())] * len(rows),
        }
        judged = [row for row in rows if row.get("held_out")]
        if not judged:
            del systems["rules and judge, held out"], systems["judge alone, held out"]
            notes.append("no held-out scores of the judge: rules alone")
        else:
            notes.append(f"held-out scores of the judge for {len(judged)} of {len(rows)} sentences")
        notes.append(
            "weights were learned on other sentences of these documents, which flatters;"
            " bench/attribution_weights.py leaves each document out"
        )
        results["systems"] = {
            name: measure(judged if name.startswith("judge") else rows, told)
            for name, told in systems.items()
        }
        assert real is not None
        within = told_in_papers(
            rows, development_rows(DEVELOPMENT, texts), texts, real.parent / "papers"
        )
        inside = [row for row in rows if row["n"] in within]
        if inside:
            here = [within[row["n"]] for row in inside]
            loose = systems.get("rules and judge, held out", systems["rules alone"])
            by_row = {row["n"]: one for row, one in zip(rows, loose, strict=True)}
            results["systems"]["the papers' sentences, read whole"] = measure(inside, here)
            results["systems"]["the same sentences, passage by passage"] = measure(
                inside, [by_row[row["n"]] for row in inside]
            )
        if judged and len(judged) < len(rows):
            for name, with_judge in (("rules and judge", True), ("rules alone", False)):
                results["systems"][f"{name}, where scores are held out"] = measure(
                    judged, tell(judged, texts, judged=with_judge)
                )
        tables["claim source"] = _table(results["systems"])
        page = settings.home / "errors" / "attribution.html"
        best = systems.get("rules and judge, held out", systems["rules alone"])
        write_page(page, "Errors of attribution", ERROR_COLUMNS, error_rows(rows, best, texts))
        notes.append(f"worst errors: {page}")
    else:
        notes.append("real passages are not at hand (--real): agreement of the coders only")
    results["tables"], results["notes"] = tables, notes
    return results


def error_rows(
    rows: Sequence[Mapping[str, Any]], told: Sequence[Told], texts: Mapping[str, str]
) -> list[tuple[str, ...]]:
    """Return the sentences told wrongly: claim source first, then how surely, then works."""
    found: list[tuple[str, ...]] = []
    for row, one in zip(rows, told, strict=True):
        coded = row["adjudicated"]
        sentence = texts[row["text_sha256"]][row["start"] : row["end"]]
        works = frozenset(work_name(w) for w in coded["works"])
        pairs = [
            ("1 claim source", coded["claim_source"], one.claim_source),
            ("2 assertion", coded["assertion"], one.assertion),
        ]
        if coded["claim_source"] == one.claim_source == "cited" and works:
            pairs.append(("3 works", "; ".join(sorted(works)), "; ".join(sorted(one.works))))
        found += [(what, row["doc"], a, b, sentence) for what, a, b in pairs if a != b]
    return sorted(found)


def measure(rows: Sequence[Mapping[str, Any]], told: Sequence[Told]) -> dict[str, Any]:
    """Return the figures of one system with 95 % intervals over documents."""
    sources = [
        (row["doc"], row["adjudicated"]["claim_source"], one.claim_source)
        for row, one in zip(rows, told, strict=True)
    ]
    hows = [
        (row["doc"], row["adjudicated"]["assertion"], one.assertion)
        for row, one in zip(rows, told, strict=True)
    ]
    right = [
        frozenset(work_name(w) for w in row["adjudicated"]["works"]) == one.works
        for row, one in zip(rows, told, strict=True)
        if row["adjudicated"]["claim_source"] == "cited"
        and row["adjudicated"]["works"]
        and one.claim_source == "cited"
    ]
    low, high = interval(sources, CLAIM_SOURCES)
    own = [(d, "own" if a == "own" else "rest", "own" if b == "own" else "rest")
           for d, a, b in sources]  # fmt: skip
    return {
        "macro_f1": macro_f1(sources, CLAIM_SOURCES),
        "interval": [low, high],
        "by_class": {name: f1(sources, name) for name in CLAIM_SOURCES},
        "own_f1": f1(own, "own"),
        "own_against_rest": float(np.mean([a == b for _, a, b in own])) if own else 0.0,
        "own_against_rest_macro_f1": macro_f1(own, ("own", "rest")),
        "works_right": float(np.mean(right)) if right else 0.0,
        "works_measured": len(right),
        "assertion_macro_f1": macro_f1(hows, ASSERTIONS),
        "assertion_right": float(np.mean([a == b for _, a, b in hows])) if hows else 0.0,
        "confusion": {
            a: {b: sum(1 for _, x, y in sources if (x, y) == (a, b)) for b in CLAIM_SOURCES}
            for a in CLAIM_SOURCES
        },
        "n": len(rows),
    }


def f1(pairs: Pairs, label: str) -> float:
    """Return the F1 of one label."""
    right = sum(a == b == label for _, a, b in pairs)
    wrong = sum((a == label) != (b == label) for _, a, b in pairs)
    return 2 * right / (2 * right + wrong) if right else 0.0


def macro_f1(pairs: Pairs, labels: Sequence[str]) -> float:
    """Return the mean F1 over the labels that are coded at all."""
    known = {a for _, a, _ in pairs}
    return float(np.mean([f1(pairs, label) for label in labels if label in known] or [0.0]))


def interval(pairs: Pairs, labels: Sequence[str], seed: int = 7) -> tuple[float, float]:
    """Return the 95 % interval of the macro-F1 by a bootstrap over documents."""
    by_document: dict[str, list[tuple[str, str, str]]] = {}
    for pair in pairs:
        by_document.setdefault(pair[0], []).append(pair)
    groups = list(by_document.values())
    if not groups:
        return 0.0, 0.0
    draws = np.random.default_rng(seed).integers(0, len(groups), (DRAWS // 4, len(groups)))
    values = [macro_f1([p for i in draw for p in groups[i]], labels) for draw in draws]
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Return Cohen's kappa of two coders (Cohen 1960)."""
    if not pairs:
        return 0.0
    labels = {label for pair in pairs for label in pair}
    n = len(pairs)
    seen = sum(a == b for a, b in pairs) / n
    chance = sum(
        sum(a == label for a, _ in pairs) * sum(b == label for _, b in pairs) for label in labels
    ) / (n * n)
    return (seen - chance) / (1 - chance) if chance < 1 else 1.0


def agreement(rows: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Return coders' agreement: share of equal codes and Cohen's kappa.

    ``claim_source`` and ``assertion`` compare the two coders; ``third_…`` compares what they
    settled on with a coder who came later and saw none of it, ``third_own`` own or not alone.
    """
    both = [row for row in rows if row.get("a") and row.get("b")]
    found: dict[str, float] = {"n": len(both)}
    for name in ("claim_source", "assertion"):
        _add(found, name, [(row["a"][name], row["b"][name]) for row in both])
        later = [(r["adjudicated"][name], r["third"][name]) for r in both if r.get("third")]
        _add(found, f"third_{name}", later)
    sources = [
        (r["adjudicated"]["claim_source"], r["third"]["claim_source"])
        for r in both if r.get("third")
    ]  # fmt: skip
    _add(found, "third_own", [(str(a == "own"), str(b == "own")) for a, b in sources])
    return found


def _add(found: dict[str, float], name: str, pairs: Sequence[tuple[str, str]]) -> None:
    found[f"{name}_kappa"] = kappa(pairs)
    found[f"{name}_equal"] = float(np.mean([a == b for a, b in pairs])) if pairs else 0.0


def _agreement_table(found: Mapping[str, float]) -> dict[str, Any]:
    names = {
        "claim_source": "claim_source",
        "assertion": "assertion",
        "third_claim_source": "claim_source, a third coder and what the two settled on",
        "third_own": "own or not, a third coder and what the two settled on",
        "third_assertion": "assertion, a third coder and what the two settled on",
    }
    rows = [
        (said, round(found[f"{name}_kappa"], 3), round(found[f"{name}_equal"], 3), int(found["n"]))
        for name, said in names.items()
    ]
    return {"columns": ["what", "kappa", "equal", "sentences"], "rows": rows}


def _table(systems: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    rows = [
        (
            name,
            round(one["macro_f1"], 3),
            f"{one['interval'][0]:.3f} to {one['interval'][1]:.3f}",
            *(round(one["by_class"][label], 3) for label in CLAIM_SOURCES),
            round(one["own_against_rest"], 3),
            round(one["works_right"], 3),
            round(one["assertion_macro_f1"], 3),
            one["n"],
        )
        for name, one in systems.items()
    ]
    columns = ["system", "macro F1", "95 %", *CLAIM_SOURCES, "own or not", "works right",
               "assertion F1", "sentences"]  # fmt: skip
    return {"columns": columns, "rows": rows}

"""Learn what the features of a bare sentence say of its source.

``python bench/attribution_weights.py ANNOTATIONS``

Learned on real sentences coded for that (``tests/golden/attribution_dev.jsonl``: positions and
labels, none of them a sentence of the test), from weights that stood before
(``attribution_start.json``: by hand, own against unclear by written documents). The ridge lets each
weight move only as far as the sentences ask for. Each sentence stands there with its paper's voice
and alone (loose passages have no paper), with the judge's held-out scores and without. Prints the
figures of the development sentences and of the test with the sentence's own paper left out of
learning, and the weights as they go into ``codebook/attribution.yaml``.

Written sentences, 31,848 of them, are no longer learned from: a model of them alone was worse than
the weights by hand on real sentences (own or not .850 against .872, synthesis F1 .44 against .64),
and so was one of both. Nor did tense, mood, neighbours' voices, the passage's code of `claim` or
the neighbours' judge scores help, paper left out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flows.evaluation.attribution import f1, macro_f1
from flows.evaluation.attribution_told import (
    DEVELOPMENT,
    GOLDEN,
    context_of,
    development_rows,
    load_golden,
    nearest_sentence,
    voices_of,
)
from models.passages import real_texts
from pipeline.extract.attribution import claim_source
from pipeline.extract.attribution_signs import load_attribution
from pipeline.extract.context import PassageContext
from pipeline.extract.paper_voice import with_voice
from pipeline.protocols import SentenceView
from pipeline.records import CLAIM_SOURCES

RIDGE = 0.01
LEFT_OUT = {"works", "ibid", "citations", "narrative", "self", "lead_voice", "points", "long"}
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Coded:
    """A real sentence with its label and the judge's held-out scores."""

    document: str
    view: SentenceView
    voice: tuple[tuple[str, float], ...]
    label: str
    held_out: tuple[float, ...]

    @property
    def bare(self) -> bool:
        """Whether no citation decides."""
        return not {"works", "ibid"} & dict(self.view.features).keys()

    def features(self, *, alone: bool) -> dict[str, float]:
        """Return what the weights are for."""
        both = with_voice(dict(self.view.features), () if alone else self.voice)
        return {name: value for name, value in both.items() if name not in LEFT_OUT}


def coded(rows: Sequence[Mapping[str, Any]], texts: dict[str, str]) -> list[Coded]:
    """Return coded sentences with what the rules see in them."""
    voices = voices_of(texts)
    contexts: dict[str, PassageContext] = {}
    found = []
    for row in rows:
        name = row["passage"]
        if name not in contexts:
            contexts[name] = context_of(name, texts[row["text_sha256"]])
        view = contexts[name].sentences[nearest_sentence(contexts[name], row)]
        label, scores = row.get("claim_source"), row["held_out"]
        if label is None:
            label, scores = row["adjudicated"]["claim_source"], scores[0]
        found.append(Coded(row["doc"], view, voices.get(row["doc"], ()), label, tuple(scores)))
    return found


def matrix(rows: Sequence[Coded], names: Sequence[str], *, alone: bool, judged: bool) -> Matrix:
    """Return one row per sentence: its features, the judge's log-scores, and a one."""
    data = load_attribution()
    prior = [data.prior[name] for name in CLAIM_SOURCES]
    x = np.zeros((len(rows), len(names) + len(CLAIM_SOURCES) + 1))
    for i, row in enumerate(rows):
        seen = row.features(alone=alone)
        x[i, : len(names)] = [seen.get(name, 0.0) for name in names]
        x[i, len(names) : -1] = np.log(np.array(row.held_out if judged else prior) + 0.01)
    x[:, -1] = 1.0
    return x


def start_of(names: Sequence[str]) -> Matrix:
    """Return the weights that learning begins with, class by class."""
    before = json.loads(Path(__file__).with_name("attribution_start.json").read_text("utf-8"))
    judge = load_attribution().judge_weight * np.eye(len(CLAIM_SOURCES))
    return np.array(
        [
            [*(before[label].get(name, 0.0) for name in names), *judge[i], before[label]["bias"]]
            for i, label in enumerate(CLAIM_SOURCES)
        ]
    )


def learned(x: Matrix, labels: npt.NDArray[np.int64], start: Matrix, share: float) -> Matrix:
    """Return the weights; what the judge's scores count for stays as it was."""
    kept = slice(start.shape[1] - 1 - len(CLAIM_SOURCES), start.shape[1] - 1)
    base = x @ start.T
    free = np.delete(x, kept, axis=1)
    ridge = np.full(free.shape[1], RIDGE)
    ridge[-1] = RIDGE / 5
    told = np.eye(len(CLAIM_SOURCES))[labels]

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        moved = flat.reshape(len(CLAIM_SOURCES), -1)
        scores = base + free @ moved.T
        likely = np.exp(scores - scores.max(1, keepdims=True))
        likely /= likely.sum(1, keepdims=True)
        value = -share * np.log(likely[told > 0] + 1e-9).sum() + (ridge * moved**2).sum() / 2
        return float(value), (share * (likely - told).T @ free + ridge * moved).ravel()

    begin = np.zeros(len(CLAIM_SOURCES) * free.shape[1])
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    weights = start.copy()
    weights[:, np.delete(np.arange(start.shape[1]), kept)] += found.x.reshape(-1, free.shape[1])
    return weights


def report(name: str, rows: Sequence[Coded], told: dict[int, str]) -> None:
    """Print the figures; a sentence with a citation is told by rule."""
    pairs = [
        (r.document, r.label, told[i] if i in told else claim_source(r.view, r.held_out, r.voice))
        for i, r in enumerate(rows)
    ]
    own = float(np.mean([(a == "own") == (b == "own") for _, a, b in pairs]))
    classes = {label: round(f1(pairs, label), 3) for label in CLAIM_SOURCES}
    print(f"# {name}: n {len(pairs)} macro-F1 {macro_f1(pairs, CLAIM_SOURCES):.3f}"
          f" own or not {own:.3f} {classes}")  # fmt: skip


def main(annotations: Path) -> None:
    texts = real_texts(annotations)
    train = coded(development_rows(DEVELOPMENT, texts), texts)
    test = coded(load_golden(GOLDEN), texts)
    bare = [row for row in train if row.bare]
    names = sorted({name for row in bare for name in row.features(alone=False)})
    views = [
        matrix(bare, names, alone=alone, judged=judged)
        for alone in (False, True)
        for judged in (True, False)
    ]
    labels = np.array([CLAIM_SOURCES.index(row.label) for row in bare])
    documents = np.array([row.document for row in bare])
    start = start_of(names)

    def without(document: str) -> Matrix:
        kept = documents != document
        x = np.vstack([view[kept] for view in views])
        share = 1 / (len(views) * len(bare))
        return learned(x, np.tile(labels[kept], len(views)), start, share)

    left_out = {one: without(one) for one in sorted({row.document for row in (*train, *test)})}
    for name, rows in (("development sentences", train), ("test", test)):
        for judged in (True, False):
            for what, weights in (("before", None), ("paper left out", left_out)):
                told = {}
                for i, row in enumerate(rows):
                    if row.bare:
                        x = matrix([row], names, alone=False, judged=judged)[0]
                        by = start if weights is None else weights[row.document]
                        told[i] = CLAIM_SOURCES[int((by @ x).argmax())]
                report(f"{name}, {what}, {'judge' if judged else 'rules alone'}", rows, told)
    print("weights:")
    for label, row in zip(CLAIM_SOURCES, without(""), strict=True):
        told_of = zip(names, row[: len(names)], strict=True)
        line = ", ".join(f"{name}: {value:.2f}" for name, value in told_of if abs(value) >= 0.02)
        print(f"  {label}: {{bias: {row[-1]:.2f}, {line}}}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

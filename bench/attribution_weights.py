"""Learn what the features of a bare sentence say of its source.

``python bench/attribution_weights.py``

Written passages with marked sentences; half of the documents (by hash) to learn on, the other half
to report. The weights of ``codebook/attribution.yaml`` are the starting point, from which the
ridge lets each move only as far as many sentences ask for. Only own against unclear is learned:
what writers mark as synthesis and cited without a citation differs from what coders of real papers
do (learned too, it cost .07 of the macro-F1 on coded real sentences that are no part of the test).
Prints the weights as they go into the file.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flows.evaluation.attribution import f1, macro_f1
from flows.evaluation.written_sentences import WrittenSentence, written_sentences
from pipeline.extract.attribution import claim_source, scores_of
from pipeline.extract.attribution_signs import load_attribution
from pipeline.extract.paper_voice import with_voice
from pipeline.records import CLAIM_SOURCES

EXPECTED = 0.72
"""Share of own among own and unclear sentences of papers; written passages have more."""
RIDGE = 30.0
LEFT_OUT = {"works", "ibid", "citations", "narrative", "self", "long", "quote", "last", "turns"}


def learning(document: str) -> bool:
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % 2 == 0


def features(row: WrittenSentence, *, alone: bool) -> dict[str, float]:
    voice = () if alone else row.context.paper_voice
    return with_voice(dict(row.view.features), voice)


def report(name: str, rows: list[WrittenSentence]) -> None:
    pairs = [
        (r.document, r.claim_source, claim_source(r.view, (), r.context.paper_voice)) for r in rows
    ]
    own = float(np.mean([(a == "own") == (b == "own") for _, a, b in pairs]))
    classes = {label: round(f1(pairs, label), 3) for label in CLAIM_SOURCES}
    print(f"# {name}: n {len(pairs)} macro-F1 {macro_f1(pairs, CLAIM_SOURCES):.3f}"
          f" own or not {own:.3f} {classes}")  # fmt: skip


def main() -> None:
    rows = written_sentences()
    train = [r for r in rows if learning(r.document)]
    report("learning half, as the file stands", train)
    report("other half, as the file stands", [r for r in rows if not learning(r.document)])
    seen, y = learned_from(train)
    names = sorted({name for one in seen for name in one} - LEFT_OUT)
    x = np.array([[one.get(name, 0.0) for name in names] for one in seen])
    scores = [scores_of(one, ()) for one in seen]
    start = np.array([one["own"] - one["unclear"] for one in scores])
    share = y.mean()
    sure = np.where(y == 1, EXPECTED / share, (1 - EXPECTED) / (1 - share)) / 2

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        likely = expit(start + x @ weights)
        told = -(sure * np.log(np.where(y == 1, likely, 1 - likely) + 1e-9)).sum()
        return float(told + RIDGE / 2 * (weights**2).sum()), x.T @ (
            sure * (likely - y)
        ) + RIDGE * weights

    moved = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    print("weights:")
    for label in CLAIM_SOURCES:
        total = dict(load_attribution().weights.get(label, {}))
        by = {"own": 0.5, "unclear": -0.5}.get(label, 0.0)
        for name, value in zip(names, moved, strict=True):
            total[name] = total.get(name, 0.0) + by * float(value)
        told = ", ".join(f"{k}: {v:.2f}" for k, v in total.items() if abs(v) >= 0.02 or k == "bias")
        print(f"  {label}: {{{told}}}")


def learned_from(train: list[WrittenSentence]) -> tuple[list[dict[str, float]], np.ndarray]:
    """Return features of own and unclear sentences without a citation, and which are own.

    Each stands there once with its paper's voice and once alone: loose passages have no paper.
    """
    bare = [
        r
        for r in train
        if r.claim_source in ("own", "unclear")
        and not {"works", "ibid"} & dict(r.view.features).keys()
    ]
    seen = [features(r, alone=alone) for alone in (False, True) for r in bare]
    return seen, np.array([r.claim_source == "own" for r in bare] * 2, dtype=float)


if __name__ == "__main__":
    main()

"""Learn which words stand around numbers of each metric.

``python bench/number_weights.py``

Learns from numbers that are coded: the development extracts by other hands, the marked sentences of
the development half, 600 texts written to hold numbers that look like facts and are none
(``tests/golden/facts_contrast.jsonl``), and, at a third of the weight, the written passages. Real
passages are not learned from, so that facts measured on them stay honest. Prints the figures of
numbers of the extracts and the contrasts, documents left out, at several thresholds (see
`pipeline.extract.facts_supposed`), and writes ``codebook/number_words.json``.

The encoder's vectors of a number's tokens, from any of its last four layers, added .005 to F1;
what the rules make of a number, as a feature, none: it is asked first anyway.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flows.evaluation.comparing_facts import TOLERANCE, coded_number
from flows.evaluation.comparing_facts import Number as Coded
from flows.evaluation.extracts import extract_rows
from flows.evaluation.facts import GOLDEN, marked_context, read_marked
from flows.evaluation.written_facts import MarkedJudge, document_of, written_rows
from models.judge import load_judge
from pipeline.codebook import load_codebook
from pipeline.extract import Extractor
from pipeline.extract.attribution import attribute
from pipeline.extract.context import PassageContext
from pipeline.extract.facts import Noted, find_facts
from pipeline.extract.facts_subject import subject_of
from pipeline.extract.facts_supposed import (
    OTHER,
    TAKEN_OF_MONEY,
    asked,
    features_of,
    may_be,
    may_be_denied,
)
from pipeline.extract.number_words import FILE, NONE
from pipeline.extract.quantities_lexicon import load_lexicon

SHARES = {"extracts": 1.0, "dev": 1.0, "contrast": 1.0, "written": 0.3}
MEASURED = ("extracts", "contrast")
LEAST, SMALL, FOLDS, STRENGTH = 5, 0.1, 6, 1.0
"""Numbers that a feature needs; weights below this are nought; folds; inverse of the ridge."""
THRESHOLDS = [(0.5, 0.97, 0.97), (0.6, 0.97, 0.97), (0.7, 0.95, 0.97), (0.7, 0.97, 0.95),
              (0.7, 0.97, 0.97), (0.7, 0.97, 1.0), (0.8, 0.97, 0.97), (1.0, 1.0, 1.0)]  # fmt: skip
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A number with its features, its coded metric and what the rules make of it.

    `ruled` is the rules' metric or `NONE`; `of` says whose number it is by the rules: a cluster's,
    a country's or nobody's ("").
    """

    source: str
    document: str
    features: dict[str, float]
    label: str
    ruled: str
    asked: bool
    of: str
    noted: Noted


def examples_of(
    source: str, document: str, context: PassageContext, coded: Sequence[Coded]
) -> list[Example]:
    """Return the numbers of a passage that the rules hear, each with its code."""
    noted: list[Noted] = []
    find_facts(context, attribute(context), noted)
    labels = labelled([one for one in coded if one.metric != OTHER], noted)
    return [
        _example(source, document, context, one, label)
        for one, label in zip(noted, labels, strict=True)
    ]


def _example(
    source: str, document: str, context: PassageContext, one: Noted, label: str
) -> Example:
    heard, sentence = one.heard, one.sentence
    place = (sentence.start, sentence.end)
    at = (sentence.start + heard.amount.start, sentence.start + heard.amount.end)
    subject = heard.subject or subject_of(context, place, at, load_lexicon())
    ruled = heard.verdict.metric if heard.verdict and not heard.refused else NONE
    of = "" if subject is None else "cluster" if subject.entity_id else "country"
    return Example(
        source, document, features_of(context, sentence, one.text, heard, one.told), label,
        NONE if ruled == OTHER else ruled, asked(heard), of, one,
    )  # fmt: skip


def labelled(coded: Sequence[Coded], noted: Sequence[Noted]) -> list[str]:
    """Return each number's coded metric: that which the rules find first, any other next."""
    labels = [NONE] * len(noted)
    left = list(coded)
    for strict in (True, False):
        for one in list(left):
            for i, number in enumerate(noted):
                verdict, value = number.heard.verdict, abs(number.heard.amount.value)
                near = abs(value - abs(one.value)) <= TOLERANCE * abs(one.value)
                same = verdict is not None and verdict.metric == one.metric
                if labels[i] == NONE and near and (same or not strict):
                    labels[i] = one.metric
                    left.remove(one)
                    break
    return labels


def all_examples() -> Iterator[Example]:
    """Yield the numbers of everything that is learned from."""
    codebook = load_codebook()
    rows = extract_rows("dev")
    readings = [document_of([{"doc": r["doc"], "text": t} for t in r["passages"]]) for r in rows]
    papers = Extractor(codebook, load_judge()).contexts(readings)
    for row, contexts in zip(rows, papers, strict=True):
        for number, context in enumerate(contexts):
            facts = [coded_number(one) for one in row["facts"] if one["passage"] == number]
            yield from examples_of("extracts", row["doc"], context, facts)
    for source in ("dev", "contrast"):
        for row in read_marked(GOLDEN / f"facts_{source}.jsonl"):
            context = marked_context(row["id"], row["marked"])
            facts = [coded_number(one) for one in row["facts"]]
            yield from examples_of(source, row["id"], context, facts)
    written = written_rows()
    documents: dict[str, list[dict[str, Any]]] = {}
    for row in written:
        documents.setdefault(row["doc"], []).append(row)
    readings = [document_of(many) for many in documents.values()]
    papers = Extractor(codebook, MarkedJudge(written)).contexts(readings)
    for (name, many), contexts in zip(documents.items(), papers, strict=True):
        for row, context in zip(many, contexts, strict=True):
            facts = [coded_number(one) for one in row["quantities"]]
            yield from examples_of("written", name, context, facts)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A regression with its small weights left out."""

    vectorizer: DictVectorizer
    model: LogisticRegression
    kept: frozenset[str]

    def probabilities(self, examples: Sequence[Example]) -> Matrix:
        """Return one row per example, one column per class."""
        found: Matrix = self.model.predict_proba(
            self.vectorizer.transform([_kept(one.features, self.kept) for one in examples])
        )
        return found


def _kept(features: dict[str, float], kept: frozenset[str]) -> dict[str, float]:
    return {name: value for name, value in features.items() if name in kept}


def fitted(examples: Sequence[Example]) -> Fitted:
    """Fit on examples; features of fewer than `LEAST` numbers are left out."""
    counts = Counter(name for one in examples for name in one.features)
    kept = frozenset(name for name, n in counts.items() if n >= LEAST)
    vectorizer = DictVectorizer()
    x = vectorizer.fit_transform([_kept(one.features, kept) for one in examples])
    model = LogisticRegression(C=STRENGTH, max_iter=300, tol=1e-3)
    model.fit(x, [e.label for e in examples], sample_weight=[SHARES[e.source] for e in examples])
    model.coef_[np.abs(model.coef_) < SMALL] = 0
    return Fitted(vectorizer, model, kept)


def decided(one: Example, likely: dict[str, float], taken: tuple[float, float, float]) -> str:
    """Return the metric after rules and words, as `facts_supposed.weighed` has it."""
    of_cluster, of_country, denied = taken
    none = likely[NONE]
    if one.ruled != NONE:
        return NONE if none > denied and may_be_denied(one.noted.heard) else one.ruled
    metric = max((name for name in likely if name != NONE), key=lambda name: likely[name])
    least = {"cluster": of_cluster, "country": of_country}.get(one.of, 1.0)
    if one.noted.heard.amount.kind == "currency":
        least = max(least, TAKEN_OF_MONEY)
    fits = one.asked and may_be(one.noted.heard, metric)
    return metric if fits and 1 - none > least else NONE


def report(examples: Sequence[Example]) -> None:
    """Print figures of numbers of extracts and contrasts, documents left out of learning."""
    tried = [one for one in examples if one.source in MEASURED]
    others = [one for one in examples if one.source not in MEASURED]
    likely: list[dict[str, float]] = [{} for _ in tried]
    folds = GroupKFold(FOLDS).split(tried, groups=[one.document for one in tried])
    for train, test in folds:
        made = fitted([*(tried[i] for i in train), *others])
        table = made.probabilities([tried[i] for i in test])
        for i, line in zip(test, table, strict=True):
            likely[i] = dict(zip(made.model.classes_, map(float, line), strict=True))
    for taken in THRESHOLDS:
        name = "rules alone" if taken == (1.0, 1.0, 1.0) else f"taken, of country, denied {taken}"
        print(f"# {name}: {', '.join(_figures(tried, likely, taken))}")


def _figures(
    tried: Sequence[Example], likely: Sequence[dict[str, float]], taken: tuple[float, float, float]
) -> Iterator[str]:
    for source in MEASURED:
        pairs = [
            (one.label, decided(one, its, taken))
            for one, its in zip(tried, likely, strict=True)
            if one.source == source
        ]
        right = sum(a == b != NONE for a, b in pairs)
        precision = right / max(1, sum(b != NONE for _, b in pairs))
        recall = right / max(1, sum(a != NONE for a, _ in pairs))
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        yield f"{source} precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}"


def write(made: Fitted) -> None:
    """Write the weights, to two places, features in order."""
    classes = [str(one) for one in made.model.classes_]
    names = made.vectorizer.get_feature_names_out()
    weights = {
        str(name): {
            label: round(float(w), 2) for label, w in zip(classes, column, strict=True) if w
        }
        for name, column in zip(names, made.model.coef_.T, strict=True)
        if np.any(column)
    }
    data = {
        "classes": classes,
        "bias": [round(float(one), 3) for one in made.model.intercept_],
        "weights": dict(sorted(weights.items())),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    FILE.write_text(text.replace('},"', '},\n"') + "\n", encoding="utf-8")
    print(f"# {FILE.name}: {len(weights)} features, {FILE.stat().st_size / 1e3:.0f} kB")


def main() -> None:
    examples = list(all_examples())
    for source in SHARES:
        many = [one for one in examples if one.source == source]
        print(f"# {source}: {len(many)} numbers, {sum(e.label != NONE for e in many)} coded")
    report(examples)
    write(fitted(examples))


if __name__ == "__main__":
    main()

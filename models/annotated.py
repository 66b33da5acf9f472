"""Annotations become coded passages: adjudicated labels first, else what most coders say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from models.passages import CodedPassage

ADJUDICATED = "adjudicated"


@dataclass(frozen=True, slots=True)
class Annotation:
    """One coder's label on one passage; `label` None says: coded, no label applies.

    `origin` is where the row came from (a tool's name, ``adjudicated``); `group` the document
    that the passage is split by.
    """

    passage_sha256: str
    text: str
    group: str
    dimension: str
    label: str | None
    coder: str
    at: datetime
    origin: str


def coded_passages(rows: Iterable[Annotation]) -> list[CodedPassage]:
    """Return one passage per text with the labels that training uses.

    A label counts where an adjudicator set it or at least half of the coders did; the passage's
    weight is the share of coders' label decisions that agree with that (1.0 for one coder), so
    that disputed passages pull less.
    """
    by_text: dict[str, list[Annotation]] = defaultdict(list)
    for row in rows:
        by_text[row.passage_sha256].append(row)
    passages = []
    for sha256, found in sorted(by_text.items()):
        labels: dict[str, tuple[str, ...]] = {}
        agreements: list[float] = []
        for dimension in sorted({row.dimension for row in found}):
            chosen, agreement = _resolve([row for row in found if row.dimension == dimension])
            labels[dimension] = chosen
            agreements.append(agreement)
        passages.append(
            CodedPassage(
                passage_id=sha256[:20],
                group=found[0].group,
                text=found[0].text,
                labels=labels,
                origin="annotated",
                weight=sum(agreements) / len(agreements),
            )
        )
    return passages


def _resolve(rows: list[Annotation]) -> tuple[tuple[str, ...], float]:
    final = [row for row in rows if row.origin == ADJUDICATED]
    if final:
        last = max(row.at for row in final)
        return _labels([row for row in final if row.at == last]), 1.0
    by_coder: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        by_coder[row.coder].update([row.label] if row.label else [])
    n = len(by_coder)
    names = sorted(set().union(*by_coder.values()))
    votes = {name: sum(name in found for found in by_coder.values()) for name in names}
    chosen = tuple(name for name in names if 2 * votes[name] >= n)
    if not names:
        return (), 1.0
    right = sum(votes[name] if name in chosen else n - votes[name] for name in names)
    return chosen, right / (n * len(names))


def _labels(rows: list[Annotation]) -> tuple[str, ...]:
    return tuple(sorted({row.label for row in rows if row.label}))

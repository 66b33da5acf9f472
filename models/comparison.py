"""Is a candidate better than the model in use? Both judged on the same held-out documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.crossval import TrainingSet, held_out, honest_selection
from models.heads import HeadCard
from models.measures import Bools, bootstrap, main_measure


@dataclass(frozen=True, slots=True)
class Comparison:
    """Candidate minus model in use, with the paired 95 % interval over documents.

    `measure` is micro_f1, or accuracy where the dimension has one label; `n` passages of
    `documents` documents. `better` says that the interval excludes no gain.
    """

    measure: str
    candidate: float
    in_use: float
    low: float
    high: float
    n: int
    documents: int

    @property
    def better(self) -> bool:
        """Whether the candidate may be promoted without an explicit word."""
        return self.low > 0.0


def compare(
    candidate: tuple[HeadCard, TrainingSet],
    in_use: tuple[HeadCard, TrainingSet],
    shared: Sequence[str],
    keys: tuple[Sequence[str], Sequence[str]],
    own_columns: Sequence[int],
) -> Comparison:
    """Cross-validate both recipes, each on its own training passages, and compare on `shared`.

    Parameters
    ----------
    candidate, in_use : (card, data)
        Folds of both must keep a document in the same fold.
    shared : sequence of str
        Hashes of the passages that both are judged on.
    keys : pair of sequences of str
        Hashes of the rows of the two training sets.
    """
    found: list[Bools] = []
    truth: Bools = np.zeros((0, 0), dtype=bool)
    groups: list[str] = []
    for (card, data), hashes in zip((candidate, in_use), keys, strict=True):
        place = {one: i for i, one in enumerate(hashes)}
        rows = [place[one] for one in shared]
        probability = held_out(card, data, own_columns)
        found.append(honest_selection(data, probability, card.single)[rows])
        truth = data.truth[rows]
        groups = [data.groups[i] for i in rows]
    single = candidate[0].single

    def measure(selected: Bools, i: npt.NDArray[np.int64]) -> float:
        return main_measure(truth[i], selected[i], single)

    gain = bootstrap(lambda i: measure(found[0], i) - measure(found[1], i), groups, draws=1000)
    every = np.arange(len(groups))
    return Comparison(
        "accuracy" if single else "micro_f1",
        measure(found[0], every),
        measure(found[1], every),
        gain.low,
        gain.high,
        len(groups),
        len(set(groups)),
    )

"""Is a candidate better than the model in use? Both judged on the same held-out documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from models.crossval import TrainingSet, held_out, honest_selection
from models.heads import HeadCard
from models.measures import Bools, bootstrap, main_measure
from models.working_points import select

if TYPE_CHECKING:
    from models.features import PassageFeatures
    from models.model import CodingModel


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
    for (card, data), hashes in zip((candidate, in_use), keys, strict=True):
        place = {one: i for i, one in enumerate(hashes)}
        rows = [place[one] for one in shared]
        probability = held_out(card, data, own_columns)
        found.append(honest_selection(data, probability, card.single)[rows])
    place = {one: i for i, one in enumerate(keys[0])}
    return _difference(candidate, (found[0], found[1]), [place[one] for one in shared])


def compare_on_new(
    candidate: tuple[HeadCard, TrainingSet],
    in_use: CodingModel,
    new: tuple[Sequence[int], Sequence[PassageFeatures]],
    own_columns: Sequence[int],
) -> Comparison:
    """Compare on passages that came in after the model in use was trained.

    That model judges them as it is, having seen none of them; the candidate's verdicts are held
    out by document. Where earlier passages of the same documents were known, that favours the
    model in use.

    Parameters
    ----------
    candidate : (card, data)
    in_use : CodingModel
    new : (rows, features)
        Rows of the candidate's data that are judged, and what the model in use makes of each.
    """
    card, data = candidate
    rows = list(new[0])
    theirs = select(in_use.probabilities(new[1]), in_use.points, "balanced", in_use.card.single)
    ours = honest_selection(data, held_out(card, data, own_columns), card.single)[rows]
    return _difference(candidate, (ours, theirs), rows)


def _difference(
    candidate: tuple[HeadCard, TrainingSet], found: tuple[Bools, Bools], rows: Sequence[int]
) -> Comparison:
    """Return the gain of the first selection over the second on these rows of the data."""
    card, data = candidate
    truth, groups = data.truth[list(rows)], [data.groups[i] for i in rows]
    single = card.single

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

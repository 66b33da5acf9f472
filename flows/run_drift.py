"""Drift: is what a run brought unlike what earlier runs brought, by the models' own verdicts?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from warehouse.reader import Reader

MOVED = 0.15
"""Difference in a label's share, or in the models' mean confidence in it, that is called drift."""
ENOUGH = 50
"""Passages on both sides from which a share means something."""
ENOUGH_SELECTED = 10
"""Passages with the label on both sides from which a mean confidence means something."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One label now and before: its share of passages, and the mean probability where selected
    (None where it never is); `drifted` says what moved, empty where nothing did.
    """

    dimension: str
    label: str
    share: float
    share_before: float
    sure: float | None
    sure_before: float | None
    n: int
    drifted: str


@dataclass(frozen=True, slots=True)
class Drift:
    """All labels, those that moved most first; `n` passages now and before."""

    labels: tuple[Moved, ...] = ()
    n: int = 0
    n_before: int = 0

    @property
    def comparable(self) -> bool:
        """Whether there are enough passages on both sides."""
        return min(self.n, self.n_before) >= ENOUGH

    @property
    def drifted(self) -> tuple[Moved, ...]:
        """Labels whose share or confidence moved."""
        return tuple(one for one in self.labels if one.drifted)

    def words(self) -> str:
        """Return it in one sentence."""
        if not self.comparable:
            return (
                f"Drift: not compared; {self.n} coded passages in this run, {self.n_before} in"
                f" earlier ones, and {ENOUGH} are needed of each."
            )
        if not self.drifted:
            return f"No drift: all labels are as in {self.n_before:,} earlier passages."
        found = ", ".join(f"{one.dimension} {one.label} ({one.drifted})" for one in self.drifted)
        return f"Drift against {self.n_before:,} earlier passages: {found}."


def drift_since(reader: Reader, since: datetime) -> Drift:
    """Compare papers that came in from a moment on with all that were there before."""
    from warehouse.statements import statement

    rows = reader.sql(statement("run_shares"), {"since": since}).dicts()
    if not rows:
        return Drift()
    n, n_before = rows[0]["n_new"], rows[0]["n_before"]
    if min(n, n_before) < ENOUGH:
        return Drift((), n, n_before)
    found = [
        Moved(
            row["dimension"],
            row["label"],
            row["share_new"],
            row["share_before"],
            row["sure_new"],
            row["sure_before"],
            row["selected_new"],
            _what_moved(row),
        )
        for row in rows
    ]
    found.sort(key=lambda one: (not one.drifted, -abs(one.share - one.share_before)))
    return Drift(tuple(found), n, n_before)


def _what_moved(row: dict[str, float]) -> str:
    moved = []
    if abs(row["share_new"] - row["share_before"]) > MOVED:
        moved.append("share")
    few = min(row["selected_new"], row["selected_before"]) < ENOUGH_SELECTED
    if not few and abs(row["sure_new"] - row["sure_before"]) > MOVED:
        moved.append("confidence")
    return " and ".join(moved)

"""The exception tree; every error a user can cause is one of these.

::

    ClusterloreError
    ├── UsageError            wrong use: exit code 2
    │   └── UnknownNameError  names what was got and what is known
    ├── WorkError             the work failed: exit code 1
    │   ├── ReadError         a source that can't be read; ends as a row of `rejects`
    │   ├── CodebookError     codebook data that can't be used: file, line, what to do
    │   ├── ModelError        an artefact that is missing, changed or does not fit
    │   ├── WarehouseError
    │   │   ├── WarehouseMissing
    │   │   ├── WarehouseLocked
    │   │   ├── WarehouseNewer
    │   │   ├── WarehouseDamaged
    │   │   └── QueryRefused
    │   └── FlowError
    └── IllegalRecord         a record that can't exist (a bug in a producer)
"""

from __future__ import annotations

from collections.abc import Iterable


class ClusterloreError(Exception):
    """Root of the tree; its text is one line that a person can act on."""

    exit_code = 1


class UsageError(ClusterloreError):
    """Wrong use of a command or function: missing path, unknown option or name."""

    exit_code = 2


class UnknownNameError(UsageError):
    """A name that is not known; the text lists the known ones.

    Parameters
    ----------
    kind : str
        What the name is of, such as ``"dimension"``.
    got : str
        The name as given.
    known : iterable of str
        The names there are.
    """

    def __init__(self, kind: str, got: str, known: Iterable[str]) -> None:
        self.kind, self.got, self.known = kind, got, sorted(known)
        super().__init__(f"No {kind} {got!r}. Known: {', '.join(self.known) or 'none'}")


class WorkError(ClusterloreError):
    """The call was right, the work failed."""


class ReadError(WorkError):
    """A source that can't be read.

    Parameters
    ----------
    reason : str
        A short, stable code such as ``"locked"`` or ``"no_text_layer"``.
    detail : str
        What was got, what was expected, what to do.
    stage : str
        Where it stopped: ``open``, ``detect``, ``read``, ``structure``, ``extract``.
    """

    def __init__(self, reason: str, detail: str, *, stage: str = "read") -> None:
        self.reason, self.detail, self.stage = reason, detail, stage
        super().__init__(f"{reason}: {detail}")

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuild across a process border with all three parts."""
        return (_read_error, (self.reason, self.detail, self.stage))


PASSING = frozenset({"unreadable", "not_started", "killed", "engine_failed", "stopped"})
"""Reasons that say nothing of the file: the next run tries it again."""


def _read_error(reason: str, detail: str, stage: str) -> ReadError:
    return ReadError(reason, detail, stage=stage)


class CodebookError(WorkError):
    """Codebook data that can't be used; the text names the file and line."""


class ModelError(WorkError):
    """A model artefact that is missing, was changed, or does not fit its card."""


class WarehouseError(WorkError):
    """The warehouse could not do what was asked."""


class WarehouseMissing(WarehouseError):  # noqa: N818 - reads as a state, like FileNotFound
    """There is no warehouse (or no published copy) at the path."""


class WarehouseLocked(WarehouseError):  # noqa: N818
    """Another process holds the warehouse for writing; the text says which."""


class WarehouseNewer(WarehouseError):  # noqa: N818
    """The file was written by a newer version of Clusterlore."""


class WarehouseDamaged(WarehouseError):  # noqa: N818
    """The file is not a readable warehouse."""


class QueryRefused(WarehouseError):  # noqa: N818
    """SQL that failed or that a reader may not run."""


class FlowError(WorkError):
    """A scheduled or distributed run could not be carried out."""


class IllegalRecord(ClusterloreError, ValueError):  # noqa: N818
    """A record that can't exist: what was got and what was expected."""

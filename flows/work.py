"""One worker's work: bytes become a paper's bundle, or a reason why not. Runs in any process."""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ClusterloreError, ReadError, WorkError
from pipeline.records import PaperBundle, Reading

if TYPE_CHECKING:
    from pipeline.extract import Extractor
    from pipeline.readers.guard import GuardedReader


@dataclass(frozen=True, slots=True)
class WorkSettings:
    """What a worker must know; plain values, so that it travels to any machine."""

    models_path: str
    read_seconds: float
    read_memory: int
    read_bytes: int
    passwords: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Task:
    """One source to read: its label and bytes."""

    label: str
    sha256: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: a bundle, or stage, reason and detail of its rejection.

    `seconds` holds the time by stage (read, extract).
    """

    label: str
    sha256: str
    bundle: PaperBundle | None
    stage: str = ""
    reason: str = ""
    detail: str = ""
    seconds: dict[str, float] = field(default_factory=dict)


_NOT_THE_PAPERS_FAULT = (ImportError, OSError, MemoryError, WorkError)


COLLECT_AFTER = 50_000
"""New objects after which Python's collector looks for circles among them."""


class PaperWorker:
    """Reads, extracts and codes papers; loads the models once, on the first paper."""

    def __init__(self, settings: WorkSettings) -> None:
        self._settings = settings
        self._reader: GuardedReader | None = None
        self._extractor: Extractor | None = None

    def __call__(self, tasks: Sequence[Task]) -> list[Outcome]:
        """Return one outcome per task, in order; no input makes it raise."""
        readings: list[Reading | Outcome] = []
        seconds: list[float] = []
        for task in tasks:
            started = time.perf_counter()
            readings.append(self.read(task))
            seconds.append(time.perf_counter() - started)
        good = [reading for reading in readings if isinstance(reading, Reading)]
        started = time.perf_counter()
        extracted = iter(self._extract(good))
        each = (time.perf_counter() - started) / max(1, len(good))
        outcomes = []
        for task, reading, spent in zip(tasks, readings, seconds, strict=True):
            if isinstance(reading, Outcome):
                outcomes.append(reading)
                continue
            found = next(extracted)
            times = {"read": spent, "extract": each}
            if isinstance(found, PaperBundle):
                outcomes.append(Outcome(task.label, task.sha256, found, seconds=times))
            else:
                outcomes.append(
                    Outcome(task.label, task.sha256, None, "extract", "bug", found, times)
                )
        return outcomes

    def prepare(self) -> None:
        """Start the reading process, load the models and use them once, before papers come."""
        self._reading().start()
        self._loaded().extract_loose(["Firms learn."], [()])

    def _loaded(self) -> Extractor:
        if self._extractor is None:
            # A loaded model is a million objects that stay: the collector need not look at them,
            # nor after every few hundred new ones (a tenth of the time of a paper).
            gc.disable()
            try:
                self._extractor = load_extractor(Path(self._settings.models_path))
            finally:
                gc.enable()
            gc.freeze()
            gc.set_threshold(COLLECT_AFTER)
        return self._extractor

    def close(self) -> None:
        """Stop the reading process."""
        if self._reader is not None:
            self._reader.__exit__(None, None, None)
            self._reader = None

    def read(self, task: Task) -> Reading | Outcome:
        """Read and structure one source, or say why it was rejected."""
        try:
            return self._reading().read_paper(
                task.data, task.label, task.label, task.sha256, passwords=self._settings.passwords
            )
        except ReadError as error:
            return Outcome(task.label, task.sha256, None, error.stage, error.reason, error.detail)
        except ClusterloreError as error:
            return Outcome(task.label, task.sha256, None, "structure", "bug", str(error))

    def _reading(self) -> GuardedReader:
        from pipeline.readers.guard import GuardedReader, GuardLimits

        if self._reader is None:
            wanted = self._settings
            limits = GuardLimits(
                seconds=wanted.read_seconds, memory=wanted.read_memory, input=wanted.read_bytes
            )
            self._reader = GuardedReader(limits).__enter__()
        return self._reader

    def _extract(self, readings: Sequence[Reading]) -> list[PaperBundle | str]:
        """Extract a batch; where that fails, paper by paper, so that one bug costs one paper.

        What is not a paper's fault (models or modules that are missing) is raised.
        """
        if not readings:
            return []
        try:
            return list(self._bundles(readings))
        except _NOT_THE_PAPERS_FAULT:
            raise
        except Exception as error:  # noqa: BLE001 - a bug of ours, whatever it is: see below
            if len(readings) == 1:
                return [f"{type(error).__name__}: {error}. Please report the file."]
            return [one for reading in readings for one in self._extract([reading])]

    def _bundles(self, readings: Sequence[Reading]) -> list[PaperBundle]:
        found = self._loaded().extract(readings)
        return [
            PaperBundle(reading, one.evidence, one.codes, one.vectors)
            for reading, one in zip(readings, found, strict=True)
        ]


def load_extractor(models_path: Path) -> Extractor:
    """Return an extractor with the models in use."""
    from models.judge import load_judge

    return rules().judged_by(load_judge(models_path))


@cache
def rules() -> Extractor:
    """Return an extractor of rules alone: no setting changes it, so a process makes it once."""
    from pipeline.codebook import load_codebook
    from pipeline.extract import Extractor
    from pipeline.protocols import NoJudge

    return Extractor(load_codebook(), NoJudge())

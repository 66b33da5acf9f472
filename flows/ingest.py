"""Ingest as one plain function: what is new is read, coded and loaded; every source is accounted.

The function knows nothing of Prefect; `flows.prefect_ingest` wraps the same steps.
"""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from flows.pool import Work, Workers, work_here, work_in_processes
from flows.recipe import Recipe, current_recipe
from flows.settings import Settings
from flows.work import Outcome, Task, WorkSettings
from pipeline.errors import PASSING, ReadError, UsageError
from pipeline.ids import sha256_bytes
from pipeline.records import Reject
from pipeline.sources import Source, expand

if TYPE_CHECKING:
    from warehouse.writer import KnownSource, Writer

IN_PROCESS_BYTES = 60_000
"""Less than this to read is done in this process: starting workers would take longer."""

Progress = Callable[[int, int, str], None]
"""Called with how many sources are done, how many there are, and the last one's label."""


@dataclass
class IngestReport:
    """What became of each source.

    `actions` counts loaded, replaced, unchanged, added_source and rejected; `rejected` holds
    (source, reason, detail); `seconds` the time by stage over all workers; `slowest` the papers
    that took longest, as (seconds, source).
    """

    run_id: str = ""
    actions: Counter[str] = field(default_factory=Counter)
    rejected: list[tuple[str, str, str]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    slowest: list[tuple[float, str]] = field(default_factory=list)
    relations: list[tuple[str, str]] = field(default_factory=list)

    def as_json(self) -> str:
        """Return what the run's row keeps of it: seconds by stage, and the slowest papers."""
        seconds = {stage: round(spent, 3) for stage, spent in self.seconds.items()}
        return json.dumps({"seconds": seconds, "slowest": self.slowest})

    @property
    def n_sources(self) -> int:
        """How many sources were offered."""
        return sum(self.actions.values())

    @property
    def readable(self) -> bool:
        """Whether anything at all could be read."""
        return self.n_sources > self.actions["rejected"]


def work_settings(settings: Settings) -> WorkSettings:
    """Return what workers need of the settings."""
    return WorkSettings(
        str(settings.models_path),
        settings.read_seconds,
        settings.read_memory,
        settings.read_bytes,
        settings.passwords,
    )


def ingest(
    paths: Iterable[str | Path],
    settings: Settings,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    work: Work | None = None,
    wait: float = 0.0,
) -> IngestReport:
    """Bring files, folders and globs into the warehouse.

    Parameters
    ----------
    paths : iterable of path or glob
    settings : Settings
    workers : int, optional
        Worker processes; by default one per core, or none for little work.
    progress : callable, optional
    work : callable, optional
        How tasks become outcomes, where an engine does it.
    wait : float
        Seconds to wait for another run that holds the warehouse.

    Raises
    ------
    UsageError
        A path that is missing, or nothing under the paths.
    WarehouseLocked
        Another run holds the warehouse.
    """
    sources = list(expand(paths))
    if not sources:
        raise UsageError("nothing to read there: expected papers (PDF, Word, HTML, Markdown, text)")
    with ExitStack() as ends:
        how = _Ways(settings, workers, work, ends)
        if not settings.warehouse_path.exists():
            how.prepare(sources)  # all are new: workers load their models meanwhile
        return _ingest(sources, settings, how, progress, wait)


def _ingest(
    sources: list[Source],
    settings: Settings,
    how: _Ways,
    progress: Progress | None,
    wait: float,
) -> IngestReport:
    from warehouse.writer import Writer

    recipe = current_recipe(settings.models_path)
    with Writer(settings.warehouse_path, wait=wait) as writer:
        sync_catalogue(writer, settings)
        writer.describe_recipe(recipe.hash, recipe.parts)
        run_id = writer.start_run("ingest")
        report = IngestReport(run_id)
        status = "failed"
        try:
            run = _Run(writer, recipe, settings, report, progress, len(sources))
            run.all(sources, how)
            status = "done"
        except KeyboardInterrupt:
            status = "stopped"
            raise
        finally:
            counts = {name: int(n) for name, n in report.actions.items()}
            writer.finish_run(run_id, status, counts, report.as_json())
            if status != "done":
                writer.publish()  # what was loaded before it ended is there to be read
        writer.publish()
    if report.n_sources > report.actions["unchanged"]:
        from flows.run_report import write_report
        from warehouse.search import update

        update(settings.warehouse_path)
        write_report(settings, run_id)
    return report


def sync_catalogue(writer: Writer, settings: Settings) -> None:
    """Bring the codebook's labels and the models in use into the warehouse."""
    from models.registry import model_rows
    from pipeline.codebook import load_codebook

    codebook = load_codebook()
    writer.sync_codebook(
        [
            (codebook.version, dimension.name, label.name, label.definition)
            for dimension in codebook.dimensions.values()
            for label in dimension.labels
        ]
    )
    writer.sync_models(model_rows(settings.models_path))


class _Ways:
    """How work is done: as the caller says, here, or in processes that end with `ends`."""

    def __init__(
        self, settings: Settings, workers: int | None, work: Work | None, ends: ExitStack
    ) -> None:
        self._settings, self._workers, self._ends = settings, workers, ends
        self._work = work

    def prepare(self, fresh: Sequence[Source]) -> Work:
        """Choose the way for these sources, the first time; start what it needs."""
        if self._work is None:
            wanted = work_settings(self._settings)
            n = self._settings.worker_count if self._workers is None else self._workers
            little = sum(source.size for source in fresh) < IN_PROCESS_BYTES
            if n <= 1 or len(fresh) <= 1 or (self._workers is None and little):
                self._work = partial(work_here, settings=wanted)
            else:
                pool = self._ends.enter_context(Workers(wanted, min(n, len(fresh))))
                pool.start()
                self._work = partial(work_in_processes, pool=pool)
        return self._work


class _Run:
    """One run's state: what is known, what was seen, what is to be read."""

    def __init__(
        self,
        writer: Writer,
        recipe: Recipe,
        settings: Settings,
        report: IngestReport,
        progress: Progress | None,
        total: int,
    ) -> None:
        self.writer, self.recipe, self.settings = writer, recipe, settings
        self.report, self.progress, self.total = report, progress, total
        self.known: dict[str, KnownSource] = writer.known()
        self.stat: dict[str, Source] = {}
        self.twins: dict[str, list[Source]] = {}

    def all(self, sources: list[Source], how: _Ways) -> None:
        """Take every source to its end."""
        fresh = [source for source in sources if not self._unchanged_at_a_glance(source)]
        tasks = self._tasks(fresh)
        for outcome in how.prepare(fresh)(tasks):
            self._settle(outcome)

    def _unchanged_at_a_glance(self, source: Source) -> bool:
        """Size and time of change say that nothing changed since the same recipe read it."""
        known = self.known.get(source.label)
        same = (
            known is not None
            and known.recipe == self.recipe.hash
            and known.size == source.size
            and known.mtime_ns == source.mtime_ns
        )
        if same and known is not None:
            self._done(source.label, "unchanged" if known.paper_id else "rejected")
            if not known.paper_id:
                self.report.rejected.append((source.label, known.reason or "", "as before"))
        return same

    def _tasks(self, fresh: Iterable[Source]) -> Iterator[Task]:
        """Open sources; settle what needs no reading; hand on the rest, each content once."""
        for source in fresh:
            started = time.perf_counter()
            try:
                data = source.open()
            except ReadError as error:
                self._reject(source, None, error.stage, error.reason, error.detail)
                continue
            sha256 = sha256_bytes(data)
            self.report.seconds["open"] += time.perf_counter() - started
            known = self.known.get(source.label)
            if known and known.sha256 == sha256 and known.recipe == self.recipe.hash:
                self._touch(source, known, sha256)
                continue
            paper_id = self.writer.paper_of_bytes(sha256)
            if paper_id and not (known and known.paper_id):
                self._add_source(paper_id, source, sha256)
                continue
            if sha256 in self.twins:
                self.twins[sha256].append(source)
                continue
            self.twins[sha256] = []
            self.stat[source.label] = source
            yield Task(source.label, sha256, data)

    def _touch(self, source: Source, known: KnownSource, sha256: str) -> None:
        if known.paper_id:
            self.writer.touch(source.label, size=source.size, mtime_ns=source.mtime_ns)
            self._done(source.label, "unchanged")
        else:
            self._reject(source, sha256, "read", known.reason or "", "as before")

    def _add_source(self, paper_id: str, source: Source, sha256: str) -> None:
        self.writer.add_source(
            paper_id, source.label, sha256, "same_bytes", source.size, source.mtime_ns
        )
        self.report.relations.append((source.label, "same_bytes"))
        self._done(source.label, "added_source")

    def _settle(self, outcome: Outcome) -> None:
        source = self.stat.pop(outcome.label)
        twins = self.twins.pop(outcome.sha256, [])
        spent = sum(outcome.seconds.values())
        for stage, seconds in outcome.seconds.items():
            self.report.seconds[stage] += seconds
        self.report.slowest = sorted([*self.report.slowest, (spent, outcome.label)])[-5:]
        if outcome.bundle is None:
            for one in (source, *twins):
                self._reject(one, outcome.sha256, outcome.stage, outcome.reason, outcome.detail)
            return
        started = time.perf_counter()
        result = self.writer.load(
            outcome.bundle, size=source.size, mtime_ns=source.mtime_ns, recipe=self.recipe.hash
        )
        self.report.seconds["load"] += time.perf_counter() - started
        if result.relation not in ("", "first"):
            self.report.relations.append((source.label, result.relation))
        self._done(source.label, result.action)
        for twin in twins:
            self._add_source(result.paper_id, twin, outcome.sha256)

    def _reject(
        self, source: Source, sha256: str | None, stage: str, reason: str, detail: str
    ) -> None:
        self.report.rejected.append((source.label, reason, detail))
        self._done(source.label, "rejected")
        passing = reason in PASSING
        known = self.known.get(source.label)
        if passing and known and (known.paper_id or known.reason == reason):
            return  # a paper keeps the source that it was read from; a reject is noted once
        self.writer.reject(
            Reject(source.label, sha256, stage, reason, detail, datetime.now(UTC)),
            size=source.size,
            mtime_ns=source.mtime_ns,
            # A file that was not to blame counts as never tried: the next run takes it up.
            recipe="" if passing else self.recipe.hash,
        )

    def _done(self, label: str, action: str) -> None:
        self.report.actions[action] += 1
        if self.progress is not None:
            self.progress(self.report.n_sources, self.total, label)

"""The single writer: papers in, one transaction each; every source accounted for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from pipeline.errors import WarehouseError
from pipeline.records import Code, PaperBundle, Reject
from warehouse import catalogue, sources
from warehouse.connect import checkpoint, open_writing, our_errors, translated
from warehouse.corrections import Corrections, apply_corrections
from warehouse.identity import Fingerprint, Index, Match, fingerprint
from warehouse.kept import keep
from warehouse.kept.vectors import ENOUGH, FreshVectors
from warehouse.loading import Loader
from warehouse.lock import WriterLock
from warehouse.migrate import migrate
from warehouse.publish import is_published, note_published, publish_file, published_path
from warehouse.recoding import recode
from warehouse.rows import insert_papers, new_paper
from warehouse.sources import KnownSource, LoadResult
from warehouse.statements import statement
from warehouse.waiting import Waiter, Waiting

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["KnownSource", "LoadResult", "Writer"]

CHEAP_TO_PUBLISH = 256 << 20
"""Bytes up to which a copy is made even where only the log of runs changed."""


class Writer:
    """Write a warehouse; use in a ``with`` block.

    Parameters
    ----------
    path : Path
        The warehouse file; made, or brought up to date, if need be.
    wait : float
        Seconds to wait for another writer.

    Raises
    ------
    WarehouseLocked, WarehouseNewer, WarehouseDamaged, WarehouseError
        One line that says what was got, what was expected and what to do.
    """

    def __init__(self, path: Path, *, wait: float = 0) -> None:
        self.path, self.wait = Path(path), wait
        self._con: DuckDBPyConnection | None = None
        self._last = datetime.min
        self._rows_changed = self._log_changed = False
        self._waiting = Waiting()
        self._vectors = FreshVectors()

    def __enter__(self) -> Self:
        """Take the lock, open or make the file, bring its schema up to date."""
        with our_errors(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = WriterLock(self.path)
        self._lock.acquire(self.wait)
        try:
            unfinished = _has_log(self.path)
            self._con = open_writing(self.path)
            with our_errors(self.path):
                # What a killed writer left in the log was never shown to readers.
                self._rows_changed = bool(migrate(self._con, self.path)) or unfinished
                self._read_state()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put in what waits, close the file and give the lock back."""
        try:
            self.flush()
        except WarehouseError:
            if kind is None:  # else the error under way says more
                raise
        finally:
            self._close()

    @property
    def con(self) -> DuckDBPyConnection:
        """The open connection, for the other modules of this room; nothing waits after."""
        self.flush()
        return self._open

    @property
    def _open(self) -> DuckDBPyConnection:
        if self._con is None:
            raise RuntimeError("the writer is closed; use it in a `with` block")
        return self._con

    # -- sources -------------------------------------------------------------------------------

    def known(self) -> dict[str, KnownSource]:
        """Return every source ever offered, by its label."""
        return dict(self._sources.labels)

    def paper_of_bytes(self, sha256: str, recipe: str | None = None) -> str | None:
        """Return the paper read from these bytes (under `recipe`, where one is given)."""
        return self._sources.paper_of_bytes(sha256, recipe)

    def touch(self, source: str, *, size: int | None, mtime_ns: int | None) -> None:
        """Note a known source's new size and time of change; its bytes are the same."""
        known = self._sources.labels[source]
        if (known.size, known.mtime_ns) != (size, mtime_ns):
            with self.transaction(log_only=True):
                sources.touch(self.con, source, size, mtime_ns)
                self._sources.set(source, replace(known, size=size, mtime_ns=mtime_ns))

    def load(
        self, bundle: PaperBundle, *, size: int | None, mtime_ns: int | None, recipe: str
    ) -> LoadResult:
        """Bring in one paper as read from one source, whole or not at all.

        A new paper that comes right after others may wait to share their transaction (see
        `warehouse.waiting`); everything else is a transaction of its own.

        Returns
        -------
        LoadResult
            `action` is loaded, unchanged, replaced or added_source; `relation` is empty for a
            paper's first source, else same_bytes, same_text, same_work or replaced.
        """
        paper = bundle.reading.paper
        known = self._sources.labels.get(paper.source)
        if known and known.paper_id and (known.sha256, known.recipe) == (paper.sha256, recipe):
            self.touch(paper.source, size=size, mtime_ns=mtime_ns)
            return LoadResult(known.paper_id, known.relation or "", "unchanged")
        mark = fingerprint(bundle.reading)
        if known is None and not self._sources.knows_bytes(paper.sha256):
            match = self._index.match(mark, bundle.reading.text, self._text)
            if match.paper_id is None:
                seen = KnownSource(
                    paper.sha256, size, mtime_ns, paper.paper_id, None, recipe, "same_bytes"
                )
                self._let_wait(bundle, mark, match, seen)
                return LoadResult(paper.paper_id, "", "loaded")
        with self.transaction() as at:
            loader = Loader(self.con, self._sources, self._index, at)
            return loader.load(bundle, mark, size=size, mtime_ns=mtime_ns, recipe=recipe)

    def flush(self) -> None:
        """Put in the papers that wait, in one transaction.

        Where that fails, each is tried by itself, so that one bad paper costs no other its place.

        Raises
        ------
        WarehouseError
            Why the first of them that can't go in can't.
        """
        together = self._waiting.take()
        if not together:
            return
        try:
            self._put_in(together)
        except WarehouseError:
            if len(together) == 1:
                raise
            failed: list[WarehouseError] = []
            for one in together:
                try:
                    self._put_in([one])
                    self._index.add(one.paper.mark)
                    self._sources.set(one.source, one.seen)
                except WarehouseError as error:
                    failed.append(error)
            if failed:
                raise failed[0] from None

    def add_source(
        self,
        paper_id: str,
        source: str,
        sha256: str,
        relation: str,
        size: int | None,
        mtime_ns: int | None,
    ) -> None:
        """Note one more source of a paper that is there."""
        with self.transaction() as at:
            loader = Loader(self.con, self._sources, self._index, at)
            loader.add_source(paper_id, source, sha256, relation, size, mtime_ns)

    def reject(
        self, reject: Reject, *, size: int | None, mtime_ns: int | None, recipe: str
    ) -> None:
        """Note a source that can't be loaded.

        Where it was loaded before, it moves here. A paper whose last source turned bad keeps its
        rows, with an issue: what was read from good bytes stays true until someone withdraws it.
        """
        with self.transaction() as at:
            loader = Loader(self.con, self._sources, self._index, at)
            loader.reject(reject, size=size, mtime_ns=mtime_ns, recipe=recipe)

    # -- models, codebook, runs ------------------------------------------------------------------

    def recode(
        self,
        codes: Sequence[Code],
        model_id: str,
        *,
        dimension: str | None = None,
        paper_ids: Sequence[str] | None = None,
        recipe: str | None = None,
    ) -> int:
        """Replace the codes of papers in one dimension by a new model's; the old go to history.

        Parameters
        ----------
        codes : sequence of Code
            All codes the model gives those papers, of one dimension.
        model_id : str
            The model that gave them.
        dimension : str, optional
            Needed where `codes` is empty.
        paper_ids : sequence of str, optional
            The papers that were coded; by default those of the codes' passages. Give it, so that
            a passage without any code of the new model loses those of the old one.
        recipe : str, optional
            What the papers' recipe is from now on.

        Returns
        -------
        int
            How many code rows went to history.
        """
        with self.transaction() as at:
            return recode(self.con, codes, model_id, dimension, paper_ids, recipe, at)

    def sync_codebook(self, rows: Sequence[tuple[str, str, str, str]]) -> None:
        """Bring in (codebook_version, dimension, label, definition); older versions stay."""
        if catalogue.codebook_differs(self.con, rows):
            with self.transaction():
                catalogue.sync_codebook(self.con, rows)

    def sync_models(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Bring in models: mappings with the columns of `models`; those not named stay."""
        if catalogue.models_differ(self.con, rows):
            with self.transaction():
                catalogue.sync_models(self.con, rows)

    def describe_recipe(self, recipe: str, parts: Mapping[str, str]) -> None:
        """Note what a recipe's hash stands for: ``parser``, ``codebook``, dimension to model id."""
        if catalogue.recipe_unknown(self.con, recipe):
            with self.transaction():
                catalogue.describe_recipe(self.con, recipe, parts)

    def start_run(self, flow: str) -> str:
        """Note that a run began; return its id."""
        with self.transaction(log_only=True) as at:
            return catalogue.start_run(self.con, flow, at)

    def finish_run(
        self, run_id: str, status: str, counts: Mapping[str, int], report: str | None
    ) -> None:
        """Note how a run ended; `counts` by action, `report` free text or JSON."""
        with self.transaction(log_only=True) as at:
            catalogue.finish_run(self.con, run_id, status, counts, report, at)

    @property
    def corrections(self) -> Corrections:
        """What people may correct: each a transaction of its own."""
        return Corrections(self)

    # -- for readers -----------------------------------------------------------------------------

    def publish(self) -> Path:
        """Make what is written visible to readers; does nothing where nothing changed.

        In a large warehouse a run that changed no row is not worth a copy: its line in `runs`
        becomes visible with the next change.
        """
        self.flush()
        with our_errors(self.path):
            if self._rows_changed or not is_published(self.path):
                self._vectors.put_in(self.con)
                keep(self.con)
            checkpoint(self.con, self.path)
            if not self._rows_changed and is_published(self.path):
                return published_path(self.path)
            only_log = self._log_changed and not self._rows_changed
            if (
                only_log
                and published_path(self.path).exists()
                and self.path.stat().st_size > CHEAP_TO_PUBLISH
            ):
                note_published(self.path)
                return published_path(self.path)
            target = publish_file(self.path)
        self._rows_changed = self._log_changed = False
        return target

    # -- inside ----------------------------------------------------------------------------------

    @contextmanager
    def transaction(self, *, log_only: bool = False) -> Iterator[datetime]:
        """Do all or nothing; yields the time that the rows get, later than any before (UTC)."""
        import duckdb

        self.flush()
        at = self._moment()
        try:
            self._open.execute("BEGIN")
            yield at
            self._open.execute("COMMIT")
        except (duckdb.Error, OSError) as error:
            self._undo()
            raise translated(error, self.path) from error
        except BaseException:
            self._undo()
            raise
        if log_only:
            self._log_changed = True
        else:
            self._rows_changed = True

    def _moment(self) -> datetime:
        """Return the time, later than any that was given out before (UTC)."""
        at = max(datetime.now(UTC).replace(tzinfo=None), self._last + timedelta(microseconds=1))
        self._last = at
        return at

    def _let_wait(
        self, bundle: PaperBundle, mark: Fingerprint, match: Match, seen: KnownSource
    ) -> None:
        source = bundle.reading.paper.source
        new = new_paper(
            bundle, mark, recipe=seen.recipe, cause="new_paper", at=self._moment(),
            doubts=match.doubts, seen=seen,
        )  # fmt: skip
        self._index.add(mark)
        self._sources.set(source, seen)
        if self._waiting.add(Waiter(new, source, seen)):
            self.flush()

    def _put_in(self, waiters: Sequence[Waiter]) -> None:
        with self.transaction():
            insert_papers(self._open, [one.paper for one in waiters])
            for one in waiters:
                apply_corrections(self._open, one.paper.paper_id, one.paper.at)
                self._vectors.add(one.paper.paper_id, one.paper.at, one.paper.bundle.vectors)
            self._vectors.put_in(self._open, at_least=ENOUGH)
        self._waiting.went_in()

    def _text(self, paper_id: str) -> str:
        row = self.con.execute(statement("paper_text"), [paper_id, paper_id]).fetchone()
        return "" if row is None else str(row[0])

    def _undo(self) -> None:
        """Roll back and forget what was noted in memory; a dead connection is left as it is."""
        import duckdb

        try:
            self._open.execute("ROLLBACK")
            self._open.execute("PRAGMA enable_optimizer")
            self._read_state()
        except duckdb.Error:
            # The disk is full or the file is gone: the next call says so again, in one line.
            self._sources, self._index = sources.SourceBook({}), Index()

    def _read_state(self) -> None:
        self._sources = sources.read_sources(self._open)
        self._index = Index(sources.read_fingerprints(self._open))

    def _close(self) -> None:
        import duckdb

        try:
            if self._con is not None:
                self._con.close()
        except duckdb.Error as error:
            raise translated(error, self.path) from error
        finally:
            self._con = None
            self._lock.release()


def _has_log(path: Path) -> bool:
    """Whether a log of changes that are not in the file yet stands beside it."""
    log = path.with_name(path.name + ".wal")
    return log.exists() and log.stat().st_size > 0

"""The flows as Prefect sees them: thin over plain functions. Imported only where Prefect is wanted.

Each flow resolves settings, calls one plain function, and leaves a row in `runs`, an artifact on
Prefect's page and a report page under ``CLUSTERLORE_HOME/reports``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from prefect import Flow, flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import task_run
from prefect.tasks import exponential_backoff

from flows.children import end_with_parent
from flows.engine import Engine, resolve_engine, task_runner
from flows.ingest import IngestReport
from flows.learning import Trained
from flows.pool import Work
from flows.prefect_ingest import FLOW_SECONDS, RETRIES, can_pass, do_batch, run_plain
from flows.settings import Settings
from flows.work import Outcome, Task

_given: ContextVar[Settings | None] = ContextVar("settings", default=None)
_work: ContextVar[Work | None] = ContextVar("work", default=None)


@contextmanager
def given(settings: Settings, work: Work | None = None) -> Iterator[None]:
    """Hand settings, and a way of working, to flows called in this process; elsewhere they read
    the environment and start workers of their own.
    """
    tokens = _given.set(settings), _work.set(work)
    try:
        yield
    finally:
        _given.reset(tokens[0])
        _work.reset(tokens[1])


def _settings() -> Settings:
    settings = _given.get()
    if settings is None:
        # A process that the runner started: it must not outlive the runner.
        end_with_parent()
        settings = Settings()
    return settings


def _given_work() -> Work | None:
    """Return the way of working that was handed in; a function, since Dask sends a flow's own
    globals along, and a context variable can't be sent.
    """
    return _work.get()


def _task_retry(_task: Any, _run: Any, state: Any) -> bool:
    try:
        state.result()
    except Exception as error:  # noqa: BLE001 - whatever it was, the question is whether to retry
        return can_pass(error)
    return False


@task(
    name="read a batch",
    task_run_name="{what}",
    retries=RETRIES,
    retry_delay_seconds=exponential_backoff(backoff_factor=1),
    retry_jitter_factor=0.5,
    retry_condition_fn=_task_retry,
    cache_policy=NO_CACHE,
    persist_result=False,
    log_prints=False,
)
def read_batch(batch: Sequence[Task], pool: Any, what: str) -> list[Outcome]:
    """Read, extract and code a batch of papers."""
    return do_batch(batch, pool, task_run.run_count or 1)


@flow(name="ingest", persist_result=False, timeout_seconds=FLOW_SECONDS, validate_parameters=True)
def ingest_flow(
    paths: list[str], workers: int | None = None, on: str | None = None
) -> IngestReport:
    """Bring files, folders and feeds into the warehouse."""
    settings = _settings()
    from flows.fetching import to_local

    local, engine = to_local(paths, settings), resolve_engine(on)
    report = run_plain(local, settings, workers, engine, read_batch, _given_work())
    _leave(settings, report.run_id, "ingest")
    return report


def run_ingest(
    paths: list[str], settings: Settings, workers: int | None, engine: Engine
) -> IngestReport:
    """Call the ingest flow in this process, on an engine."""
    on = engine.name if engine.address is None else engine.address.replace("tcp://", "dask://")
    on = on.replace("tls://", "dask+tls://")
    n = workers or settings.worker_count
    runner = task_runner(engine, n)
    with given(settings):
        return ingest_flow.with_options(task_runner=runner)(paths, workers, on)


@flow(name="recode", persist_result=False, timeout_seconds=FLOW_SECONDS)
def recode_flow(dimensions: list[str] | None = None) -> dict[str, int]:
    """Code stored passages again by the models in use."""
    from flows.recoding import recode

    settings = _settings()
    report = recode(settings, dimensions or [], wait=1800.0)
    _leave(settings, report.run_id, "recode")
    return dict(report.recoded)


@flow(name="retrain", persist_result=False, timeout_seconds=FLOW_SECONDS)
def retrain_flow(
    dimensions: list[str] | None = None,
    after: int = 0,
    promote: bool = True,
    real_folder: str | None = None,
    codebook_folder: str | None = None,
) -> list[Trained]:
    """Train candidates (once `after` new annotations are in); promote by the gate alone."""
    from flows.prefect_retrain import retrain

    settings = _settings()
    done = retrain(
        dimensions or [],
        settings,
        after=after,
        promote_if_better=promote,
        real_folder=Path(real_folder) if real_folder else None,
        codebook_folder=Path(codebook_folder) if codebook_folder else None,
    )
    if done.run_id:
        _leave(settings, done.run_id, "retrain")
    else:
        get_run_logger().info("nothing to train on yet: %s", done.note)
    return done.trained


@flow(name="publish", persist_result=False)
def publish_flow() -> str:
    """Give readers a fresh copy of the warehouse."""
    from warehouse.writer import Writer

    with Writer(_settings().warehouse_path, wait=1800.0) as writer:
        return str(writer.publish())


@flow(name="verify", persist_result=False)
def verify_flow(sources: bool = True) -> dict[str, int]:
    """Re-read every quote; fails where a check finds an offender."""
    from flows.scheduled_checks import verify_all

    found = verify_all(_settings(), sources=sources)
    lines = ["| check | offenders |", "| --- | ---: |"]
    lines += [f"| {name} | {n} |" for name, n in found.items()]
    create_markdown_artifact("\n".join(lines), key="verify", description="Every row proved")
    bad = {name: n for name, n in found.items() if n}
    if bad:
        from pipeline.errors import FlowError

        raise FlowError(f"verify found offenders: {bad}; `clusterlore verify` shows them")
    return found


@flow(name="report", persist_result=False)
def report_flow() -> str:
    """Write the report page of the last run anew."""
    from flows.run_report import write_last

    page = write_last(_settings())
    create_markdown_artifact(
        page.with_suffix(".md").read_text(encoding="utf-8"), key="report", description=str(page)
    )
    return str(page)


FLOWS: dict[str, Flow[Any, Any]] = {
    "ingest": ingest_flow,
    "recode": recode_flow,
    "retrain": retrain_flow,
    "publish": publish_flow,
    "verify": verify_flow,
    "report": report_flow,
}


def _leave(settings: Settings, run_id: str, name: str) -> None:
    """Put the run's report on Prefect's page."""
    from flows.run_report import report_path

    page = report_path(settings, run_id).with_suffix(".md")
    if page.exists():
        create_markdown_artifact(
            page.read_text(encoding="utf-8"), key=f"{name}-report", description=run_id
        )

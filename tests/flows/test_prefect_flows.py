"""Flows through Prefect: the same rows as the plain way, whatever the engine; nothing stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from stored_rows import rows_of

from flows.engine import resolve_engine
from flows.ingest import ingest
from flows.prefect_home import check_api, environment
from flows.prefect_ingest import can_pass, ingest_through_prefect
from flows.settings import Settings
from pipeline.errors import FlowError, ReadError, UsageError


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("on", [None, "dask"])
def test_a_flow_on_two_workers_writes_the_rows_of_a_plain_run(
    on: str | None, papers: Callable[..., Path], tmp_path: Path, through_prefect: str
) -> None:
    folder = papers(10)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing follows")
    plain, flow = Settings(home=tmp_path / "plain"), Settings(home=tmp_path / "flow")
    ingest([folder], plain, workers=1)
    report = ingest_through_prefect([folder], flow, workers=2, on=on)
    assert dict(report.actions) == {"loaded": 10, "rejected": 1}
    assert rows_of(flow) == rows_of(plain)
    stored = [path for path in (flow.home / "prefect").rglob("*") if "storage" in path.parts]
    assert stored == []


@pytest.mark.parametrize(
    "on", ["ray", "dask://10.0.0.5:8786", "dask://cluster.example:8786", "http://127.0.0.1"]
)
def test_engines_that_are_unknown_or_unsafe_are_refused(on: str) -> None:
    with pytest.raises(UsageError):
        resolve_engine(on)


@pytest.mark.parametrize(
    ("on", "address"),
    [
        ("dask", None),
        ("dask://127.0.0.1", "tcp://127.0.0.1:8786"),
        ("dask://[::1]:9000", "tcp://[::1]:9000"),
        ("dask+tls://cluster.example:9000", "tls://cluster.example:9000"),
    ],
)
def test_engines(on: str, address: str | None) -> None:
    engine = resolve_engine(on)
    assert (engine.name, engine.address, engine.remote) == ("dask", address, True)


def test_prefect_stays_at_home_and_sends_nothing(settings: Settings) -> None:
    said = environment(settings)
    assert said["PREFECT_HOME"] == str(settings.home / "prefect")
    assert said["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert said["DO_NOT_TRACK"] == "1"
    assert said["PREFECT_SERVER_API_HOST"] == "127.0.0.1"
    assert said["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"] == "false"
    with pytest.raises(FlowError, match="no TLS"):
        check_api("http://prefect.example:4200/api")


def test_only_what_can_pass_is_tried_again() -> None:
    from flows.pool import WorkerDied

    assert can_pass(WorkerDied("crashed", ""))
    assert can_pass(ConnectionResetError())
    assert not can_pass(ReadError("locked", "needs a password"))
    assert not can_pass(ValueError())

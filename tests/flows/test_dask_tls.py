"""Dask over TLS: a scheduler and two workers as on other machines; strangers stay outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import certificates
import pytest
from stored_rows import rows_of

from flows.engine import resolve_engine
from flows.ingest import ingest
from flows.prefect_ingest import ingest_through_prefect
from flows.settings import Settings
from pipeline.errors import UsageError

PATIENCE = 180.0


def _configuration(files: dict[str, str]) -> dict[str, object]:
    """Return Dask's settings as docs/scale.md says, with one certificate for every part."""
    said: dict[str, object] = {
        "distributed.comm.require-encryption": True,
        "distributed.comm.tls.ca-file": files["ca"],
        "distributed.comm.timeouts.connect": "10s",
    }
    for part in ("scheduler", "worker", "client"):
        said[f"distributed.comm.tls.{part}.cert"] = files["cert"]
        said[f"distributed.comm.tls.{part}.key"] = files["key"]
    return said


@contextmanager
def _cluster(folder: Path, files: dict[str, str]) -> Iterator[int]:
    """Run a scheduler and two workers as processes of their own; yield the scheduler's port."""
    env = dict(os.environ)
    for name, value in _configuration(files).items():
        env["DASK_" + name.upper().replace(".", "__").replace("-", "_")] = str(value)
    env["PYTHONWARNINGS"] = "ignore"
    known = folder / "scheduler.json"
    commands = [
        ["scheduler", "--protocol", "tls", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
         "--scheduler-file", str(known)],
        *[["worker", "--scheduler-file", str(known), "--host", "127.0.0.1", "--protocol", "tls",
           "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory",
           str(folder / f"w{i}"), "--death-timeout", "120"] for i in range(2)],
    ]  # fmt: skip
    running = []
    try:
        with (folder / "dask.log").open("wb") as log:
            for command in commands:
                running.append(
                    subprocess.Popen(
                        [sys.executable, "-m", "dask", *command], env=env, stdout=log, stderr=log
                    )
                )
        deadline = time.monotonic() + PATIENCE
        while not known.exists() and time.monotonic() < deadline:
            time.sleep(0.2)
        address = json.loads(known.read_text(encoding="utf-8"))["address"]
        assert address.startswith("tls://127.0.0.1:")
        yield int(address.rpartition(":")[2])
    finally:
        for one in running:
            one.kill()
        for one in running:
            one.wait()


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_workers_over_tls_write_the_rows_of_one_process(
    papers: Callable[..., Path], tmp_path: Path, through_prefect: str
) -> None:
    import dask
    from distributed import Client
    from distributed.security import Security

    folder = papers(6)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing follows")
    plain, flow = Settings(home=tmp_path / "plain"), Settings(home=tmp_path / "flow")
    ours, others = (certificates.make(tmp_path / name, name) for name in ("ours", "others"))
    ingest([folder], plain, workers=1)
    with _cluster(tmp_path, ours) as port:
        with dask.config.set(_configuration(ours)):
            report = ingest_through_prefect(
                [folder], flow, workers=2, on=f"dask+tls://127.0.0.1:{port}"
            )
        assert dict(report.actions) == {"loaded": 6, "rejected": 1}
        assert rows_of(flow) == rows_of(plain)
        with dask.config.set({**_configuration(others), "distributed.comm.timeouts.connect": "3s"}):
            stranger = Security(require_encryption=True)
            with pytest.raises(OSError, match="TLS certificate does not match"):
                Client(f"tls://127.0.0.1:{port}", security=stranger, timeout=3)
        with pytest.raises(OSError):
            Client(f"tcp://127.0.0.1:{port}", timeout=3)


@pytest.mark.parametrize("host", ["10.0.0.5", "192.168.1.9", "cluster.example", "[2001:db8::1]"])
def test_without_tls_nothing_beyond_loopback(host: str) -> None:
    with pytest.raises(UsageError, match=r"use dask\+tls://HOST:PORT"):
        resolve_engine(f"dask://{host}:8786")
    assert resolve_engine(f"dask+tls://{host}:8786").address == f"tls://{host}:8786"

"""A real Prefect server on loopback: a schedule fires and loads a paper; nothing stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from http.server import HTTPServer
from pathlib import Path

import psutil
import pytest
from loopback import SECRET

import warehouse
from flows.prefect_server import live_records
from flows.settings import Settings
from pipeline.errors import WarehouseMissing

CLI = str(Path(sys.executable).with_name("clusterlore"))
PATIENCE = 540.0


def _loaded(settings: Settings) -> int:
    try:
        with warehouse.open(settings.warehouse_path) as reader:
            return int(reader.sql("SELECT count(*) FROM papers").rows()[0][0])
    except WarehouseMissing:
        return 0


def _ours(home: Path) -> list[int]:
    found = []
    for process in psutil.process_iter(["environ", "status"]):
        environ = process.info["environ"] or {}
        if environ.get("CLUSTERLORE_HOME") == str(home) and process.pid != os.getpid():
            found.append(process.pid)
    return found


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_schedule_fires_loads_a_paper_and_leaves_nothing_behind(
    settings: Settings, papers: Callable[..., Path], hook: HTTPServer, tmp_path: Path
) -> None:
    env = {**os.environ, "CLUSTERLORE_HOME": str(settings.home)}
    env["CLUSTERLORE_WEBHOOK"] = f"http://127.0.0.1:{hook.server_address[1]}/{SECRET}"
    env.pop("PREFECT_API_URL", None)
    inbox = papers(1, folder="inbox")
    said = (settings.home.parent / "serve.log").open("wb")
    serve = subprocess.Popen([CLI, "serve", "--port", "0"], env=env, stdout=said, stderr=said)
    try:
        # Added while the server runs: it must be taken up.
        command = [CLI, "schedule", "add", "ingest", str(inbox), "--every", "5s"]
        subprocess.run(command, env=env, check=True, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE
        while not _loaded(settings) and time.monotonic() < deadline and serve.poll() is None:
            time.sleep(1)
        assert _loaded(settings) == 1
        (record,) = live_records(settings)
        addresses = {
            connection.laddr.ip
            for connection in psutil.Process(record.pid).net_connections("inet")
            if connection.status == psutil.CONN_LISTEN
        }
        assert addresses == {"127.0.0.1"}
        with warehouse.open(settings.warehouse_path) as reader:
            flows = reader.sql("SELECT DISTINCT flow, status FROM runs").rows()
        assert ("ingest", "done") in flows
        while not hook.got and time.monotonic() < deadline:  # type: ignore[attr-defined]
            time.sleep(0.5)
        _, told = hook.got[0]  # type: ignore[attr-defined]
        assert (told["flow"], told["status"], told["counts"]) == ("ingest", "done", {"loaded": 1})
    finally:
        serve.send_signal(signal.SIGKILL)
        serve.wait()
    deadline = time.monotonic() + 30
    while (left := _ours(settings.home)) and time.monotonic() < deadline:
        time.sleep(0.5)
    assert left == []
    assert live_records(settings) == []
    # Prefect's data base and logs, ours, the reports: the webhook's address is in none of them.
    said.close()
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"prefect.db", "runner.log", "server.log", "serve.log"} <= {path.name for path in kept}
    assert [path for path in kept if SECRET.encode() in path.read_bytes()] == []

"""A Prefect server of our own: on loopback, found by a record, gone with whoever started it.

Prefect's own ephemeral servers stay behind when a run is killed; this one watches its parent.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from flows.children import is_running, stop_tree
from flows.prefect_home import environment, prefect_home
from flows.settings import Settings
from pipeline.errors import FlowError

START_SECONDS = 240.0


@dataclass(frozen=True, slots=True)
class ServerRecord:
    """A server that was started here: process id and start time of it and of its owner."""

    pid: int
    started: float
    owner: int
    owner_started: float
    port: int
    lasting: bool

    @property
    def api(self) -> str:
        """The address that flows talk to."""
        return f"http://127.0.0.1:{self.port}/api"


def records_folder(settings: Settings) -> Path:
    """Return the folder with one record a server."""
    return prefect_home(settings) / "servers"


def live_records(settings: Settings) -> list[ServerRecord]:
    """Return the servers that run; stop those whose owner is gone, forget those that are gone."""
    found = []
    for path in sorted(records_folder(settings).glob("*.json")):
        try:
            record = ServerRecord(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            continue  # half written, or gone since
        if not is_running(record.pid, record.started):
            path.unlink(missing_ok=True)
        elif not is_running(record.owner, record.owner_started):
            stop_tree(record.pid)
            path.unlink(missing_ok=True)
        else:
            found.append(record)
    return found


@contextmanager
def prefect_api(settings: Settings) -> Iterator[str]:
    """Yield the address of a Prefect server: the one named in PREFECT_API_URL, else one that
    `clusterlore serve` runs for this home, else one of our own for as long as the block lasts.
    """
    given = os.environ.get("PREFECT_API_URL")
    if given:
        yield given
        return
    lasting = [record for record in live_records(settings) if record.lasting]
    if lasting:
        yield lasting[0].api
        return
    with own_server(settings) as api:
        yield api


@contextmanager
def own_server(settings: Settings, port: int = 0, *, lasting: bool = False) -> Iterator[str]:
    """Start a server and stop it at the end; it also ends when this process does.

    Raises
    ------
    FlowError
        The port is taken, or the server did not start.
    """
    from filelock import FileLock

    home = prefect_home(settings)
    home.mkdir(parents=True, exist_ok=True)
    live_records(settings)
    log = home / "server.log"
    # One at a time: two servers that make the same data base would trip over each other.
    with FileLock(home / "start.lock"), log.open("ab") as out:
        child = subprocess.Popen(  # noqa: S603 - this very module, with two numbers
            [sys.executable, "-m", "flows.prefect_server", str(port), str(int(lasting))],
            env={**os.environ, **environment(settings)},
            stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            cwd=Path(__file__).resolve().parents[1],
            start_new_session=True,
        )  # fmt: skip
        try:
            record = _wait_until_up(settings, child, log)
        except BaseException:
            stop_tree(child.pid)
            raise
    try:
        yield record.api
    finally:
        stop_tree(child.pid, seconds=3.0)
        child.wait()
        _record_path(settings, child.pid).unlink(missing_ok=True)


def _wait_until_up(settings: Settings, child: subprocess.Popen[bytes], log: Path) -> ServerRecord:
    deadline = time.monotonic() + START_SECONDS
    path = _record_path(settings, child.pid)
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise FlowError(f"the Prefect server did not start: {_last_line(log)}; see {log}")
        if path.exists():
            record = ServerRecord(**json.loads(path.read_text(encoding="utf-8")))
            if _healthy(record.api):
                return record
        time.sleep(0.1)
    raise FlowError(f"the Prefect server did not answer within {START_SECONDS:.0f} s; see {log}")


def _healthy(api: str) -> bool:
    try:
        with urllib.request.urlopen(f"{api}/health", timeout=2) as answer:  # noqa: S310 - loopback
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"


def _record_path(settings: Settings, pid: int) -> Path:
    return records_folder(settings) / f"{pid}.json"


def main(port: int, lasting: bool) -> None:
    """Run the server in this process until it is told to stop."""
    import psutil

    from flows.children import end_with_main_thread_of_parent

    end_with_main_thread_of_parent()
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError as error:
        sys.stderr.write(f"port {port} is taken ({error.strerror}); give another with --port\n")
        sys.exit(1)
    port = listening.getsockname()[1]
    os.environ["PREFECT_SERVER_API_PORT"] = str(port)
    os.environ.pop("PREFECT_API_URL", None)
    # Imported only now: Prefect reads its settings once.
    import uvicorn
    from prefect.server.api.server import create_app

    settings = Settings()
    owner = psutil.Process(os.getppid())
    record = ServerRecord(
        os.getpid(), psutil.Process().create_time(), owner.pid, owner.create_time(), port, lasting
    )
    folder = records_folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{record.pid}.new"
    fresh.write_text(json.dumps(asdict(record)), encoding="utf-8")
    fresh.replace(_record_path(settings, record.pid))
    config = uvicorn.Config(
        create_app(ephemeral=not lasting, final=True),
        log_level="error",
        timeout_graceful_shutdown=1,
        access_log=False,
    )
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        _record_path(settings, record.pid).unlink(missing_ok=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] == "1")

"""`serve`: the Prefect server, its page and the deployments, started and stopped as one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from flows.children import stop_tree
from flows.prefect_home import environment, prefect_home
from flows.prefect_server import live_records, own_server
from flows.settings import Settings
from pipeline.errors import FlowError

PORT = 4200
RESTARTS = 5
"""Times in a row that a runner that fell over is started again, later each time."""


@contextmanager
def serving(settings: Settings, port: int = PORT) -> Iterator[tuple[str, Callable[[], None]]]:
    """Start server and runner; yield the page's address and a function that keeps them running.

    Raises
    ------
    FlowError
        This home is served already, or the port is taken.
    """
    lasting = [one for one in live_records(settings) if one.lasting]
    if lasting:
        raise FlowError(
            f"this home is served already, by process {lasting[0].owner}: http://127.0.0.1:"
            f"{lasting[0].port}"
        )
    with own_server(settings, port, lasting=True) as api:
        runner = _Runner(settings, api)
        try:
            runner.start()
            yield api.removesuffix("/api"), runner.look_after
        finally:
            runner.stop()


class _Runner:
    def __init__(self, settings: Settings, api: str) -> None:
        self._settings, self._api = settings, api
        self._child: subprocess.Popen[bytes] | None = None
        self._fell = 0
        self._started = 0.0

    def start(self) -> None:
        log = prefect_home(self._settings) / "runner.log"
        with log.open("ab") as out:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "flows.deployments"],
                env={
                    **os.environ,
                    **environment(self._settings, self._api),
                    "PREFECT_LOGGING_LEVEL": "INFO",
                },
                stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                cwd=Path(__file__).resolve().parents[1],
                start_new_session=True,
            )  # fmt: skip
        self._started = time.monotonic()

    def look_after(self) -> None:
        """Start the runner again if it fell over; give up after a few times in a row."""
        if self._child is None or self._child.poll() is None:
            return
        if time.monotonic() - self._started > 60:
            self._fell = 0
        self._fell += 1
        if self._fell > RESTARTS:
            raise FlowError(
                f"the runner fell over {self._fell} times;"
                f" see {prefect_home(self._settings) / 'runner.log'}"
            )
        time.sleep(min(30.0, 2.0**self._fell))
        self.start()

    def stop(self) -> None:
        if self._child is not None:
            stop_tree(self._child.pid, seconds=10.0)
            self._child.wait()


def serve(settings: Settings, port: int, say: Callable[[str], None]) -> None:
    """Serve until Ctrl-C or SIGTERM; nothing is left running then."""
    # SIGTERM is Ctrl-C by another name: both end through the same `finally`.
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        with serving(settings, port) as (page, look_after):
            say(f"Prefect's page: {page}   (Ctrl-C stops everything)")
            while True:
                look_after()
                time.sleep(0.5)
    except KeyboardInterrupt:
        say("stopped")
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt

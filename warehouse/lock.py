"""One writer at a time: a lock file beside the warehouse that says who holds it."""

from __future__ import annotations

import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import WarehouseError, WarehouseLocked


class WriterLock:
    """The lock of a warehouse's writer.

    The operating system drops the lock with its process, however that ends; the note beside it is
    for people only and proves nothing by itself.
    """

    def __init__(self, path: Path) -> None:
        self.note = path.with_name(path.name + ".holder")
        self.lock = FileLock(path.with_name(path.name + ".lock"))

    def acquire(self, wait: float) -> None:
        """Take the lock within `wait` seconds.

        Raises
        ------
        WarehouseLocked
            Another process holds it; the text says which.
        WarehouseError
            The folder can't be written.
        """
        try:
            self.lock.acquire(timeout=wait)
        except Timeout as error:
            raise WarehouseLocked(
                f"the warehouse is being written by {self._holder()}; wait for it to end, or give"
                " it longer"
            ) from error
        except OSError as error:
            raise WarehouseError(
                f"can't write beside the warehouse: {self.lock.lock_file}: {error.strerror};"
                " choose a folder that can be written (--warehouse or CLUSTERLORE_HOME)"
            ) from error
        who = {"pid": os.getpid(), "host": socket.gethostname(), "since": _now()}
        self.note.write_text(json.dumps(who), encoding="utf-8")

    def release(self) -> None:
        """Give the lock back."""
        self.note.unlink(missing_ok=True)
        self.lock.release()

    def _holder(self) -> str:
        try:
            who = json.loads(self.note.read_text(encoding="utf-8"))
            return f"process {who['pid']} on {who['host']} since {who['since']}"
        except (OSError, ValueError, KeyError):
            return "another process"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")

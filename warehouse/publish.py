"""Publishing: readers get a copy of their own, swapped in by one rename.

A reader that has the old copy open keeps it until it closes: the rename changes the name, not the
file. Where the file system can share blocks between files, the copy costs nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

FICLONE = 0x40049409
"""Linux ioctl that makes a file share the blocks of another (Btrfs, XFS, bcachefs)."""
PIECE = 64 << 20
"""Bytes copied at a time."""


def published_path(path: Path) -> Path:
    """Return where the published copy of a warehouse stands."""
    if path.name.endswith(".published.duckdb"):
        return path
    return path.with_name(path.name.removesuffix(".duckdb") + ".published.duckdb")


def is_published(path: Path) -> bool:
    """Whether the published copy is of the writer's file as it is now."""
    try:
        noted = json.loads(_note(path).read_text(encoding="utf-8"))
        return published_path(path).exists() and noted == _stamp(path)
    except (OSError, ValueError):
        return False


def publish_file(path: Path) -> Path:
    """Copy the writer's file (which must be checkpointed) and swap the copy in; return it."""
    target = published_path(path)
    fresh = target.with_name(f"{target.name}.new")
    try:
        with path.open("rb") as source, fresh.open("wb") as copy:
            if not _share_blocks(source.fileno(), copy.fileno()):
                _copy_bytes(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        fresh.replace(target)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    note_published(path)
    return target


def note_published(path: Path) -> None:
    """Note that the published copy stands for the writer's file as it is now."""
    _note(path).write_text(json.dumps(_stamp(path)), encoding="utf-8")


def _note(path: Path) -> Path:
    return path.with_name(path.name + ".published.json")


def _stamp(path: Path) -> dict[str, int]:
    stat = path.stat()
    return {"size": stat.st_size, "mtime_ns": stat.st_mtime_ns}


def _copy_bytes(source: BinaryIO, copy: BinaryIO) -> None:
    """Let the system copy, which needs no memory of ours; else read and write."""
    left = os.fstat(source.fileno()).st_size
    try:
        with _written_through(copy):
            while left and (
                done := os.copy_file_range(source.fileno(), copy.fileno(), min(left, PIECE))
            ):
                left -= done
    except (AttributeError, OSError):
        source.seek(0)
        copy.seek(0)
        copy.truncate()
        shutil.copyfileobj(source, copy, 8 << 20)


@contextmanager
def _written_through(copy: BinaryIO) -> Iterator[None]:
    """Have the disk write while the block copies on, so that there is little left to wait for."""
    ended = threading.Event()
    failed: list[OSError] = []

    def write() -> None:
        try:
            while not ended.wait(0.2):
                os.fdatasync(copy.fileno())
        except OSError as error:  # the system tells it once: a later call would not know of it
            failed.append(error)

    worker = threading.Thread(target=write, daemon=True)
    worker.start()
    try:
        yield
    finally:
        ended.set()
        worker.join()
    if failed:
        raise failed[0]


def _share_blocks(source: int, copy: int) -> bool:
    try:
        from fcntl import ioctl

        ioctl(copy, FICLONE, source)
    except (ImportError, OSError):
        return False
    return True

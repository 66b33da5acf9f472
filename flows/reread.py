"""Reading a source again, to compare it with what the warehouse stored of it."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from flows.ingest import work_settings
from flows.settings import Settings
from flows.work import Outcome, PaperWorker, Task
from pipeline.errors import ClusterloreError
from pipeline.ids import sha256_bytes
from pipeline.sources import expand


class Rereader:
    """Called with (source, sha256, parser version); returns the text, as `warehouse.verify` asks.

    Use in a ``with`` block: it holds the reading process.
    """

    def __init__(self, settings: Settings) -> None:
        self._worker = PaperWorker(work_settings(settings))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._worker.close()

    def __call__(self, source: str, sha256: str, parser_version: str) -> str:
        """Return the text that the source reads as today.

        Raises
        ------
        CannotReread
            It is gone, holds other bytes, or would be read by another parser.
        """
        from warehouse.verify import CannotReread

        data = _bytes_of(source)
        if data is None:
            raise CannotReread("no longer there")
        if sha256_bytes(data) != sha256:
            raise CannotReread("with other bytes now")
        reading = self._worker.read(Task(source, sha256, data))
        if isinstance(reading, Outcome):
            raise CannotReread(f"unreadable now ({reading.reason})")
        if reading.paper.parser_version != parser_version:
            raise CannotReread("read by another parser version")
        return reading.text


def _bytes_of(source: str) -> bytes | None:
    """Return the bytes of a file or of an archive's member, or None."""
    path = Path(source.split("!/", 1)[0])
    if not path.is_file():
        return None
    try:
        if "!/" not in source:
            return path.read_bytes()
        for one in expand([path]):
            if one.label == source:
                return one.open()
    except (OSError, ClusterloreError):
        return None
    return None

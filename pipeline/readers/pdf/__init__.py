"""PDF: characters become words, lines, columns and blocks, as people read the page."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document import Document
from pipeline.readers.pdf.reader import read as _read


def read(data: bytes, name: str, *, passwords: Sequence[str] = ()) -> Document:
    """Read a PDF file; see `pipeline.readers.pdf.reader.read`."""
    return _read(data, name, passwords=passwords)

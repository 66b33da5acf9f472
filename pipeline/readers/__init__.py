"""Files become blocks. Knows `pipeline`'s records and errors; one module per format."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from pipeline.document import Document
from pipeline.errors import ReadError
from pipeline.readers import detect as _detect

__all__ = ["READERS", "detect", "read_bytes"]

READERS: dict[str, str] = {
    _detect.PDF: "pipeline.readers.pdf",
    _detect.DOCX: "pipeline.readers.word",
    _detect.HTML: "pipeline.readers.html",
    _detect.MARKDOWN: "pipeline.readers.markdown",
    _detect.PLAIN: "pipeline.readers.text",
    _detect.JATS: "pipeline.readers.jats",
    _detect.TEI: "pipeline.readers.tei",
}
"""Media type to the module that reads it; a new format is one new file and a line here."""


def detect(data: bytes, name: str) -> str:
    """Return the media type, told from the content; the name only breaks ties between texts."""
    return _detect.detect(data, name)


def read_bytes(data: bytes, name: str, *, passwords: Sequence[str] = ()) -> Document:
    """Read one file.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        Its name, for tie-breaks and messages.
    passwords : sequence of str
        Tried in turn on locked PDF files.

    Raises
    ------
    ReadError
        Where the file holds no text that can be read; `reason` is one of ``empty``,
        ``not_a_document``, ``locked``, ``no_text_layer``, ``no_text``, ``damaged``,
        ``too_large``, ``archive``.
    """
    media_type = detect(data, name)
    if media_type == _detect.EMPTY:
        raise ReadError("empty", "The file holds nothing.", stage="detect")
    module = READERS.get(media_type)
    if module is None:
        raise ReadError("not_a_document", _unknown(media_type), stage="detect")
    reader = import_module(module)
    if media_type == _detect.PDF:
        document: Document = reader.read(data, name, passwords=passwords)
    else:
        document = reader.read(data, name)
    if not document.blocks:
        raise ReadError("no_text", f"Read as {media_type}, but no visible text was found in it.")
    return document


def _unknown(media_type: str) -> str:
    known = (
        "PDF, Word (.docx), HTML, Markdown, plain text, JATS or TEI XML, or a ZIP archive of these"
    )
    hints = {
        "application/msword": "An old Word file (.doc). Save it as .docx and try again.",
        "application/rtf": "A rich text file. Save it as .docx and try again.",
        "application/vnd.oasis.opendocument.text": "An OpenDocument file. Save it as .docx.",
        "application/x-ole-storage": "An old Office file, or a Word file locked with a password."
        " Open it, take the password off and save it as .docx.",
        _detect.ZIP: "A ZIP archive where a single document was expected; its members are read"
        " one by one by `expand`.",
    }
    return f"{hints.get(media_type, f'The content is {media_type}.')} Expected {known}."

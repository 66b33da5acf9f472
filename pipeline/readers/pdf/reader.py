"""Opening a PDF, page by page: locked, cut short, scanned, too long; then its blocks."""

from __future__ import annotations

import ctypes
import gc
import re
from collections.abc import Sequence
from typing import Any

from pipeline.document import Document, MetaValue, Trouble
from pipeline.errors import ReadError
from pipeline.readers.assemble import assemble
from pipeline.readers.draft import Draft
from pipeline.readers.headings import find_headings
from pipeline.readers.hyphens import Mender
from pipeline.readers.pdf.blocks import Builder, set_levels
from pipeline.readers.pdf.furniture import drop_furniture
from pipeline.readers.pdf.measure import measure
from pipeline.readers.pdf.pages import Pages, read_pages, spans

MEDIA_TYPE = "application/pdf"
_PASSWORD_ERROR = 4
_FEW = 25  # letters a scanned page


def read(data: bytes, name: str, *, passwords: Sequence[str] = ()) -> Document:
    """Read a PDF file.

    Raises
    ------
    ReadError
        ``locked``, ``damaged``, ``no_text_layer``, ``no_text`` or ``too_large``.
    """
    collecting = gc.isenabled()
    gc.disable()  # a million small objects, none in a cycle: looking for cycles doubles the time
    try:
        return _read(data, passwords)
    finally:
        if collecting:
            gc.enable()


def _read(data: bytes, passwords: Sequence[str]) -> Document:
    with _opened(data, passwords) as document:
        pages = read_pages(document, data)
        scanned = bool(pages.pictures) and _read_scans(document, pages)
        values = _info(document)
    if pages.letters < 1:
        raise ReadError("no_text", _nothing(pages))
    body = measure(pages.sheets)
    drop_furniture(pages.sheets, body.size)
    mender = Mender(line.text for sheet in pages.sheets for line in sheet.lines)
    builder = Builder(body, mender)
    for sheet in pages.sheets:
        builder.page(sheet)
    drafts = builder.drafts
    _title(drafts, body.size)
    set_levels(drafts, builder.styles)
    if sum(draft.kind == "heading" for draft in drafts) < 2:
        find_headings(drafts)
    return assemble(
        MEDIA_TYPE, drafts, mender.glue, reader="pdf+ocr" if scanned else "pdf",
        n_pages=pages.n_pages, metadata=values, troubles=pages.troubles,
    )  # fmt: skip


def _nothing(pages: Pages) -> str:
    hidden = (
        f" {pages.hidden} runs of text are hidden from a reader of the page."
        if pages.hidden
        else ""
    )
    return f"None of the {pages.n_pages} pages shows any text.{hidden}"


class _opened:  # noqa: N801 - a context manager that reads as a verb
    """Opens the document and closes it again."""

    def __init__(self, data: bytes, passwords: Sequence[str]) -> None:
        import pypdfium2.raw as pdfium

        self.pdfium = pdfium
        pdfium.FPDF_InitLibrary()
        self.data = data  # pdfium reads from these bytes as long as the document is open
        self.handle = self._load(passwords)

    def _load(self, passwords: Sequence[str]) -> Any:
        pdfium = self.pdfium
        error = 0
        for password in (None, *passwords):
            key = password.encode("utf-8") if password is not None else None
            handle = pdfium.FPDF_LoadMemDocument64(self.data, len(self.data), key)
            if handle:
                return handle
            error = pdfium.FPDF_GetLastError()
            if error != _PASSWORD_ERROR:
                break
        if error == _PASSWORD_ERROR:
            tried = f"{len(passwords)} given did not fit" if passwords else "none was given"
            raise ReadError(
                "locked",
                f"The PDF is locked with a password ({tried}). Give it with --password, or"
                f" save an unlocked copy.",
            )
        short = b"%%EOF" not in self.data[-2048:]
        what = "It seems cut short: its end is missing." if short else "Its structure is damaged."
        raise ReadError("damaged", f"The PDF can't be opened. {what} Fetch it again.")

    def __enter__(self) -> Any:
        return self.handle

    def __exit__(self, *_: object) -> None:
        self.pdfium.FPDF_CloseDocument(self.handle)


def _read_scans(document: Any, pages: Pages) -> bool:
    """Read pages that are pictures by OCR, or say that it is not installed."""
    from pipeline.readers import ocr

    if ocr.available():
        from pipeline.readers.pdf.scans import read_scans

        return read_scans(document, pages)
    scans = pages.pictures
    if pages.letters < _FEW * len(scans):
        raise ReadError(
            "no_text_layer",
            f"{len(scans)} of {pages.n_pages} pages are pictures with no text layer: a scan."
            f" {ocr.MISSING}",
        )
    detail = f"Pages {spans(scans)} are pictures without a text layer. {ocr.MISSING}"
    pages.troubles.append(Trouble("scanned_pages", detail))
    return False


def _info(document: Any) -> list[MetaValue]:
    """Return what the file says of itself, without the fillings that programs put in."""
    import pypdfium2.raw as pdfium

    values: list[MetaValue] = []
    for key, field in (
        ("Title", "title"),
        ("Author", "authors"),
        ("Keywords", "keywords"),
        ("CreationDate", "year"),
    ):
        size = pdfium.FPDF_GetMetaText(document, key.encode(), None, 0)
        if not 2 < size < 20_000:
            continue
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDF_GetMetaText(document, key.encode(), buffer, size)
        text = " ".join(buffer.raw[: size - 2].decode("utf-16-le", "replace").split())
        if field == "year":
            found = re.match(r"D?:?((?:19|20)\d\d)", text)
            text = found.group(1) if found else ""
        if text and not re.match(
            r"^\(?(?:untitled|anonymous|unspecified|unknown|microsoft word|\S+\.(?:docx?|pdf"
            r"|tex|indd|jpg|qxd))\b",
            text,
            re.IGNORECASE,
        ):
            values.append(MetaValue(field, text, "pdf:info"))  # type: ignore[arg-type]
    return values


def _title(drafts: list[Draft], body: float) -> None:
    """Make the largest heading at the start the title; its parts on several lines join."""
    early = [
        d for d in drafts[:14]
        if d.kind == "heading" and (d.page or 1) <= 2 and len(d.text) > 3
        and not re.match(r"\d|\S*https?:|Source:", d.text)
    ]  # fmt: skip
    if not early:
        return
    largest = max(d.size for d in early)
    if largest < body + 1.2:
        return
    first = next(d for d in early if d.size >= largest - 0.2)
    first.kind, first.level, first.fixed = "title", 0, True
    at = drafts.index(first)
    while (
        at + 1 < len(drafts)
        and drafts[at + 1].kind == "heading"
        and abs(drafts[at + 1].size - largest) < 0.3
        and len(first.text) < 250
    ):
        following = drafts.pop(at + 1)
        first.text = f"{first.text} {following.text}"
        first.boxes.extend(following.boxes)

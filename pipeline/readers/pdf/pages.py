"""The pages of an open PDF as sheets of lines, and what could not be read of them."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.document import Trouble
from pipeline.errors import ReadError
from pipeline.readers.pdf.furniture import Sheet, without_line_numbers
from pipeline.readers.pdf.words import Word

if TYPE_CHECKING:
    from pipeline.readers.pdf.styles import FontBook

MAX_PAGES = 2500
_FEW_LETTERS = 120


@dataclass(slots=True)
class Pages:
    """The sheets that could be read and what was met on the way."""

    sheets: list[Sheet]
    n_pages: int
    troubles: list[Trouble]
    pictures: list[int]
    hidden: int = 0
    letters: int = 0
    unreadable: list[int] = field(default_factory=list)


def read_pages(document: Any, data: bytes) -> Pages:
    """Return the pages of an open document, the first `MAX_PAGES` of them."""
    import pypdfium2.raw as pdfium

    from pipeline.readers.pdf.styles import FontBook

    count = pdfium.FPDF_GetPageCount(document)
    if count < 1:
        raise ReadError("damaged", "The PDF holds no page that can be read. Fetch it again.")
    pages = Pages([], count, [], [])
    fonts = FontBook()
    failed: list[int] = []
    for number in range(1, min(count, MAX_PAGES) + 1):
        page = pdfium.FPDF_LoadPage(document, number - 1)
        if not page:
            failed.append(number)
            continue
        textpage = pdfium.FPDFText_LoadPage(page)
        if textpage:
            _read_page(pages, number, page, textpage, fonts)
            pdfium.FPDFText_ClosePage(textpage)
        else:
            failed.append(number)
        pdfium.FPDF_ClosePage(page)
    _say(pages, failed, count, data)
    return pages


def _read_page(pages: Pages, number: int, page: Any, textpage: Any, fonts: FontBook) -> None:
    """Add one page's lines."""
    import pypdfium2.raw as pdfium

    from pipeline.readers.pdf.glyphs import page_words
    from pipeline.readers.pdf.ink import Ink
    from pipeline.readers.pdf.lines import build_lines
    from pipeline.readers.pdf.words import of

    @cache
    def seen() -> Ink:
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        return Ink(page, abs(box.right - box.left), abs(box.top - box.bottom))

    @cache
    def scanned() -> bool:
        return _picture_share(page) > 0.5

    found = page_words(page, textpage, fonts, scanned, seen)
    words, width, height = found.words, found.width, found.height
    if len(found.turned) > 3 * len(words) + 5:
        turned, width, height = _turned(found.turned, width, height)
        words = of(turned)
    words = without_line_numbers(words)
    letters = sum(map(len, words.texts))
    if found.n_unmapped > 0.3 * max(letters, 1) and found.n_unmapped > 50:
        pages.unreadable.append(number)
    # A stamp or a page number may be set upon a scan.
    if letters < _FEW_LETTERS and scanned():
        pages.pictures.append(number)
    pages.letters += letters
    pages.hidden += found.n_hidden
    turn = pdfium.FPDFPage_GetRotation(page)
    pages.sheets.append(Sheet(number, width, height, build_lines(words, number), turn))


def _say(pages: Pages, failed: list[int], count: int, data: bytes) -> None:
    if count > MAX_PAGES:
        pages.troubles.append(
            Trouble(
                "too_many_pages",
                f"{count} pages; the first {MAX_PAGES} were read. Split the file for the rest.",
            )
        )
    if failed:
        pages.troubles.append(
            Trouble(
                "pages_missing",
                f"{len(failed)} of {count} pages can't be read: {spans(failed)}. Fetch the"
                f" file again.",
            )
        )
    if pages.unreadable:
        pages.troubles.append(
            Trouble(
                "unmapped_characters",
                f"Characters without a known letter on pages {spans(pages.unreadable)}; OCR may"
                f" read them.",
            )
        )
    if b"%%EOF" not in data[-4096:]:
        said = re.findall(rb"/Count\s+(\d{1,6})", data[:200_000])
        more = max((int(n) for n in said), default=0)
        rest = (
            f" {more - count} of {more} pages are missing."
            if more > count
            else " What stood after the last page read may be missing."
        )
        pages.troubles.append(
            Trouble(
                "cut_short",
                f"The file ends before its end mark; {count} pages could be opened.{rest}"
                f" Fetch it again.",
            )
        )
    if failed and not pages.sheets:
        raise ReadError("damaged", f"None of the {count} pages can be read. Fetch the file again.")


def spans(numbers: list[int]) -> str:
    """Return page numbers in words: "1 to 3, 7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    said = [f"{a}" if a == b else f"{a} to {b}" for a, b in runs[:12]]
    return ", ".join(said) + (" and more" if len(runs) > 12 else "")


def _turned(words: list[Word], width: float, height: float) -> tuple[list[Word], float, float]:
    """Turn a page whose text runs up or down so that it reads from left to right."""
    quarter = int(max({w.font for w in words}, key=lambda f: sum(w.font == f for w in words)) or 0)
    kept = [w for w in words if w.font == str(quarter)]
    for w in kept:
        x0, top, x1, bottom = w.x0, w.top, w.x1, w.bottom
        if quarter == 1:  # reads upwards
            w.x0, w.x1, w.top, w.bottom = height - bottom, height - top, x0, x1
        elif quarter == 3:  # reads downwards
            w.x0, w.x1, w.top, w.bottom = top, bottom, width - x1, width - x0
        else:
            w.x0, w.x1, w.top, w.bottom = width - x1, width - x0, height - bottom, height - top
        w.base = w.bottom - 0.2 * (w.bottom - w.top)
    if quarter in (1, 3):
        width, height = height, width
    return kept, width, height


def _picture_share(page: Any) -> float:
    """Return the share of the page that its largest picture covers."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPage_CountObjects(page)
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    area = abs((box.right - box.left) * (box.top - box.bottom)) or 1.0
    best = 0.0
    left, low, right, high = (ctypes.c_float() for _ in range(4))
    for i in range(min(count, 400)):
        item = pdfium.FPDFPage_GetObject(page, i)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind not in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            continue
        if kind == pdfium.FPDF_PAGEOBJ_FORM and not _holds_picture(item):
            continue
        if pdfium.FPDFPageObj_GetBounds(item, left, low, right, high):
            wide = min(right.value, box.right) - max(left.value, box.left)
            tall = min(high.value, max(box.top, box.bottom)) - max(
                low.value, min(box.top, box.bottom)
            )
            best = max(best, max(wide, 0.0) * max(tall, 0.0) / area)
    return best


def _holds_picture(form: Any) -> bool:
    import pypdfium2.raw as pdfium

    return any(
        pdfium.FPDFPageObj_GetType(pdfium.FPDFFormObj_GetObject(form, i))
        == pdfium.FPDF_PAGEOBJ_IMAGE
        for i in range(min(pdfium.FPDFFormObj_CountObjects(form), 20))
    )

"""Scanned pages read by OCR: lines as if they had been set, so that columns and heads are found."""

from __future__ import annotations

import ctypes
import re
import time
from statistics import median
from typing import Any

from pipeline.document import Trouble
from pipeline.readers import ocr
from pipeline.readers.pdf.furniture import Sheet
from pipeline.readers.pdf.lines import Line
from pipeline.readers.pdf.pages import Pages, spans

_SCALE = 200 / 72
_LARGEST = (4000, 6000)
_BOX_TO_SIZE = 0.74  # of the height of a line's box to the size of its font
SECONDS = 1800.0
"""What the scanned pages of one file may take; the rest is left unread and said to be."""


def read_scans(document: Any, pages: Pages) -> bool:
    """Put lines found by OCR on the pages that are pictures; say whether any were found."""
    sheets = {sheet.number: sheet for sheet in pages.sheets}
    until = time.monotonic() + SECONDS
    read: list[tuple[Sheet, ocr.Page, float]] = []
    left: list[int] = []
    for number in pages.pictures:
        if time.monotonic() > until:
            left.append(number)
            continue
        picture, scale = _picture(document, number)
        found = ocr.read_picture(picture)
        if sum(len(line.text) for line in found.lines) > _letters(sheets[number]):
            read.append((sheets[number], found, scale))
    if left:
        detail = f"{len(left)} scanned pages were not read within {SECONDS / 60:.0f} minutes:"
        pages.troubles.append(
            Trouble("scanned_pages", f"{detail} {spans(left)}. Split the file for the rest.")
        )
    heights = [f.height for _, page, _ in read for f in page.lines if len(f.text) > 20]
    usual = median(heights) if heights else 0.0
    for sheet, page, scale in read:
        pages.letters -= _letters(sheet)
        _fill(sheet, page, scale, usual)
        pages.letters += _letters(sheet)
    return bool(read)


def _letters(sheet: Sheet) -> int:
    return sum(len(line.text) for line in sheet.lines)


def _fill(sheet: Sheet, page: ocr.Page, scale: float, usual: float) -> None:
    sheet.width, sheet.height = page.width / scale, page.height / scale
    sheet.turn = page.quarters
    lines = [_line(found, sheet.number, scale, usual) for found in page.lines]
    sheet.lines = _joined(lines)


def _line(found: ocr.Found, page: int, scale: float, usual: float) -> Line:
    # The box of a short line may be lower, as no letter rises or falls: that says nothing of its
    # size, and neither do small differences.
    ratio = found.height / usual if usual else 1.0
    alike = 0.87 < ratio < 1.12 or (ratio <= 0.87 and len(found.text) < 25)
    size = round(_BOX_TO_SIZE * (usual if alike and usual else found.height) / scale, 1)
    base = (found.middle + 0.28 * found.height) / scale
    return Line(
        [], found.x0 / scale, found.x1 / scale, found.top / scale, found.bottom / scale, base,
        size, text=" ".join(found.text.split()), page=page,
    )  # fmt: skip


def _joined(lines: list[Line]) -> list[Line]:
    """Join pieces of one line that stand no more than a word space apart."""
    done: list[Line] = []
    for line in sorted(lines, key=lambda item: item.x0):
        for left in done:
            if (
                abs(left.base - line.base) < 0.4 * line.size
                and -0.3 * line.size < line.x0 - left.x1 < 0.7 * line.size
                and not re.search(r"[•▪]$", left.text)
            ):
                left.text = f"{left.text} {line.text}"
                left.x1 = max(left.x1, line.x1)
                left.top, left.bottom = min(left.top, line.top), max(left.bottom, line.bottom)
                left.size = max(left.size, line.size)
                break
        else:
            done.append(line)
    return done


def _picture(document: Any, number: int) -> tuple[Any, float]:
    """Return the page as rows, columns and three colours, and its pixels per point."""
    import numpy as np
    import pypdfium2.raw as pdfium

    page = pdfium.FPDF_LoadPage(document, number - 1)
    wide, high = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = min(_SCALE, _LARGEST[0] / max(wide, 1.0), _LARGEST[1] / max(high, 1.0))
    width, height = max(1, int(wide * scale)), max(1, int(high * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, None, 0)
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, 0)
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    raw = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    pdfium.FPDFBitmap_Destroy(bitmap)
    pdfium.FPDF_ClosePage(page)
    rows = np.frombuffer(raw, dtype=np.uint8).reshape(height, stride)
    return np.ascontiguousarray(rows[:, : width * 3].reshape(height, width, 3)), scale

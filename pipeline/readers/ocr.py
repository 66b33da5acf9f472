"""OCR of scanned pages, where the extra ``ocr`` is installed."""

from __future__ import annotations

import ctypes
from functools import cache
from importlib.util import find_spec
from statistics import median
from typing import Any

from pipeline.document import Box
from pipeline.readers.draft import Draft
from pipeline.readers.hyphens import Mender

_SCALE = 200 / 72


def available() -> bool:
    """Say whether the extra is installed."""
    return find_spec("rapidocr") is not None


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR()


def read_page(document: Any, number: int) -> list[Draft]:
    """Return a scanned page's paragraphs: lines found by OCR, joined by their distance.

    Parameters
    ----------
    document : raw pdfium handle
    number : int
        The page, from 1.
    """
    found = _engine()(_picture(document, number))
    boxes = getattr(found, "boxes", None)
    texts = getattr(found, "txts", None)
    if boxes is None or not texts:
        return []
    lines = [
        (
            text,
            min(float(p[0]) for p in corners) / _SCALE,
            min(float(p[1]) for p in corners) / _SCALE,
            max(float(p[0]) for p in corners) / _SCALE,
            max(float(p[1]) for p in corners) / _SCALE,
        )
        for text, corners in zip(texts, boxes, strict=True)
        if text.strip()
    ]
    return _paragraphs(lines, number)


def _paragraphs(lines: list[tuple[str, float, float, float, float]], number: int) -> list[Draft]:
    if not lines:
        return []
    mender = Mender(line[0] for line in lines)
    height = median(line[4] - line[2] for line in lines)
    groups: list[list[tuple[str, float, float, float, float]]] = []
    for line in sorted(lines, key=lambda item: (round(item[2] / max(height, 1)), item[1])):
        if groups and line[2] - groups[-1][-1][4] < 0.9 * height:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [
        Draft(
            "paragraph",
            mender.join([line[0] for line in group]),
            page=number,
            loose=True,
            boxes=[
                Box(
                    number,
                    min(line[1] for line in group),
                    min(line[2] for line in group),
                    max(line[3] for line in group),
                    max(line[4] for line in group),
                )
            ],
        )
        for group in groups
    ]


def _picture(document: Any, number: int) -> Any:
    """Return the page as an array of rows, columns and three colours, 200 points an inch."""
    import numpy as np
    import pypdfium2.raw as pdfium

    page = pdfium.FPDF_LoadPage(document, number - 1)
    scale = min(_SCALE, 4000 / max(pdfium.FPDF_GetPageWidthF(page), 1))
    width = max(1, int(pdfium.FPDF_GetPageWidthF(page) * scale))
    height = max(1, min(6000, int(pdfium.FPDF_GetPageHeightF(page) * scale)))
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, None, 0)
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, 0)
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    raw = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    pdfium.FPDFBitmap_Destroy(bitmap)
    pdfium.FPDF_ClosePage(page)
    rows = np.frombuffer(raw, dtype=np.uint8).reshape(height, stride)
    return np.ascontiguousarray(rows[:, : width * 3].reshape(height, width, 3))

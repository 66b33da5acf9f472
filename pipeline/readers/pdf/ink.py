"""What is drawn on a page, asked of a small grey picture of it."""

from __future__ import annotations

import ctypes
import math
from typing import Any

import pypdfium2.raw as pdfium

_BAND = 64


class Ink:
    """A page as a small grey picture, to see whether anything is drawn at a place.

    The picture is made in bands of `_BAND` rows, each when it is first asked for: on most pages
    only a table's head or a title is in doubt, and drawing a whole page takes longer than
    reading it.
    """

    def __init__(self, page: Any, width: float, height: float) -> None:
        self.page = page
        self.scale = min(1.5, 1600 / max(width, height, 1))
        self.w, self.h = max(1, int(width * self.scale)), max(1, int(height * self.scale))
        # Turn the page back upright, as the words are measured.
        self.turn = (4 - pdfium.FPDFPage_GetRotation(page)) % 4
        self.bands: dict[int, tuple[bytes, int]] = {}

    def _row(self, row: int) -> memoryview:
        number, inside = divmod(row, _BAND)
        band = self.bands.get(number)
        if band is None:
            band = self.bands[number] = self._drawn(number)
        pixels, stride = band
        return memoryview(pixels)[inside * stride : inside * stride + self.w]

    def _drawn(self, number: int) -> tuple[bytes, int]:
        rows = min(_BAND, self.h - number * _BAND)
        bitmap = pdfium.FPDFBitmap_CreateEx(self.w, rows, pdfium.FPDFBitmap_Gray, None, 0)
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, self.w, rows, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(
            bitmap, self.page, 0, -number * _BAND, self.w, self.h, self.turn, 0
        )
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * rows)
        pdfium.FPDFBitmap_Destroy(bitmap)
        return pixels, stride

    def at(self, x0: float, top: float, x1: float, bottom: float) -> bool:
        """Say whether the rectangle is anything but one even shade."""
        a, b = max(0, int(x0 * self.scale)), min(self.w, math.ceil(x1 * self.scale))
        low, high = 255, 0
        for row in range(
            max(0, int(top * self.scale)), min(self.h, math.ceil(bottom * self.scale))
        ):
            line = self._row(row)[a:b]
            if line:
                darkest, lightest = min(line), max(line)
                low, high = min(low, darkest), max(high, lightest)
        return high - low > 24

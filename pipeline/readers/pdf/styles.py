"""What the text objects of a page say of their characters: font, size, turn, visibility."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

_BOLD = re.compile(
    r"bold|black|heavy|demi|semibold|[-,]bd|cmbx|cmssbx|-B$|\.B$|-Md|medi\b", re.IGNORECASE
)
_ITALIC = re.compile(r"ital|obli|cmti|cmsl|-It$|-I$", re.IGNORECASE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_SMALLEST = 2.0
_FORCE_BOLD = 1 << 18


def fast(function: Any, *kinds: Any) -> Any:
    """Return a pdfium function that takes addresses as plain numbers: three times faster."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(*kinds)(address)


_P, _I = ctypes.c_void_p, ctypes.c_int
_get_matrix = fast(pdfium.FPDFText_GetMatrix, _I, _P, _I, _P)
_get_size = fast(pdfium.FPDFText_GetFontSize, ctypes.c_double, _P, _I)
get_mode = fast(pdfium.FPDFTextObj_GetTextRenderMode, _I, _P)
_get_colour = fast(pdfium.FPDFText_GetFillColor, _I, _P, _I, _P, _P, _P, _P)
_get_origin = fast(pdfium.FPDFText_GetCharOrigin, _I, _P, _I, _P, _P)
_get_font = fast(pdfium.FPDFTextObj_GetFont, _P, _P)
_count_marks = fast(pdfium.FPDFPageObj_CountMarks, _I, _P)
_get_mark = fast(pdfium.FPDFPageObj_GetMark, _P, _P, ctypes.c_ulong)
_get_mark_name = fast(pdfium.FPDFPageObjMark_GetName, _I, _P, _P, ctypes.c_ulong, _P)


class Style(NamedTuple):
    """What a text object says of its characters.

    `turn` counts quarters, None where it is none. `mode3` is text that is not drawn, as the
    layer under a scan; `pale` text is white or nearly so.
    """

    size: float
    bold: bool
    italic: bool
    font: str
    turn: int | None
    gone: bool
    pale: bool
    mode3: bool


_NAME, _LENGTH = (ctypes.c_ushort * 16)(), ctypes.c_ulong()
_AT_NAME, _AT_LENGTH = ctypes.addressof(_NAME), ctypes.addressof(_LENGTH)


class FontBook:
    """The document's fonts and styles, each worked out once."""

    def __init__(self) -> None:
        self._fonts: dict[int, tuple[str, bool, bool]] = {}
        self._styles: dict[tuple[object, ...], Style] = {}
        self.verdicts: dict[tuple[str, float, int], list[bool]] = {}

    def styles(
        self, page: int, owners: Sequence[int], firsts: Sequence[int]
    ) -> tuple[list[Style], list[float]]:
        """Return the style and the baseline of text objects.

        Parameters
        ----------
        page : address of a text page
        owners : addresses of text objects
        firsts : of each, a character it owns
        """
        n = len(owners)
        matrices, places = np.zeros((n, 6), np.float32), np.zeros((n, 2), np.float64)
        colours = np.zeros((n, 4), np.uint32)
        matrix, place, red = matrices.ctypes.data, places.ctypes.data, colours.ctypes.data
        said = []
        for owner, i in zip(owners, firsts, strict=True):
            _get_matrix(page, i, matrix)
            _get_origin(page, i, place, place + 8)
            _get_colour(page, i, red, red + 4, red + 8, red + 12)
            said.append((_get_size(page, i), get_mode(owner), _get_font(owner)))
            matrix, place, red = matrix + 24, place + 16, red + 16
        shapes, tints = matrices[:, :4].tobytes(), colours.tobytes()
        found, known = [], self._styles
        for k, (size, mode, font) in enumerate(said):
            key = (shapes[16 * k : 16 * k + 16], tints[16 * k : 16 * k + 16], size, mode, font)
            style = known.get(key)
            if style is None:
                style = known[key] = _style(
                    matrices[k].tolist(), colours[k].tolist(), size, mode,
                    self._font(page, font, firsts[k]),
                )  # fmt: skip
            found.append(style)
        return found, places[:, 1].tolist()

    def _font(self, page: int, key: int | None, i: int) -> tuple[str, bool, bool]:
        """Return the name without its subset mark, and whether it is bold and italic."""
        if not key:
            return "", False, False
        if key not in self._fonts:
            font = ctypes.cast(key, pdfium.FPDF_FONT)
            textpage = ctypes.cast(page, pdfium.FPDF_TEXTPAGE)
            buffer = ctypes.create_string_buffer(128)
            length = pdfium.FPDFFont_GetBaseFontName(font, buffer, 128)
            raw = buffer.raw[: max(0, min(length, 128) - 1)].decode("utf-8", "replace")
            name = _SUBSET.sub("", raw)
            flags = ctypes.c_int()
            pdfium.FPDFText_GetFontInfo(textpage, i, None, 0, flags)
            bold = bool(_BOLD.search(name)) or bool(flags.value & _FORCE_BOLD)
            self._fonts[key] = (name, bold, bool(_ITALIC.search(name)))
        return self._fonts[key]


def _style(
    matrix: list[float], colour: list[int], size: float, mode: int, font: tuple[str, bool, bool]
) -> Style:
    a, b, c, d = matrix[:4]
    size = abs(size) * (math.hypot(c, d) or 1.0)
    turn: int | None = 0
    if b or a <= 0:
        angle = math.degrees(math.atan2(b, a)) % 360 if (a or b) else 0.0
        turn = round(angle / 90) % 4
        if abs((angle - turn * 90 + 180) % 360 - 180) >= 4:
            turn = None
    red, green, blue, alpha = colour
    pale = mode in (0, 4) and red >= 247 and green >= 247 and blue >= 247
    name, bold, italic = font
    gone = mode == 7 or (alpha == 0 and mode == 0) or size < _SMALLEST
    return Style(
        round(size, 2), bold or mode == 2, italic, name, turn, gone, pale, mode == 3 and not gone
    )


def layered(owner: int) -> bool:
    """Say whether the object belongs to an optional layer, which may be switched off."""
    for k in range(min(_count_marks(owner), 8)):
        mark = _get_mark(owner, k)
        if _get_mark_name(mark, _AT_NAME, 32, _AT_LENGTH):
            name = bytes(_NAME).decode("utf-16-le", "replace").split("\x00", 1)[0]
            if name == "OC":
                return True
    return False

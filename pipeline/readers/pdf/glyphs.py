"""The words of a page with their places, as a reader of the page sees them."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

_TOKEN = re.compile(r"[^\s\x00]*[\x02\ufffe]|[^\s\x00\x02\ufffe]+")
_BOLD = re.compile(r"bold|black|heavy|demi|semibold|[-,]bd|cmbx|cmssbx|-B$|\.B$|-Md|medi\b", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli|cmti|cmsl|-It$|-I$", re.IGNORECASE)
_SYMBOLS = dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF076, 0xF0FC, 0xF06E, 0xF071, 0xF0A8), "•")
_ACCENTS = {"´": "\u0301", "`": "\u0300", "ˇ": "\u030c", "¨": "\u0308", "˜": "\u0303", "ˆ": "\u0302", "˘": "\u0306", "¸": "\u0327", "˚": "\u030a", "˝": "\u030b"}
_ACCENTED = re.compile(r"([´`ˇ¨˜ˆ˘˚˝])([A-Za-zı])")
_LONE = frozenset("´ˇ¨˜ˆ˘¸˚˝")
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_HIDDEN_MODES = frozenset({3, 7})
_SMALLEST = 2.0
_FORCE_BOLD = 1 << 18


@dataclass(slots=True)
class Word:
    """A run of characters without a space.

    Places are points from the top left of the page as its text runs (a page turned by its
    `/Rotate` entry is still measured upright); `base` is the baseline, `size` the font size.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    bold: bool
    italic: bool
    font: str
    glued: bool = False


@dataclass(slots=True)
class _Style:
    """What the text object a character belongs to says of it."""

    size: float
    bold: bool
    italic: bool
    font: str
    turn: int | None
    hidden: bool
    doubtful: bool


@dataclass(slots=True)
class PageWords:
    """A page's words in content order, and what was left out."""

    words: list[Word]
    width: float
    height: float
    n_hidden: int
    n_unmapped: int
    turned: list[Word]


def page_words(page: Any, textpage: Any, scanned: bool, seen: Callable[[], Ink]) -> PageWords:
    """Return the visible words of a page.

    Parameters
    ----------
    page, textpage : raw handles
    scanned : bool
        The page is one big picture: text in render mode 3 is its OCR layer and counts.
    seen : callable
        Renders the page once, for text that may be white on white or in a hidden layer.
    """
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    left, right, low, high = box.left, box.right, min(box.bottom, box.top), max(box.bottom, box.top)
    count = pdfium.FPDFText_CountChars(textpage)
    out = PageWords([], right - left, high - low, 0, 0, [])
    if count <= 0:
        return out
    text = _text(textpage, count)
    out.n_unmapped = sum(text.count(char) for char in "\ufffd\x00")
    styles: dict[int, _Style] = {}
    first, last = pdfium.FS_RECTF(), pdfium.FS_RECTF()
    ox, oy = ctypes.c_double(), ctypes.c_double()
    get_object, get_box, get_origin = (
        pdfium.FPDFText_GetTextObject, pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetCharOrigin,
    )  # fmt: skip
    spots: dict[str, list[tuple[float, float]]] = {}
    addressof = ctypes.addressof

    def style_at(i: int) -> _Style | None:
        handle = get_object(textpage, i)
        if not handle:
            return None
        key = addressof(handle.contents)
        style = styles.get(key)
        if style is None:
            style = styles[key] = _style(textpage, handle, i, scanned)
        return style

    def emit(i: int, j: int, style: _Style, glued: bool = False) -> None:
        get_box(textpage, i, first)
        word_text = text[i:j]
        x0, x1, bottom, top = first.left, first.right, first.bottom, first.top
        if j - i > 1:
            get_box(textpage, j - 1, last)
            stacked = last.left == x0 and last.right == x1
            x0, x1 = min(x0, last.left), max(x1, last.right)
            bottom, top = min(bottom, last.bottom), max(top, last.top)
            if stacked and _RTL.search(word_text):
                word_text = word_text[::-1]  # given whole by /ActualText, in visual order
        get_origin(textpage, i, ox, oy)
        if style.turn:
            _emit_turned(out, word_text, (x0, bottom, x1, top), (left, high), style)
            return
        if style.turn is None:
            out.n_hidden += 1
            return
        if x1 <= left or x0 >= right or top <= low or bottom >= high or style.hidden:
            out.n_hidden += 1
            return
        if style.doubtful and not seen().at(x0 - left, high - top, x1 - left, high - bottom):
            out.n_hidden += 1
            return
        base = high - oy.value
        if word_text[0] in _ACCENTS or not word_text.isascii():
            # TeX sets an accent as a glyph of its own before its letter.
            word_text = _ACCENTED.sub(_compose, word_text)
            if set(word_text) <= _LONE:
                return
        tolerance = 0.3 * style.size
        for x, y in spots.get(word_text, ()):
            if abs(x - x0) < tolerance and abs(y - base) < tolerance:
                return  # drawn twice for a bolder look
        spots.setdefault(word_text, []).append((x0, base))
        out.words.append(
            Word(
                word_text, x0 - left, high - top, x1 - left, high - bottom, base,
                style.size, style.bold, style.italic, style.font, glued,
            )
        )  # fmt: skip

    for found in _TOKEN.finditer(text):
        i, j = found.span()
        style = style_at(i)
        while style is None and i < j - 1:
            i += 1
            style = style_at(i)
        if style is None:
            continue
        if j - i == 1 or style_at(j - 1) is style:
            emit(i, j, style)
            continue
        start = i
        for k in range(i + 1, j):
            other = style_at(k)
            if other is None or other is style:
                continue
            if abs(other.size - style.size) > 0.12 * style.size or other.turn != style.turn or other.hidden != style.hidden or _jumps(textpage, k, style.size):
                emit(start, k, style, start > i)
                start = k
            style = other if start == k else style
        emit(start, j, style, start > i)
    return out


def _compose(found: re.Match[str]) -> str:
    letter = {"ı": "i"}.get(found.group(2), found.group(2))
    return unicodedata.normalize("NFC", letter + _ACCENTS[found.group(1)])


def _jumps(textpage: Any, k: int, size: float) -> bool:
    """Say whether a character does not stand right after the one before it."""
    a, b = pdfium.FS_RECTF(), pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(textpage, k - 1, a)
    pdfium.FPDFText_GetLooseCharBox(textpage, k, b)
    return abs(b.left - a.right) > 0.6 * size and abs(a.left - b.right) > 0.6 * size


def _emit_turned(
    out: PageWords, text: str, place: tuple[float, ...], corner: tuple[float, float], style: _Style
) -> None:
    x0, bottom, x1, top = place
    left, high = corner
    out.turned.append(
        Word(
            text, x0 - left, high - top, x1 - left, high - bottom, high - bottom, style.size,
            style.bold, style.italic, str(style.turn),
        )
    )  # fmt: skip


def _text(textpage: Any, count: int) -> str:
    buffer = (ctypes.c_ushort * (count + 1))()
    got = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    if got == count + 1:
        text = bytes(buffer).decode("utf-16-le", "replace")[:count]
        if len(text) == count:
            return text.translate(_SYMBOLS)
    return "".join(
        chr(code) if 0 <= (code := pdfium.FPDFText_GetUnicode(textpage, i)) < 0x110000 else "\ufffd"
        for i in range(count)
    )


def _style(textpage: Any, handle: Any, i: int, scanned: bool) -> _Style:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(textpage, i, matrix)
    nominal = pdfium.FPDFText_GetFontSize(textpage, i)
    size = abs(nominal) * (math.hypot(matrix.c, matrix.d) or 1.0)
    angle = math.degrees(math.atan2(matrix.b, matrix.a)) % 360 if (matrix.a or matrix.b) else 0.0
    quarter = round(angle / 90) % 4
    off = abs((angle - quarter * 90 + 180) % 360 - 180)
    turn = quarter if off < 4 else None
    mode = pdfium.FPDFTextObj_GetTextRenderMode(handle)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFText_GetFillColor(textpage, i, red, green, blue, alpha)
    pale = min(red.value, green.value, blue.value) >= 247 and mode in (0, 4)
    name = _font_name(handle)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(textpage, i, None, 0, flags)
    return _Style(
        round(size, 2),
        bool(_BOLD.search(name)) or bool(flags.value & _FORCE_BOLD) or mode == 2,
        bool(_ITALIC.search(name)),
        name,
        turn,
        (mode in _HIDDEN_MODES and not scanned) or (alpha.value == 0 and mode == 0) or size < _SMALLEST,
        pale or _layered(handle),
    )


def _font_name(handle: Any) -> str:
    font = pdfium.FPDFTextObj_GetFont(handle)
    if not font:
        return ""
    buffer = ctypes.create_string_buffer(128)
    length = pdfium.FPDFFont_GetBaseFontName(font, buffer, 128)
    return _SUBSET.sub("", buffer.raw[: max(0, min(length, 128) - 1)].decode("utf-8", "replace"))


def _layered(handle: Any) -> bool:
    """Say whether the object belongs to an optional layer, which may be switched off."""
    for k in range(min(pdfium.FPDFPageObj_CountMarks(handle), 8)):
        mark = pdfium.FPDFPageObj_GetMark(handle, k)
        buffer = (ctypes.c_ushort * 16)()
        length = ctypes.c_ulong()
        if pdfium.FPDFPageObjMark_GetName(mark, buffer, 32, length):
            name = bytes(buffer).decode("utf-16-le", "replace").split("\x00", 1)[0]
            if name == "OC":
                return True
    return False


class Ink:
    """A page as a small grey picture, to see whether anything is drawn at a place."""

    def __init__(self, page: Any, width: float, height: float) -> None:
        self.scale = min(1.5, 1600 / max(width, height, 1))
        self.w, self.h = max(1, int(width * self.scale)), max(1, int(height * self.scale))
        bitmap = pdfium.FPDFBitmap_CreateEx(self.w, self.h, pdfium.FPDFBitmap_Gray, None, 0)
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, self.w, self.h, 0xFFFFFFFF)
        # Turn the page back upright, as the words are measured.
        turn = (4 - pdfium.FPDFPage_GetRotation(page)) % 4
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, self.w, self.h, turn, 0)
        self.stride = pdfium.FPDFBitmap_GetStride(bitmap)
        self.pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), self.stride * self.h)
        pdfium.FPDFBitmap_Destroy(bitmap)

    def at(self, x0: float, top: float, x1: float, bottom: float) -> bool:
        """Say whether the rectangle is anything but one even shade."""
        a, b = max(0, int(x0 * self.scale)), min(self.w, math.ceil(x1 * self.scale))
        low, high = 255, 0
        for row in range(max(0, int(top * self.scale)), min(self.h, math.ceil(bottom * self.scale))):
            line = self.pixels[row * self.stride + a : row * self.stride + b]
            if line:
                low, high = min(low, min(line)), max(high, max(line))
        return high - low > 24

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
_BOLD = re.compile(
    r"bold|black|heavy|demi|semibold|[-,]bd|cmbx|cmssbx|-B$|\.B$|-Md|medi\b", re.IGNORECASE
)
_ITALIC = re.compile(r"ital|obli|cmti|cmsl|-It$|-I$", re.IGNORECASE)
_SYMBOLS = dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF076, 0xF0FC, 0xF06E, 0xF071, 0xF0A8), "•")
_ACCENTS = {
    "´": "\u0301",
    "`": "\u0300",
    "ˇ": "\u030c",
    "¨": "\u0308",
    "˜": "\u0303",
    "ˆ": "\u0302",
    "˘": "\u0306",
    "¸": "\u0327",
    "˚": "\u030a",
    "˝": "\u030b",
}
_ACCENTED = re.compile(r"([´`ˇ¨˜ˆ˘˚˝])([A-Za-zı])")
_LONE = frozenset("´ˇ¨˜ˆ˘¸˚˝")
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_SMALLEST = 2.0
_FORCE_BOLD = 1 << 18


def _fast(function: Any, *kinds: Any) -> Any:
    """Return a pdfium function that takes addresses as plain numbers: three times faster."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(*kinds)(address)


_get_object = _fast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_get_box = _fast(
    pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
)

_P, _I = ctypes.c_void_p, ctypes.c_int
_get_matrix = _fast(pdfium.FPDFText_GetMatrix, _I, _P, _I, _P)
_get_size = _fast(pdfium.FPDFText_GetFontSize, ctypes.c_double, _P, _I)
_get_mode = _fast(pdfium.FPDFTextObj_GetTextRenderMode, _I, _P)
_get_colour = _fast(pdfium.FPDFText_GetFillColor, _I, _P, _I, _P, _P, _P, _P)
_get_origin = _fast(pdfium.FPDFText_GetCharOrigin, _I, _P, _I, _P, _P)
_get_font = _fast(pdfium.FPDFTextObj_GetFont, _P, _P)
_count_marks = _fast(pdfium.FPDFPageObj_CountMarks, _I, _P)


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
    base: float
    mode3: bool


@dataclass(slots=True)
class PageWords:
    """A page's words in content order, and what was left out."""

    words: list[Word]
    width: float
    height: float
    n_hidden: int
    n_unmapped: int
    turned: list[Word]


def page_words(
    page: Any, textpage: Any, fonts: FontBook, scanned: Callable[[], bool], seen: Callable[[], Ink]
) -> PageWords:
    """Return the visible words of a page.

    Parameters
    ----------
    page, textpage : raw handles
    fonts : FontBook
        What is known of the document's fonts.
    scanned : callable
        Says whether the page is one big picture: then text in render mode 3 is its OCR layer.
    seen : callable
        Renders the page once, for text that may be white on white or in a hidden layer.
    """
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    frame = (box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top))
    count = pdfium.FPDFText_CountChars(textpage)
    out = PageWords([], frame[2] - frame[0], frame[3] - frame[1], 0, 0, [])
    if count > 0:
        _Collector(out, textpage, count, frame, fonts, scanned, seen).collect()
    return out


class _Collector:
    """Goes through a page's characters once; two or three calls into pdfium for each word."""

    def __init__(
        self, out: PageWords, textpage: Any, count: int, frame: tuple[float, float, float, float],
        fonts: FontBook, scanned: Callable[[], bool], seen: Callable[[], Ink],
    ) -> None:  # fmt: skip
        self.out, self.textpage, self.frame = out, textpage, frame
        self.fonts, self.scanned, self.seen = fonts, scanned, seen
        self.text = _text(textpage, count)
        out.n_unmapped = self.text.count("\ufffd") + self.text.count("\x00")
        self.styles: dict[int, _Style] = {}
        self.spots: dict[tuple[str, int], list[float]] = {}
        self.handle = ctypes.addressof(textpage.contents)
        # left, top, right, bottom, as FS_RECTF has them
        self.first, self.last = (ctypes.c_float * 4)(), (ctypes.c_float * 4)()
        self.at_first, self.at_last = ctypes.addressof(self.first), ctypes.addressof(self.last)

    def collect(self) -> None:
        """Fill the page's words."""
        spans = [found.span() for found in _TOKEN.finditer(self.text)]
        page, get = self.handle, _get_object
        owners = [get(page, i) for i, _ in spans]
        last = len(spans) - 1
        for k, (start, j) in enumerate(spans):
            i, owner = start, owners[k]
            while not owner and i < j - 1:
                i += 1
                owner = get(page, i)
            if not owner:
                continue
            style = self.styles.get(owner) or self._style(owner, i)
            # Objects follow one another: the same owner here and at the next word is one object.
            one = j - i == 1 or (k < last and owners[k + 1] == owner) or get(page, j - 1) == owner
            if one:
                self._emit(i, j, style, False)
            else:
                self._parted(i, j, style)

    def _parted(self, i: int, j: int, style: _Style) -> None:
        """Emit a run that several objects share, cut where size, line or place change."""
        start = i
        for k in range(i + 1, j):
            owner = _get_object(self.handle, k)
            if not owner:
                continue
            other = self.styles.get(owner) or self._style(owner, k)
            if other is style:
                continue
            if (
                abs(other.size - style.size) > 0.12 * style.size
                or other.turn != style.turn
                or other.hidden != style.hidden
                or self._jumps(k, style.size)
            ):
                self._emit(start, k, style, start > i)
                start = k
            style = other if start == k else style
        self._emit(start, j, style, start > i)

    def _jumps(self, k: int, size: float) -> bool:
        """Say whether a character does not stand right after the one before it."""
        _get_box(self.handle, k - 1, self.at_first)
        _get_box(self.handle, k, self.at_last)
        a, b = self.first, self.last
        return abs(b[0] - a[2]) > 0.6 * size and abs(a[0] - b[2]) > 0.6 * size

    def _style(self, owner: int, i: int) -> _Style:
        style = _style(self.handle, owner, i, self.fonts)
        if style.mode3:
            style.hidden = not self.scanned()
        self.styles[owner] = style
        return style

    def _seen(self, style: _Style, place: tuple[float, float, float, float]) -> bool:
        """Say whether doubtful text is drawn; text like it at the same height is asked 12 times."""
        verdicts = self.fonts.verdicts.setdefault((style.font, style.size, round(style.base)), [])
        if len(verdicts) >= 12 and len(set(verdicts)) == 1:
            return verdicts[0]
        verdicts.append(self.seen().at(*place))
        return verdicts[-1]

    def _drawn_before(self, text: str, x: float, base: float, tolerance: float) -> bool:
        """Say whether the same word stands here already: drawn twice for a bolder look."""
        row = int(base / 4)
        for near in {row, int((base - 1.5) / 4), int((base + 1.5) / 4)}:
            for other in self.spots.get((text, near), ()):
                if abs(other - x) < tolerance:
                    return True
        self.spots.setdefault((text, row), []).append(x)
        return False

    def _emit(self, i: int, j: int, style: _Style, glued: bool) -> None:
        text = self.text[i:j]
        _get_box(self.handle, i, self.at_first)
        x0, top, x1, bottom = self.first
        if j - i > 1:
            _get_box(self.handle, j - 1, self.at_last)
            left, high, right, low = self.last
            if left == x0 and right == x1 and _RTL.search(text):
                text = text[::-1]  # given whole by /ActualText, in visual order
            x0, x1 = min(x0, left), max(x1, right)
            top, bottom = max(top, high), min(bottom, low)
        fx0, fy0, fx1, fy1 = self.frame
        if style.turn:
            self.out.turned.append(
                Word(
                    text, x0 - fx0, fy1 - top, x1 - fx0, fy1 - bottom, fy1 - bottom, style.size,
                    style.bold, style.italic, str(style.turn),
                )
            )  # fmt: skip
            return
        outside = x1 <= fx0 or x0 >= fx1 or top <= fy0 or bottom >= fy1
        if (
            style.turn is None
            or outside
            or style.hidden
            or (
                style.doubtful
                and not self._seen(style, (x0 - fx0, fy1 - top, x1 - fx0, fy1 - bottom))
            )
        ):
            self.out.n_hidden += 1
            return
        if not text.isascii() or text[0] == "`":
            # TeX sets an accent as a glyph of its own before its letter.
            text = _ACCENTED.sub(_compose, text)
            if set(text) <= _LONE:
                return
        base = fy1 - style.base
        if self._drawn_before(text, x0, base, 0.3 * style.size):
            return
        self.out.words.append(
            Word(
                text, x0 - fx0, fy1 - top, x1 - fx0, fy1 - bottom, base,
                style.size, style.bold, style.italic, style.font, glued,
            )
        )  # fmt: skip


def _compose(found: re.Match[str]) -> str:
    letter = {"ı": "i"}.get(found.group(2), found.group(2))
    return unicodedata.normalize("NFC", letter + _ACCENTS[found.group(1)])


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


_MATRIX, _PLACE = (ctypes.c_float * 6)(), (ctypes.c_double * 2)()
_COLOUR = (ctypes.c_uint * 4)()
_AT_MATRIX, _AT_X = ctypes.addressof(_MATRIX), ctypes.addressof(_PLACE)
_AT_Y = _AT_X + ctypes.sizeof(ctypes.c_double)
_AT_RED = ctypes.addressof(_COLOUR)


def _style(page: int, owner: int, i: int, fonts: FontBook) -> _Style:
    """Return what the text object says, asked of its character `i`."""
    _get_matrix(page, i, _AT_MATRIX)
    a, b, c, d, _, _ = _MATRIX
    size = abs(_get_size(page, i)) * (math.hypot(c, d) or 1.0)
    turn: int | None = 0
    if b or a <= 0:
        angle = math.degrees(math.atan2(b, a)) % 360 if (a or b) else 0.0
        turn = round(angle / 90) % 4
        if abs((angle - turn * 90 + 180) % 360 - 180) >= 4:
            turn = None
    mode = _get_mode(owner)
    _get_colour(page, i, _AT_RED, _AT_RED + 4, _AT_RED + 8, _AT_RED + 12)
    red, green, blue, alpha = _COLOUR
    pale = mode in (0, 4) and red >= 247 and green >= 247 and blue >= 247
    name, bold, italic = fonts.of(page, owner, i)
    _get_origin(page, i, _AT_X, _AT_Y)
    gone = mode == 7 or (alpha == 0 and mode == 0) or size < _SMALLEST
    return _Style(
        round(size, 2), bold or mode == 2, italic, name, turn, gone,
        pale or (_count_marks(owner) > 0 and _layered(owner)), _PLACE[1], mode == 3 and not gone,
    )  # fmt: skip


class FontBook:
    """The document's fonts: name, bold, italic; each asked for once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[str, bool, bool]] = {}
        self.verdicts: dict[tuple[str, float, int], list[bool]] = {}

    def of(self, page: int, owner: int, i: int) -> tuple[str, bool, bool]:
        """Return the name without its subset mark, and whether it is bold and italic."""
        key = _get_font(owner)
        if not key:
            return "", False, False
        if key not in self._known:
            font = ctypes.cast(key, pdfium.FPDF_FONT)
            textpage = ctypes.cast(page, pdfium.FPDF_TEXTPAGE)
            buffer = ctypes.create_string_buffer(128)
            length = pdfium.FPDFFont_GetBaseFontName(font, buffer, 128)
            raw = buffer.raw[: max(0, min(length, 128) - 1)].decode("utf-8", "replace")
            name = _SUBSET.sub("", raw)
            flags = ctypes.c_int()
            pdfium.FPDFText_GetFontInfo(textpage, i, None, 0, flags)
            bold = bool(_BOLD.search(name)) or bool(flags.value & _FORCE_BOLD)
            self._known[key] = (name, bold, bool(_ITALIC.search(name)))
        return self._known[key]


def _layered(owner: int) -> bool:
    """Say whether the object belongs to an optional layer, which may be switched off."""
    handle = ctypes.cast(owner, pdfium.FPDF_PAGEOBJECT)
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
        for row in range(
            max(0, int(top * self.scale)), min(self.h, math.ceil(bottom * self.scale))
        ):
            line = self.pixels[row * self.stride + a : row * self.stride + b]
            if line:
                darkest, lightest = min(line), max(line)
                low, high = min(low, darkest), max(high, lightest)
        return high - low > 24

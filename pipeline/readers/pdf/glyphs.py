"""The words of a page with their places, as a reader of the page sees them."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from pipeline.readers.pdf.ink import Ink
from pipeline.readers.pdf.styles import FontBook, Style, fast, get_mode, layered
from pipeline.readers.pdf.words import Flags, Floats, Ints, Look, Word, Words, of, repeated

_TOKEN = re.compile(r"[^\s\x00]*[\x02\ufffe]|[^\s\x00\x02\ufffe]+")
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
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ODD = re.compile(r"[^\x00-\x7f]|`")

_get_object = fast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_get_box = fast(
    pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
)

_get_unicode = fast(pdfium.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_BEFORE, _AFTER = (ctypes.c_float * 4)(), (ctypes.c_float * 4)()  # left, top, right, bottom
_AT_BEFORE, _AT_AFTER = ctypes.addressof(_BEFORE), ctypes.addressof(_AFTER)


@dataclass(slots=True)
class PageWords:
    """A page's words in content order, and what was left out."""

    words: Words
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
        The page's picture, for text that may be white on white or in a hidden layer.
    """
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    frame = (box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top))
    count = pdfium.FPDFText_CountChars(textpage)
    out = PageWords(of([]), frame[2] - frame[0], frame[3] - frame[1], 0, 0, [])
    if count > 0:
        _Collector(out, textpage, count, frame, fonts, scanned, seen).collect()
    return out


class _Collector:
    """Goes through a page's characters once; two or three calls into pdfium for each word."""

    def __init__(
        self, out: PageWords, textpage: Any, count: int, frame: tuple[float, float, float, float],
        fonts: FontBook, scanned: Callable[[], bool], seen: Callable[[], Ink],
    ) -> None:  # fmt: skip
        self.out, self.frame = out, frame
        self.fonts, self.scanned, self.seen = fonts, scanned, seen
        self.text = _text(textpage, count)
        out.n_unmapped = self.text.count("\ufffd") + self.text.count("\x00")
        self.handle = ctypes.addressof(textpage.contents)
        self.objects: dict[int, int] = {}  # a text object's address, and its number on the page
        self.firsts: list[int] = []  # of each text object, the first character met
        self.styles: list[Style] = []
        self.bases: list[float] = []

    def collect(self) -> None:
        """Fill the page's words."""
        spans = [found.span() for found in _TOKEN.finditer(self.text)]
        page, get, objects, firsts = self.handle, _get_object, self.objects, self.firsts
        owners = [*map(get, repeat(page), [i for i, _ in spans]), None]
        starts: list[int] = []
        ends: list[int] = []
        which: list[int] = []
        shared: list[int] = []
        for k, (start, j) in enumerate(spans):
            i, owner = start, owners[k]
            while not owner and i < j - 1:
                i += 1
                owner = get(page, i)
            if not owner:
                continue
            number = objects.get(owner)
            if number is None:
                number = objects[owner] = len(firsts)
                firsts.append(i)
            # Objects follow one another: the same owner here and at the next word is one object.
            if not (j - i == 1 or owners[k + 1] == owner or get(page, j - 1) == owner):
                shared.append(len(starts))
            starts.append(i)
            ends.append(j)
            which.append(number)
        if not starts:
            return
        parted = {
            k: self._inside(starts[k], ends[k], which[k])
            for k in self._mixed(shared, starts, ends)
        }  # fmt: skip
        self.styles, self.bases = self.fonts.styles(page, list(objects), firsts)
        glued = self._part(starts, ends, which, parted) if parted else []
        self._emit(starts, ends, which, glued)

    def _mixed(self, runs: list[int], starts: list[int], ends: list[int]) -> list[int]:
        """Return which runs of several objects are not of one height, without gaps, all drawn.

        Some programs write each letter as an object of its own: to ask for all their styles would
        take longer than to open the page.
        """
        if not runs:
            return []
        boxes = self._boxes([i for k in runs for i in range(starts[k], ends[k])])
        lengths = np.array([ends[k] - starts[k] for k in runs])
        at = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        _, top, _, low = boxes.T
        off = np.maximum(
            np.abs(top - np.repeat(top[at], lengths)), np.abs(low - np.repeat(low[at], lengths))
        )
        gap = np.abs(np.append(0.0, boxes[1:, 0] - boxes[:-1, 2]))
        gap[at] = 0.0
        odd = (off > 0.01) | (gap > 0.3 * np.repeat(top[at] - low[at], lengths))
        mixed = np.logical_or.reduceat(odd, at).tolist()
        return [
            k for k, differs in zip(runs, mixed, strict=True)
            if differs or len(self._modes(starts[k], ends[k])) > 1
        ]  # fmt: skip

    def _modes(self, i: int, j: int) -> set[int]:
        owners = set(map(_get_object, repeat(self.handle), range(i, j)))
        return set(map(get_mode, filter(None, owners)))

    def _inside(self, i: int, j: int, number: int) -> list[int]:
        """Return for each character of a run the number of its object; none: the one before."""
        numbers = [number]
        for k in range(i + 1, j):
            owner = _get_object(self.handle, k)
            if owner and owner not in self.objects:
                self.objects[owner] = len(self.firsts)
                self.firsts.append(k)
            numbers.append(self.objects[owner] if owner else numbers[-1])
        return numbers

    def _part(
        self, starts: list[int], ends: list[int], which: list[int], parted: dict[int, list[int]]
    ) -> list[int]:
        """Cut runs that several objects share where size or place change; return the later parts.

        Changes the lists in place.
        """
        glued: list[int] = []
        given = list(zip(starts, ends, which, strict=True))
        for column in (starts, ends, which):
            column.clear()
        for k, (i, j, number) in enumerate(given):
            if k in parted:
                for part, (a, b, own) in enumerate(self._cuts(i, j, parted[k])):
                    if part:
                        glued.append(len(starts))
                    starts.append(a)
                    ends.append(b)
                    which.append(own)
            else:
                starts.append(i)
                ends.append(j)
                which.append(number)
        return glued

    def _cuts(self, i: int, j: int, numbers: list[int]) -> Iterator[tuple[int, int, int]]:
        start, current = i, numbers[0]
        for k in range(i + 1, j):
            other = numbers[k - i]
            if other == current:
                continue
            old, new = self.styles[current], self.styles[other]
            if (
                abs(new.size - old.size) > 0.12 * old.size
                or new.turn != old.turn
                or self._hidden(new) != self._hidden(old)
                or self._jumps(k, old.size)
            ):
                yield start, k, current
                start, current = k, other
        yield start, j, current

    def _hidden(self, style: Style) -> bool:
        return style.gone or (style.mode3 and not self.scanned())

    def _jumps(self, k: int, size: float) -> bool:
        """Say whether a character does not stand right after the one before it."""
        _get_box(self.handle, k - 1, _AT_BEFORE)
        _get_box(self.handle, k, _AT_AFTER)
        a, b = _BEFORE, _AFTER
        return abs(b[0] - a[2]) > 0.6 * size and abs(a[0] - b[2]) > 0.6 * size

    def _boxes(self, characters: Sequence[int]) -> Floats:
        """Return left, top, right and bottom of characters, (n, 4), as the file measures them."""
        found = np.zeros((len(characters), 4), dtype=np.float32)
        at = found.ctypes.data
        places = range(at, at + 16 * len(characters), 16)
        deque(map(_get_box, repeat(self.handle), characters, places), maxlen=0)
        return found.astype(np.float64)

    def _emit(
        self, starts: list[int], ends: list[int], numbers: list[int], parts: list[int]
    ) -> None:
        """Turn the runs into words; leave out what no reader of the page sees."""
        text, styles = self.text, self.styles
        first = self._boxes(starts)
        last = first.copy()
        longer = [k for k, (i, j) in enumerate(zip(starts, ends, strict=True)) if j - i > 1]
        last[longer] = self._boxes([ends[k] - 1 for k in longer])
        texts = [text[i:j] for i, j in zip(starts, ends, strict=True)]
        if _RTL.search(text):
            for k in longer:
                whole = first[k, 0] == last[k, 0] and first[k, 2] == last[k, 2]
                if whole and _RTL.search(texts[k]):
                    texts[k] = texts[k][::-1]  # given whole by /ActualText, in visual order
        fx0, fy0, fx1, fy1 = self.frame
        left, right = np.minimum(first[:, 0], last[:, 0]), np.maximum(first[:, 2], last[:, 2])
        top, low = np.maximum(first[:, 1], last[:, 1]), np.minimum(first[:, 3], last[:, 3])
        box = np.stack((left - fx0, fy1 - top, right - fx0, fy1 - low), axis=1)
        which = np.array(numbers)
        if any(style.turn for style in styles):
            for k, number in enumerate(numbers):
                if (s := styles[number]).turn:
                    x0, above, x1, below = box[k].tolist()
                    self.out.turned.append(
                        Word(
                            texts[k], x0, above, x1, below, below,
                            s.size, s.bold, s.italic, str(s.turn),
                        )
                    )  # fmt: skip
        shown = ~((right <= fx0) | (left >= fx1) | (top <= fy0) | (low >= fy1))
        shown &= np.array([s.turn == 0 and not self._hidden(s) for s in styles])[which]
        doubtful = np.array([
            s.pale or layered(owner) for s, owner in zip(styles, self.objects, strict=True)
        ])[which]  # fmt: skip
        for k in np.flatnonzero(shown & doubtful).tolist():
            shown[k] = self._seen(numbers[k], *box[k].tolist())
        self.out.n_hidden += len(texts) - len(self.out.turned) - int(shown.sum())
        if _ODD.search(text):
            _accents(texts, shown)
        self._keep(texts, box, which, parts, np.flatnonzero(shown))

    def _keep(
        self, texts: list[str], box: Floats, which: Ints, parts: list[int], rows: Ints
    ) -> None:
        if not len(rows):
            return
        looks: dict[Look, int] = {}
        kinds = np.array([looks.setdefault(Look(*s[:4]), len(looks)) for s in self.styles])
        glued = np.zeros(len(texts), dtype=np.bool_)
        glued[parts] = True
        base = self.frame[3] - np.array(self.bases)[which]
        words = Words(texts, box, base, kinds[which], glued, list(looks))
        if len(rows) < len(texts):
            words = words.take(rows)
        twice = repeated(words.texts, words.box[:, 0], words.base, words.size)
        if twice:
            words = words.take(np.array([k for k in range(len(words)) if k not in twice]))
        self.out.words = words

    def _seen(self, number: int, x0: float, top: float, x1: float, bottom: float) -> bool:
        """Say whether doubtful text is drawn; text like it at the same height is asked 12 times."""
        style = self.styles[number]
        key = (style.font, style.size, round(self.bases[number]))
        verdicts = self.fonts.verdicts.setdefault(key, [])
        if len(verdicts) >= 12 and len(set(verdicts)) == 1:
            return verdicts[0]
        verdicts.append(self.seen().at(x0, top, x1, bottom))
        return verdicts[-1]


def _accents(texts: list[str], shown: Flags) -> None:
    """Put accents on their letters: TeX sets one as a glyph of its own before its letter."""
    for k, text in enumerate(texts):
        if not text.isascii() or text[0] == "`":
            texts[k] = _ACCENTED.sub(_compose, text)
            if set(texts[k]) <= _LONE:
                shown[k] = False


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
    page, get = ctypes.addressof(textpage.contents), _get_unicode
    return "".join(
        chr(code) if (code := get(page, i)) < 0x110000 else "\ufffd" for i in range(count)
    )

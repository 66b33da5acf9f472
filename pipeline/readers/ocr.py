"""OCR of a page's picture, where the extra ``ocr`` is installed."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from math import hypot
from typing import Any, NamedTuple

from pipeline.readers.pulse import beat

MISSING = (
    "Install the extra 'ocr' (uv sync --extra ocr, or pip install rapidocr) and offer it again,"
    " or add a text layer."
)
_POOR = 0.85
_TALL = 1.5


class Found(NamedTuple):
    """A line of text in a picture, in pixels from its top left.

    `height` is that of the letters' band, which is less than ``bottom - top`` on a page that lies
    askew; `middle` is half way down it.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    height: float
    middle: float


class Page(NamedTuple):
    """The lines of a picture that was turned by `quarters` counter-clockwise to read them."""

    lines: list[Found]
    quarters: int
    width: int
    height: int


def available() -> bool:
    """Say whether the extra is installed."""
    return find_spec("rapidocr") is not None


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    # Files are read side by side by processes: threads on top of that only get in their way.
    one = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    return RapidOCR(params={"Global.log_level": "error", **one})


def read_picture(picture: Any) -> Page:
    """Read a picture, upright or not.

    Parameters
    ----------
    picture : array of uint8, (height, width, 3)

    Notes
    -----
    Lines that are higher than wide, or read badly, tell of a page that lies on its side or stands
    on its head: then the other ways to hold it are tried and the best is taken.
    """
    import numpy as np

    best, quality = _read(picture, 0)
    tall = sum(f.bottom - f.top > _TALL * (f.x1 - f.x0) for f in best.lines)
    on_its_side = bool(best.lines) and tall > 0.5 * len(best.lines)
    if on_its_side:
        quality = 0.0  # the engine turns single lines by itself: well read, but in no order
    if best.lines and quality < _POOR:
        for quarters in (1, 3) if on_its_side else (2,):
            turned = _read(np.ascontiguousarray(np.rot90(picture, quarters)), quarters)
            if turned[1] > quality:
                best, quality = turned
            if quality >= _POOR:
                break
    return best


def _read(picture: Any, quarters: int) -> tuple[Page, float]:
    """Return the lines and how sure the engine is of a letter, from 0 to 1."""
    beat()
    # Without its own turning of single lines, which hides that the page stands on its head.
    found = _engine()(picture, use_cls=False)
    height, width = picture.shape[:2]
    texts = getattr(found, "txts", None)
    if getattr(found, "boxes", None) is None or not texts:
        return Page([], quarters, width, height), 0.0
    lines, sure, letters = [], 0.0, 0
    for text, corners, score in zip(texts, found.boxes, found.scores, strict=True):
        if not text.strip():
            continue
        xs, ys = [float(p[0]) for p in corners], [float(p[1]) for p in corners]
        sides = [hypot(xs[a] - xs[b], ys[a] - ys[b]) for a, b in ((0, 3), (1, 2))]
        lines.append(Found(text, min(xs), min(ys), max(xs), max(ys), sum(sides) / 2, sum(ys) / 4))
        sure += float(score) * len(text)
        letters += len(text)
    return Page(lines, quarters, width, height), sure / max(letters, 1)

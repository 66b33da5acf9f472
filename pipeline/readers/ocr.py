"""OCR of scanned pages, where the extra ``ocr`` is installed."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Any

from pipeline.document import Box
from pipeline.readers.draft import Draft


def available() -> bool:
    """Say whether the extra is installed."""
    return find_spec("rapidocr") is not None


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR()


def read_page(document: Any, number: int) -> list[Draft]:
    """Return the lines of a scanned page as drafts, joined into paragraphs by their distance."""
    raise NotImplementedError(number, Box)

"""The language of a paper: English by its small words; a detector only where those fail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from pipeline.document import Block
from pipeline.structure import lexicon

__all__ = ["detect_language", "language_of"]

_LANGUAGES = (
    "ENGLISH", "GERMAN", "FRENCH", "SPANISH", "PORTUGUESE", "ITALIAN", "DUTCH", "ARABIC", "CHINESE",
    "JAPANESE", "RUSSIAN", "TURKISH", "INDONESIAN", "VIETNAMESE", "HINDI", "POLISH",
)  # fmt: skip
_SAMPLE = 6_000
_ENOUGH = 0.18


@cache
def _detector() -> Any:
    from lingua import Language, LanguageDetectorBuilder

    chosen = [getattr(Language, name) for name in _LANGUAGES]
    return LanguageDetectorBuilder.from_languages(*chosen).with_low_accuracy_mode().build()


def language_of(blocks: Sequence[Block], stated: str | None) -> tuple[str | None, str]:
    """Return the ISO 639-1 code and how it was found; what the file states only breaks doubt."""
    bodies = [b.text for b in blocks if b.kind in ("paragraph", "abstract", "list_item")]
    pieces, length = [], 0
    for text in bodies or [b.text for b in blocks]:
        pieces.append(text[:1500])
        length += len(pieces[-1])
        if length > _SAMPLE:
            break
    found = detect_language(" ".join(pieces))
    if found is not None:
        return found, "text"
    code = (stated or "").strip().casefold()[:2]
    return (code, "stated") if len(code) == 2 and code.isalpha() else (None, "")


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the text's main language, None where too little tells it."""
    words = re.findall(r"[^\W\d_]+", text[:_SAMPLE].casefold())
    small = lexicon.words("english")
    if len(words) >= 20 and sum(word in small for word in words) >= _ENOUGH * len(words):
        return "en"
    if sum(map(len, words)) < 20 or (len(words) < 15 and text.isascii()):
        return None  # Too little of an alphabet that many languages share.
    found = _detector().detect_language_of(text[:2000])
    return found.iso_code_639_1.name.lower() if found is not None else None

"""Characters as a reader of the page sees them: ligatures, spaces, invisible characters."""

from __future__ import annotations

import re
import unicodedata

_MAP = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
    "\u00a0": " ", "\u00ad": "", "\u200b": "", "\u2060": "", "\ufeff": "", "\u00b5": "μ",
    "\ufffe": "-", "\u2010": "-", "\u2011": "-", "\u2002": " ", "\u2003": " ", "\u2004": " ",
    "\u2005": " ", "\u2006": " ", "\u2007": " ", "\u2008": " ", "\u2009": " ", "\u200a": " ",
    "\u202f": " ", "\u205f": " ", "\u3000": " ", "\u2028": " ", "\u2029": " ", "\u0085": " ",
    "\u200e": "", "\u200f": "", "\u202a": "", "\u202b": "", "\u202c": "", "\u202d": "",
    "\u202e": "", "\u2066": "", "\u2067": "", "\u2068": "", "\u2069": "", "\ufffd": "\ufffd",
}  # fmt: skip
_TABLE: dict[int, str | None] = {ord(key): value for key, value in _MAP.items()}
_TABLE |= {
    code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r\f\v\x85"
}
_TABLE |= dict.fromkeys(range(0xE000, 0xF900))
_TABLE |= dict.fromkeys(range(0xD800, 0xE000))
_SPACES = re.compile(r"\s+")
_SHAPES = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_PLAIN = re.compile(r"[^\x20-\x7e]")


def characters(text: str) -> str:
    """Expand ligatures and drop characters that no one sees; line ends stay."""
    if _PLAIN.search(text) is None:
        return text
    text = text.translate(_TABLE)
    if not text.isascii():
        # Arabic presentation forms are shapes of letters; the letters are meant.
        if _SHAPES.search(text):
            text = unicodedata.normalize("NFKC", text)
        text = unicodedata.normalize("NFC", text)
    return text


def clean(text: str) -> str:
    """Return one line: `characters` with single spaces."""
    return _SPACES.sub(" ", characters(text)).strip()

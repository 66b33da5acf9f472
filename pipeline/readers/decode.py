"""Bytes to text in whatever encoding they are, without losing a character silently."""

from __future__ import annotations

import codecs
import re

from pipeline.document import Trouble

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = frozenset(
    "‘’“”–—…•€£§°´«»©®™àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßÀÁÂÄÅÆÇÈÉÊËÍÑÓÔÖØÚÜ¡¿·½¼¾ºª\u00a0¹²³œŒšŠžŽ"
)
_MOJIBAKE = re.compile("â€[™œ\u009d“”¦˜]|Ã[\u0080-\u00bf©¨¼¶¤±]|Â[\u00a0-\u00bf]")


def unmarked_utf16(data: bytes) -> str | None:
    """Return ``utf-16-le`` or ``utf-16-be`` where zero bytes stand at every other place."""
    head = data[:4000]
    if len(head) < 8:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return None


def _guess(data: bytes) -> str:
    high = [char for char in data.decode("cp1252", "replace") if char > "\x7f"]
    if sum(char in _WESTERN for char in high) >= 0.9 * len(high):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:60_000]).best()
    return str(best.encoding) if best is not None else "cp1252"


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[Trouble, ...]]:
    """Decode bytes of an unknown or declared encoding.

    Parameters
    ----------
    data : bytes
        The whole file.
    declared : str, optional
        What the file says of itself, as an HTML page does; believed where it decodes.

    Returns
    -------
    text : str
    troubles : tuple of Trouble
        One where bytes could not be decoded and were replaced.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _with_trouble(data, name)
    name16 = unmarked_utf16(data)
    if name16:
        return _with_trouble(data, name16)
    tried = [declared, "utf-8"] if declared else ["utf-8"]
    if declared and declared.lower().replace("_", "-") in {
        "iso-8859-1",
        "latin-1",
        "us-ascii",
        "ascii",
    }:
        tried = ["utf-8", "cp1252"]  # what browsers do with these names
    for name in tried:
        try:
            return mend_mojibake(data.decode(name or "utf-8")), ()
        except (UnicodeDecodeError, LookupError):
            continue
    lost = data.decode("utf-8", "replace").count("\ufffd")
    many = len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]", data))
    if many > 4 * lost:
        return _with_trouble(data, "utf-8")
    return _with_trouble(data, _guess(data))


def _with_trouble(data: bytes, name: str) -> tuple[str, tuple[Trouble, ...]]:
    text = data.decode(name, "replace")
    if text.startswith("\ufeff"):
        text = text[1:]
    lost = text.count("\ufffd")
    if not lost:
        return text, ()
    detail = f"{lost} characters could not be read as {name} and are shown as \ufffd"
    return text, (Trouble("bad_encoding", detail),)


def mend_mojibake(text: str) -> str:
    """Undo UTF-8 that was once read as cp1252, where it plainly was."""
    if len(_MOJIBAKE.findall(text[:200_000])) < 2:
        return text
    import ftfy

    return str(ftfy.fix_encoding(text))

"""What kind of file this is, told from its content; the name only breaks ties between texts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from pipeline.readers.decode import decode

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
HTML = "text/html"
MARKDOWN = "text/markdown"
PLAIN = "text/plain"
JATS = "application/jats+xml"
TEI = "application/tei+xml"
XML = "application/xml"
BINARY = "application/octet-stream"
EMPTY = "application/x-empty"

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!", "application/vnd.rar"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ", "application/x-executable"),
    (b"%!PS", "application/postscript"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"PAR1", "application/vnd.apache.parquet"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"RIFF", "application/x-riff"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TAGS = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|div|p|h[1-6]|table|ul|span|a)\b", re.IGNORECASE
)
_ROOT = re.compile(
    r"^(?:\s|<\?[^>]{0,500}\?>|<!--(?:[^-]|-(?!->)){0,5000}-->|<!DOCTYPE[^\[>]{0,800}(?:\[[^\]]{0,20000}\])?\s*>)*<([\w:.-]{1,60})([^>]{0,2000})"
)
_ROOTS: dict[str, str] = {
    "article": JATS,
    "pmc-articleset": JATS,
    "tei": TEI,
    "teicorpus": TEI,
    "html": HTML,
}


def detect(data: bytes, name: str) -> str:  # noqa: PLR0911 - one way out per case
    """Return the media type of a file.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        Its name; consulted only to tell Markdown and HTML from plain text.
    """
    if not data.strip(b"\x00\r\n\t "):
        return EMPTY
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if data.startswith(_OLE):
        if b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t" in data:
            return "application/msword"
        return "application/x-ole-storage"
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    if data[4:8] == b"ftyp":
        return "video/mp4"
    return _text_kind(data, name)


def _zip_kind(data: bytes) -> str:  # noqa: PLR0911 - one way out per case
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist()[:2000])
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return DOCX if b"word/document.xml" in data else ZIP
    if "word/document.xml" in names or (
        "[Content_Types].xml" in names and any(n.startswith("word/") for n in names)
    ):
        return DOCX
    if "xl/workbook.xml" in names:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    if "ppt/presentation.xml" in names:
        return "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    if "mimetype" in names and "META-INF/container.xml" in names:
        return "application/epub+zip"
    if "mimetype" in names and "content.xml" in names:
        return "application/vnd.oasis.opendocument.text"
    return ZIP


def _text_kind(data: bytes, name: str) -> str:  # noqa: PLR0911 - one way out per case
    sample = data[:60_000]
    text, _ = decode(sample)
    if _binary(sample, text):
        return BINARY
    start = text.lstrip()[:30_000]
    if start.startswith("<"):
        root = _ROOT.match(start)
        if root:
            local = root.group(1).rsplit(":", 1)[-1].casefold()
            if local in _ROOTS and not (local == "article" and _is_html_article(start)):
                return _ROOTS[local]
            if start.startswith("<?xml") and not _TAGS.search(start[:3000]):
                return XML
        if _TAGS.search(start[:8000]) or re.match(r"<!doctype\s+html", start, re.IGNORECASE):
            return HTML
    suffix = name.rsplit(".", 1)[-1].casefold() if "." in name else ""
    if suffix in ("md", "markdown", "mdown", "qmd", "rmd"):
        return MARKDOWN
    if suffix in ("html", "htm", "xhtml") and len(_TAGS.findall(start)) >= 1:
        return HTML
    if len(re.findall(r"</(?:p|div|body|html|h[1-6]|table|ul)>", start, re.IGNORECASE)) >= 3:
        return HTML
    # Imported here: `ingest` asks what a ZIP is long before it reads anything.
    from pipeline.readers import markdown

    return MARKDOWN if markdown.looks_like(text.replace("\r\n", "\n")) else PLAIN


def _is_html_article(start: str) -> bool:
    return "<front" not in start and "<body" not in start and "article-type" not in start


def _binary(sample: bytes, text: str) -> bool:
    controls = sum(char < " " and char not in "\t\n\r\f\v\x1a\x1b\x08" for char in text)
    lost = text.count("\ufffd")
    return controls > max(2, len(text) * 0.005) or lost > len(text) * 0.1


Reader = Callable[[bytes, str], object]

"""Plain text: hard line breaks joined, running heads out, headings and notes found."""

from __future__ import annotations

import re

from pipeline.document import Document
from pipeline.readers import markdown
from pipeline.readers.assemble import assemble
from pipeline.readers.decode import decode
from pipeline.readers.draft import Draft
from pipeline.readers.headings import find_headings
from pipeline.readers.hyphens import Mender
from pipeline.readers.layout_text import split_notes, table_rows, without_furniture

MEDIA_TYPE = "text/plain"
_BULLET = re.compile(r"^\s{0,12}(?:[•▪◦‣●■*–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s+(?=\S)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)([^*_\n]{1,400})(?<=\S)\1(?![\w*])")
_ANGLED = re.compile(r"<((?:https?://|www\.|mailto:)[^<>\s]{1,400})>")


def read(data: bytes, name: str) -> Document:
    """Read plain text bytes of any encoding."""
    text, troubles = decode(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    pages = text.split("\f")
    lines_by_page = [page.expandtabs(8).split("\n") for page in pages]
    lines_by_page = without_furniture(lines_by_page)
    everything = [line for page in lines_by_page for line in page]
    mender = Mender(everything)
    wide = _one_line_paragraphs(everything)
    width = _wrap_width(everything)
    drafts: list[Draft] = []
    for number, page in enumerate(lines_by_page, 1):
        body, notes = split_notes(page) if len(pages) > 1 else (page, [])
        found = [draft for group in _groups(body) for draft in _drafts(group, mender, wide, width)]
        found += [
            Draft("note", mender.join(lines), marker=mark, fixed=True) for mark, lines in notes
        ]
        for draft in found:
            if len(pages) > 1:
                draft.page = draft.page_to = number
            drafts.append(draft)
    find_headings(drafts)
    return assemble(
        MEDIA_TYPE, drafts, mender.glue, reader="text",
        n_pages=len(pages) if len(pages) > 1 else None, troubles=troubles,
    )  # fmt: skip


def looks_like_markdown(data: bytes) -> bool:
    """Say whether decoded bytes carry Markdown's marks."""
    return markdown.looks_like(decode(data[:60_000])[0].replace("\r\n", "\n"))


def _one_line_paragraphs(lines: list[str]) -> bool:
    """Say whether each line is a paragraph of its own, as a word processor saves them."""
    lengths = sorted(len(line) for line in lines if line.strip())
    return bool(lengths) and lengths[int(len(lengths) * 0.9)] > 200


def _wrap_width(lines: list[str]) -> int:
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _groups(lines: list[str]) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _drafts(group: list[str], mender: Mender, wide: bool, width: int) -> list[Draft]:
    cells = None if wide else table_rows(group)
    if cells is not None:
        return [Draft("table", "t", cells=cells, fixed=True)] if cells else []
    pieces: list[list[str]] = []
    short = max(len(line) for line in group) < width * 0.6
    for line in group:
        if not pieces or wide or _breaks(pieces[-1], line, width, short):
            pieces.append([line])
        else:
            pieces[-1].append(line)
    drafts = []
    for piece in pieces:
        text = _ANGLED.sub(r"\1", _EMPHASIS.sub(r"\2", mender.join(piece)))
        bullet = (
            _BULLET.match(piece[0])
            if len(pieces) > 1 or piece[0].lstrip()[:1] in "•▪◦‣●■-"
            else None
        )
        if bullet:
            plain = bullet.group().strip()
            text = text[len(plain) :].lstrip() if not plain.strip("().")[:1].isalnum() else text
            drafts.append(Draft("list_item", text, level=1, loose=True, fixed=plain[:1].isdigit()))
        else:
            drafts.append(Draft("paragraph", text, loose=True))
    return drafts


def _breaks(piece: list[str], line: str, width: int, short: bool) -> bool:
    """Say whether a new paragraph starts at this line inside a run without blank lines."""
    before = piece[-1].rstrip()
    if _BULLET.match(line) and (_BULLET.match(piece[0]) or before.endswith((":", ".", ";"))):
        return True
    if short:
        return not before.endswith(("-", ",")) and not line.lstrip()[:1].islower()
    indent = len(line) - len(line.lstrip())
    base = len(before) - len(before.lstrip())
    if 1 < indent - base <= 8 and before.endswith((".", "!", "?", "”", '"')) and len(piece) > 1:
        return True
    ended = before.endswith((".", "!", "?", ":", "”", '"'))
    return ended and len(before) < width * 0.7 and not line.lstrip()[:1].islower()

"""Markdown: front matter, headings, lists, tables, footnotes; also papers turned into Markdown."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.document import Document, MetaValue
from pipeline.readers.assemble import assemble, is_caption
from pipeline.readers.decode import decode
from pipeline.readers.draft import Draft
from pipeline.readers.html import visible_text
from pipeline.readers.hyphens import Mender
from pipeline.readers.notes import raise_digits

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MEDIA_TYPE = "text/markdown"
_SUP = re.compile(r"^\s?(\d{1,3})\s?$")
_TAG = re.compile(r"<[^<>]{0,2000}>")
# Twice escaped, or escaped where nothing need be, as in an address: seen as the bare sign.
_ESCAPED = re.compile(r"\\{1,3}([_*~#&%])")
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->)){0,20000}-->")
_SIGNS = (
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"^(?:\*\*|__)[^*_\n]{2,200}(?:\*\*|__)", re.MULTILINE),
    re.compile(r"^\|[^\n]{3,400}\|\s*$", re.MULTILINE),
    re.compile(r"^```", re.MULTILINE),
    re.compile(r"\[[^\]\n]{1,200}\]\([^)\s]{1,300}\)"),
    re.compile(r"<sup>\d{1,3}</sup>"),
    re.compile(r"^\[\^[\w-]{1,20}\]:", re.MULTILINE),
)


def looks_like(text: str) -> bool:
    """Say whether a text without a telling name is Markdown: headings, or two other signs."""
    head = text[:60_000]
    if head.startswith("---\n") and "\n---\n" in head[:8000]:
        return True
    hits = [sign.search(head) is not None for sign in _SIGNS]
    return (hits[0] and len(_SIGNS[0].findall(head)) >= 2) or sum(hits) >= 2


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    return MarkdownIt("commonmark", {"maxNesting": 20}).enable("table").use(footnote_plugin)


def read(data: bytes, name: str) -> Document:
    """Read Markdown bytes."""
    text, troubles = decode(data)
    document = read_text(text)
    return Document(
        document.media_type, document.blocks, None, document.metadata,
        document.troubles + troubles, document.reader,
    )  # fmt: skip


def read_text(text: str) -> Document:
    """Read decoded Markdown."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    metadata: list[MetaValue] = []
    body = _front_matter(text, metadata)
    mender = Mender(body.split("\n"))
    drafts: list[Draft] = []
    for table, chunk in _tab_tables(body):
        if table:
            drafts.append(
                Draft("table", "t", cells=[line.split("\t") for line in chunk.split("\n")])
            )
        else:
            drafts.extend(_Walk(_parser().parse(chunk), mender).drafts)
    _one_column_tables(drafts)
    return assemble(MEDIA_TYPE, drafts, mender.glue, reader="markdown", metadata=metadata)


def _front_matter(text: str, metadata: list[MetaValue]) -> str:
    if not text.startswith("---\n"):
        return text
    end = text.find("\n---\n", 3, 20_000)
    if end < 0:
        return text
    import yaml

    try:
        loaded = yaml.safe_load(text[4 : end + 1]) if "&" not in text[:end] else None
    except yaml.YAMLError:
        return text
    if isinstance(loaded, dict):
        fields = {"author": "authors", "date": "year", "lang": "language"}
        for key, value in loaded.items():
            field = fields.get(str(key), str(key))
            if field not in ("title", "authors", "year", "doi", "language", "abstract", "keywords"):
                continue
            items = value if isinstance(value, list) else [value]
            said = "; ".join(
                str(item.get("name", "") if isinstance(item, dict) else item) for item in items
            )
            if field == "year":
                found = re.search(r"\d{4}", said)
                said = found.group() if found else ""
            metadata.append(MetaValue(field, said, "markdown:front-matter"))  # type: ignore[arg-type]
    return text[end + 5 :]


def _tab_tables(text: str) -> list[tuple[bool, str]]:
    """Cut the source into tables of tab-separated lines and Markdown."""
    if "\t" not in text:
        return [(False, text)]
    pieces: list[tuple[bool, str]] = []
    for group in re.split(r"\n[ ]*\n", text):
        lines = group.strip("\n").split("\n")
        table = len(lines) > 1 and all("\t" in line.strip(" ") for line in lines)
        if pieces and not table and not pieces[-1][0]:
            pieces[-1] = (False, pieces[-1][1] + "\n\n" + group)
        else:
            pieces.append((table, _TAG.sub("", "\n".join(lines)) if table else group))
    return pieces


def _one_column_tables(drafts: list[Draft]) -> None:
    """After a table's caption, a bold line and a line of text are a table of one column."""
    for before, draft in pairwise(drafts):
        if (
            before.kind == "paragraph"
            and is_caption(before.text)
            and draft.cells
            and draft.kind == "paragraph"
        ):
            draft.kind = "table"
    for draft in drafts:
        if draft.kind != "table":
            draft.cells = []


class _Walk:
    """Turns the parser's tokens into drafts."""

    def __init__(self, tokens: list[Token], mender: Mender) -> None:
        self.drafts: list[Draft] = []
        self.mender = mender
        self.tokens = tokens
        self.item = 0
        self.marker: str | None = None
        self._walk()

    def _walk(self) -> None:
        rows: list[list[str]] = []
        for i, token in enumerate(self.tokens):
            kind = token.type
            if kind == "list_item_open":
                self.item += 1
                self.marker = token.info + token.markup if token.info else None
            elif kind == "list_item_close":
                self.item -= 1
            elif kind == "footnote_open":
                self.note = str(int(token.meta["id"]) + 1)
                self.item = -100
            elif kind == "footnote_close":
                self.item = 0
            elif kind == "table_open":
                rows = []
            elif kind == "tr_open":
                rows.append([])
            elif kind == "table_close":
                self.drafts.append(Draft("table", "t", cells=rows, fixed=True))
            elif kind == "inline":
                self._inline(token, self.tokens[i - 1], rows)
            elif kind in ("fence", "code_block"):
                cells = [line.split() for line in token.content.splitlines() if line.strip()]
                self.drafts.append(Draft("table", "t", cells=cells, fixed=True))
            elif kind == "html_block":
                self._add("paragraph", visible_text(_COMMENT.sub(" ", token.content)))
            elif kind == "hr" and self.drafts:
                self.drafts[-1].loose = True

    def _inline(self, token: Token, opener: Token, rows: list[list[str]]) -> None:
        lines = self._lines(token.children or [])
        text = self.mender.join(lines)
        if opener.type in ("td_open", "th_open"):
            rows[-1].append(text)
        elif opener.type == "heading_open":
            self._add("heading", text, int(opener.tag[1]), fixed=True)
        else:
            bold = _all_bold(token)
            if bold and len(text) < 150 and self.item == 0 and not text.endswith((".", ",")):
                self._add("heading" if not is_caption(text) else "paragraph", text, 4)
                return
            self._add("paragraph", text)
            if len(lines) > 1 and "<b>" in token.content and self.drafts:
                self.drafts[-1].cells = [[line] for line in lines]
                if self.drafts[-1].kind != "paragraph":
                    self.drafts[-1].cells = []

    def _add(self, kind: str, text: str, level: int = 0, *, fixed: bool = False) -> None:
        if not text.strip():
            return
        if self.item < 0:
            self.drafts.append(Draft("note", text, marker=self.note, fixed=True))
        elif self.item > 0 and kind == "paragraph":
            marker = self.marker or ""
            number = marker if marker[:1].isdigit() else ""
            self.drafts.append(
                Draft(
                    "list_item",
                    f"{number} {text}" if number else text,
                    level=self.item,
                    loose=True,
                    fixed=bool(number),
                )
            )
            self.marker = None
        else:
            self.drafts.append(Draft(kind, text, level, fixed=fixed, loose=kind == "paragraph"))  # type: ignore[arg-type]

    def _lines(self, children: list[Token]) -> list[str]:
        """Return the visible text of an inline token, line by line."""
        lines, raised = [""], False
        for child in children:
            if child.type in ("softbreak", "hardbreak"):
                lines.append("")
            elif child.type == "html_inline":
                tag = child.content.casefold()
                raised = tag == "<sup>" or (raised and tag != "</sup>")
                if tag.startswith("<br"):
                    lines.append("")
            elif child.type in ("text", "code_inline", "text_special"):
                found = _SUP.match(child.content) if raised else None
                lines[-1] += raise_digits(found.group(1)) if found else child.content
            elif child.type == "footnote_ref":
                lines[-1] += raise_digits(str(int(child.meta["id"]) + 1))
        return [_ESCAPED.sub(r"\1", line) if "\\" in line else line for line in lines]


def _all_bold(token: Token) -> bool:
    children = [c for c in token.children or [] if c.type != "text" or c.content.strip()]
    return (
        len(children) >= 3
        and children[0].type == "strong_open"
        and children[-1].type == "strong_close"
        and sum(c.type == "strong_open" for c in children) == 1
    )

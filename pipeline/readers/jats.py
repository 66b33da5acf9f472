"""JATS XML, as journals and PubMed Central give it."""

from __future__ import annotations

import re

from pipeline.document import Document, MetaValue
from pipeline.errors import ReadError
from pipeline.readers.assemble import assemble
from pipeline.readers.draft import Draft
from pipeline.readers.hyphens import Mender
from pipeline.readers.notes import raise_digits
from pipeline.readers.safe_xml import Element, local, parse

MEDIA_TYPE = "application/jats+xml"
_MAX_DEPTH = 80
_BLOCK = frozenset({
    "p", "sec", "list", "list-item", "disp-quote", "table-wrap", "fig", "boxed-text",
    "disp-formula", "fn", "def-list", "verse-group", "supplementary-material", "statement",
})  # fmt: skip
_SPACED = frozenset({
    "label", "title", "td", "th", "p", "break", "name", "surname", "given-names", "year",
    "source", "article-title", "person-group", "string-name", "collab", "publisher-name",
    "publisher-loc", "volume", "issue", "fpage", "lpage", "pub-id", "ext-link", "comment",
    "edition", "chapter-title", "etal",
})  # fmt: skip


def read(data: bytes, name: str) -> Document:
    """Read a JATS article."""
    root = parse(data, "The JATS article")
    article = next((e for e in root.iter() if local(e) == "article"), None)
    if article is None:
        raise ReadError("damaged", "JATS XML without an <article>; expected one.")
    walk = _Walk()
    values: list[MetaValue] = []
    for part in article:
        kind = local(part)
        if kind == "front":
            _front(part, walk, values)
        elif kind in ("body", "back", "floats-group"):
            walk.children(part, 1, 0)
    language = article.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language:
        values.append(MetaValue("language", language, "jats:lang"))
    return assemble(
        MEDIA_TYPE, walk.drafts + walk.notes, Mender([]).glue, reader="jats", metadata=values
    )


def _front(front: Element, walk: _Walk, values: list[MetaValue]) -> None:
    def add(field: str, text: str) -> None:
        if text.strip():
            values.append(MetaValue(field, " ".join(text.split()), "jats:front"))  # type: ignore[arg-type]

    meta = next((e for e in front.iter() if local(e) == "article-meta"), front)
    title = next((e for e in meta.iter() if local(e) == "article-title"), None)
    if title is not None:
        add("title", inline(title))
        walk.drafts.append(Draft("title", inline(title), fixed=True))
    names = [
        _name(contrib)
        for contrib in meta.iter()
        if local(contrib) == "contrib" and contrib.get("contrib-type", "author") == "author"
    ]
    names = [name for name in names if name]
    if names:
        add("authors", "; ".join(names))
        walk.drafts.append(Draft("authors", ", ".join(names), fixed=True))
    for element in meta.iter():
        kind = local(element)
        if kind == "article-id" and element.get("pub-id-type") == "doi":
            add("doi", inline(element))
        elif kind == "pub-date":
            add("year", "".join(inline(e) for e in element if local(e) == "year"))
        elif kind == "abstract":
            walk.drafts.append(Draft("heading", "Abstract", 1, fixed=True))
            paragraphs = [e for e in element.iter() if local(e) == "p"]
            walk.drafts.extend(Draft("abstract", inline(p), fixed=True) for p in paragraphs)
            add("abstract", " ".join(inline(p) for p in paragraphs))
        elif kind == "kwd-group":
            words = [inline(e).strip() for e in element if local(e) == "kwd"]
            if words:
                add("keywords", "; ".join(words))
                walk.drafts.append(Draft("keywords", "Keywords: " + "; ".join(words), fixed=True))


def _name(contrib: Element) -> str:
    for element in contrib.iter():
        if local(element) == "name":
            parts = {local(e): inline(e).strip() for e in element}
            return " ".join(p for p in (parts.get("given-names"), parts.get("surname")) if p)
        if local(element) in ("string-name", "collab"):
            return " ".join(inline(element).split())
    return ""


class _Walk:
    """Goes through body and back matter in order."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.notes: list[Draft] = []

    def children(self, parent: Element, level: int, depth: int) -> None:
        if depth > _MAX_DEPTH:
            return
        for element in parent:
            self._one(element, level, depth)

    def _one(self, element: Element, level: int, depth: int) -> None:  # noqa: PLR0912 - one branch per element
        kind = local(element)
        if kind in ("sec", "ack", "app", "app-group", "boxed-text", "statement", "floats-group"):
            if kind == "ack" and not any(local(e) == "title" for e in element):
                self.drafts.append(Draft("heading", "Acknowledgements", 1, fixed=True))
            self.children(
                element, level + (kind == "sec" and local(element.getparent()) == "sec"), depth + 1
            )
        elif kind == "title":
            label = next((inline(e) for e in element.getparent() if local(e) == "label"), "")
            self._add("heading", f"{label} {inline(element)}".strip(), level)
        elif kind == "p":
            self._paragraph(element, level, depth)
        elif kind in ("list", "def-list"):
            for item in element:
                if local(item) in ("list-item", "def-item"):
                    self._add("list_item", inline(item), 1)
        elif kind == "table-wrap":
            self._table(element)
        elif kind == "fig":
            self._add(
                "caption", " ".join(inline(e) for e in element if local(e) in ("label", "caption"))
            )
        elif kind == "fn":
            self._note(element)
        elif kind in (
            "fn-group",
            "disp-quote",
            "fig-group",
            "sec-group",
            "bio",
            "glossary",
            "notes",
        ):
            self.children(element, level, depth + 1)
        elif kind == "ref-list":
            title = next((inline(e) for e in element if local(e) == "title"), "References")
            self.drafts.append(Draft("heading", title, 1, fixed=True))
            for ref in element.iter():
                if local(ref) == "ref":
                    self._add("reference", inline(ref))
        elif kind == "disp-formula":
            self._add("paragraph", inline(element))

    def _add(self, kind: str, text: str, level: int = 0) -> None:
        if text.strip():
            self.drafts.append(Draft(kind, text, level, fixed=True))  # type: ignore[arg-type]

    def _paragraph(self, element: Element, level: int, depth: int) -> None:
        """Add a paragraph; lists and tables inside it become blocks of their own."""
        inside = [e for e in element if local(e) in _BLOCK and local(e) != "p"]
        notes = [e for e in element.iter() if local(e) == "fn"]
        self._add("paragraph", inline(element, skip=frozenset(id(e) for e in inside)))
        for block in inside:
            if local(block) != "fn":
                self._one(block, level, depth + 1)
        for note in notes:
            self._note(note)

    def _note(self, element: Element) -> None:
        label = next((inline(e).strip() for e in element if local(e) == "label"), None)
        text = " ".join(inline(e) for e in element if local(e) != "label")
        if text.strip():
            self.notes.append(Draft("note", text, marker=label or None, fixed=True))

    def _table(self, wrap: Element) -> None:
        self._add("caption", " ".join(inline(e) for e in wrap if local(e) in ("label", "caption")))
        rows = [
            [" ".join(inline(cell).split()) for cell in row if local(cell) in ("td", "th")]
            for row in wrap.iter()
            if local(row) == "tr"
        ]
        width = max((len(row) for row in rows), default=0)
        if width:
            cells = [row + [""] * (width - len(row)) for row in rows]
            self.drafts.append(Draft("table", "t", cells=cells, fixed=True))


def inline(element: Element, skip: frozenset[int] = frozenset()) -> str:
    """Return an element's text; raised numbers that point to notes become superscripts."""
    parts: list[str] = []
    stack: list[Element | str] = [element]
    root = element
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        kind = local(item)
        tail = item.tail if item is not root else ""
        if (
            not kind
            or id(item) in skip
            or (kind in ("fn", "table-wrap", "fig") and item is not root)
        ):
            stack.append(tail or "")
            continue
        if kind == "xref" and item.get("ref-type") in ("fn", "table-fn"):
            number = re.sub(r"\D", "", "".join(item.itertext()))
            parts.append(raise_digits(number))
            stack.append(tail or "")
            continue
        gap = " " if kind in _SPACED else ""
        stack.append((gap if kind not in ("sup", "sub") else "") + (tail or ""))
        stack.extend(reversed(list(item)))
        stack.append(gap + (item.text or ""))
    return re.sub(r"\s+([,.;:)])", r"\1", " ".join("".join(parts).split()))

"""TEI XML, as GROBID and digital editions give it."""

from __future__ import annotations

from pipeline.document import Document, MetaValue
from pipeline.errors import ReadError
from pipeline.readers.assemble import assemble
from pipeline.readers.draft import Draft
from pipeline.readers.hyphens import Mender
from pipeline.readers.jats import inline
from pipeline.readers.notes import raise_digits
from pipeline.readers.safe_xml import Element, local, parse

MEDIA_TYPE = "application/tei+xml"
_MAX_DEPTH = 80


def read(data: bytes, name: str) -> Document:
    """Read a TEI document."""
    root = parse(data, "The TEI document")
    header = next((e for e in root.iter() if local(e) == "teiHeader"), None)
    text = next((e for e in root.iter() if local(e) == "text"), None)
    if text is None:
        raise ReadError("damaged", "TEI XML without a <text>; expected one.")
    walk = _Walk()
    values: list[MetaValue] = []
    if header is not None:
        _header(header, walk, values)
    language = text.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get(
        "{http://www.w3.org/XML/1998/namespace}lang"
    )
    if language:
        values.append(MetaValue("language", language, "tei:lang"))
    for part in text:
        if local(part) in ("front", "body", "back", "group"):
            walk.children(part, 1, 0)
    return assemble(
        MEDIA_TYPE, walk.drafts + walk.notes, Mender([]).glue, reader="tei", metadata=values
    )


def _header(header: Element, walk: _Walk, values: list[MetaValue]) -> None:
    def add(field: str, text: str) -> None:
        if text.strip():
            values.append(MetaValue(field, " ".join(text.split()), "tei:header"))  # type: ignore[arg-type]

    statement = next((e for e in header.iter() if local(e) == "titleStmt"), header)
    title = next((e for e in statement.iter() if local(e) == "title"), None)
    if title is not None and inline(title).strip():
        add("title", inline(title))
        walk.drafts.append(Draft("title", inline(title), fixed=True))
    source = next((e for e in header.iter() if local(e) == "sourceDesc"), header)
    names = [
        _person(e) for scope in (source, statement) for e in scope.iter() if local(e) == "author"
    ]
    names = list(dict.fromkeys(name for name in names if name))
    if names:
        add("authors", "; ".join(names))
        walk.drafts.append(Draft("authors", ", ".join(names), fixed=True))
    for element in header.iter():
        kind = local(element)
        if kind == "idno" and (element.get("type") or "").casefold() == "doi":
            add("doi", inline(element))
        elif kind == "date" and (element.get("when") or "")[:4].isdigit():
            add("year", element.get("when")[:4])
        elif kind == "keywords":
            words = [inline(e) for e in element.iter() if local(e) in ("term", "item")]
            add("keywords", "; ".join(words))
            if words:
                walk.drafts.append(Draft("keywords", "Keywords: " + "; ".join(words), fixed=True))
        elif kind == "abstract":
            texts = [inline(e) for e in element.iter() if local(e) == "p"] or [inline(element)]
            texts = [text for text in texts if text.strip()]
            add("abstract", " ".join(texts))
            if texts:
                walk.drafts.append(Draft("heading", "Abstract", 1, fixed=True))
                walk.drafts.extend(Draft("abstract", text, fixed=True) for text in texts)


def _person(author: Element) -> str:
    parts = [inline(e).strip() for e in author.iter() if local(e) in ("forename", "surname")]
    return " ".join(parts) if parts else inline(author).strip()


class _Walk:
    """Goes through the text in order."""

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
        if kind == "head":
            number = element.get("n") or ""
            dotted = number.strip(".").count(".") + 1 if number else level
            self._add("heading", f"{number} {inline(element)}".strip(), dotted)
        elif kind in ("p", "ab", "l"):
            self._paragraph(element, level, depth)
        elif kind == "list":
            for item in element:
                if local(item) == "item":
                    self._add("list_item", inline(item), 1)
                elif local(item) == "head":
                    self._one(item, level, depth + 1)
        elif kind == "listBibl":
            if not any(d.kind == "heading" for d in self.drafts[-1:]):
                self._add("heading", "References", 1)
            for item in element:
                if local(item) in ("bibl", "biblStruct", "biblFull"):
                    self._add("reference", _entry(item))
        elif kind == "note":
            self._note(element)
        elif kind == "figure":
            self._figure(element)
        elif kind == "table":
            self._table(element)
        elif kind == "formula":
            self._add("paragraph", inline(element))
        elif kind:
            self.children(element, level + (kind.startswith("div") and depth > 0), depth + 1)

    def _add(self, kind: str, text: str, level: int = 0) -> None:
        if text.strip():
            self.drafts.append(Draft(kind, text, level, fixed=True))  # type: ignore[arg-type]

    def _paragraph(self, element: Element, level: int, depth: int) -> None:
        inside = [e for e in element if local(e) in ("list", "figure", "table", "note")]
        for note in inside:
            if local(note) == "note" and note.get("n", "").isdigit():
                note.tail = raise_digits(note.get("n")) + (note.tail or "")
        self._add("paragraph", inline(element, skip=frozenset(id(e) for e in inside)))
        for block in inside:
            self._one(block, level, depth + 1)

    def _note(self, element: Element) -> None:
        if inline(element).strip():
            self.notes.append(
                Draft("note", inline(element), marker=element.get("n") or None, fixed=True)
            )

    def _figure(self, element: Element) -> None:
        said = [inline(e) for e in element if local(e) in ("head", "label", "figDesc")]
        if said and said[0] and len(said) > 2 and said[1] in said[0]:
            said.pop(1)
        self._add("caption", " ".join(said))
        for table in element:
            if local(table) == "table":
                self._table(table)

    def _table(self, table: Element) -> None:
        rows = [
            [" ".join(inline(cell).split()) for cell in row if local(cell) == "cell"]
            for row in table.iter()
            if local(row) == "row"
        ]
        width = max((len(row) for row in rows), default=0)
        if width:
            cells = [row + [""] * (width - len(row)) for row in rows]
            self.drafts.append(Draft("table", "t", cells=cells, fixed=True))


def _entry(item: Element) -> str:
    """Return a reference as one line; a structured one is spelt out in the usual order."""
    raw = next(
        (inline(e) for e in item.iter() if local(e) == "note" and e.get("type") == "raw_reference"),
        "",
    )
    if raw or local(item) == "bibl":
        return raw or inline(item)
    authors = ", ".join(
        filter(None, (_person(e) for e in item.iter() if local(e) in ("author", "editor")))
    )
    year = next((e.get("when", "")[:4] or inline(e) for e in item.iter() if local(e) == "date"), "")
    titles = [inline(e).strip() for e in item.iter() if local(e) == "title"]
    pages = [
        (e.get("from") and e.get("to") and f"{e.get('from')}–{e.get('to')}") or inline(e)
        for e in item.iter()
        if local(e) == "biblScope"
    ]
    doi = next(
        (
            inline(e)
            for e in item.iter()
            if local(e) == "idno" and (e.get("type") or "").casefold() == "doi"
        ),
        "",
    )
    parts = [f"{authors} ({year})" if year else authors, *titles, ", ".join(filter(None, pages))]
    return ". ".join(part for part in parts if part) + (f". doi:{doi}" if doi else "")

"""Word (.docx): what the page shows. Deleted, hidden, header and footer text is left out."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field

from pipeline.document import Document, MetaValue, Trouble
from pipeline.errors import ReadError
from pipeline.readers.assemble import assemble
from pipeline.readers.draft import Draft
from pipeline.readers.headings import find_headings
from pipeline.readers.hyphens import Mender
from pipeline.readers.notes import raise_digits
from pipeline.readers.safe_xml import Element, local, parse
from pipeline.readers.word_styles import Style, Styles, shaded, unseen
from pipeline.readers.zips import open_zip, read_member

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CORE = {"title": "title", "creator": "authors", "keywords": "keywords", "language": "language"}
_INLINE = frozenset({
    "hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "oMath",
    "oMathPara", "customXml", "dir", "bdo", "ruby", "rubyBase",
})  # fmt: skip
_SKIP = frozenset(
    {"del", "moveFrom", "rPr", "pPr", "instrText", "delText", "rt", "annotationRef", "Fallback"}
)
_MAX_DEPTH = 60


@dataclass(slots=True)
class _Inline:
    """The visible text of one paragraph with what is needed to judge its kind.

    `bare` says that it stands on the paper's own white, so that white words are unseen.
    """

    text: list[str] = field(default_factory=list)
    bold: int = 0
    letters: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    bare: bool = False


def read(data: bytes, name: str) -> Document:
    """Read a Word file."""
    archive = open_zip(data)
    parts = {info.filename: info for info in archive.infolist()}
    main: str | None = "word/document.xml" if "word/document.xml" in parts else None
    if main is None:
        main = next((p for p in parts if re.fullmatch(r"word/document\d*\.xml", p)), None)
    if main is None:
        raise ReadError(
            "damaged", "A Word file without word/document.xml; open it in Word and save it again."
        )
    troubles: list[Trouble] = []
    root = parse(read_member(archive, parts[main]), "The Word document")
    walk = _Walk(
        Styles(_optional(archive, parts, "word/styles.xml", troubles)),
        {
            kind: _notes(_optional(archive, parts, f"word/{kind}s.xml", troubles), kind)
            for kind in ("footnote", "endnote")
        },
    )
    body = root.find(f"{W}body")
    walk.children(root if body is None else body, 0)
    drafts = walk.drafts + walk.end
    _bold_headings(walk)
    if not any(draft.kind == "heading" for draft in drafts):
        find_headings(drafts)
    mender = Mender(draft.text for draft in drafts)
    return assemble(
        MEDIA_TYPE, drafts, mender.glue, reader="word", troubles=troubles,
        metadata=_core(_optional(archive, parts, "docProps/core.xml", troubles)),
    )  # fmt: skip


def _optional(
    archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], name: str, troubles: list[Trouble]
) -> Element | None:
    if name not in parts:
        return None
    try:
        return parse(read_member(archive, parts[name]), name)
    except ReadError as error:
        troubles.append(Trouble("damaged_part", f"{name} was left out: {error.detail}"))
        return None


def _core(root: Element | None) -> list[MetaValue]:
    values: list[MetaValue] = []
    for element in root if root is not None else ():
        key, text = local(element), (element.text or "").strip()
        if key in _CORE and text:
            values.append(MetaValue(_CORE[key], text, "docx:core"))  # type: ignore[arg-type]
        elif key == "created" and re.match(r"\d{4}", text):
            values.append(MetaValue("year", text[:4], "docx:core"))
    return values


def _notes(root: Element | None, kind: str) -> dict[str, Element]:
    if root is None:
        return {}
    return {
        note.get(f"{W}id", ""): note
        for note in root.iterfind(f"{W}{kind}")
        if note.get(f"{W}type") not in ("separator", "continuationSeparator", "continuationNotice")
    }


class _Walk:
    """Goes through the body in order and builds drafts."""

    def __init__(self, styles: Styles, notes: dict[str, dict[str, Element]]) -> None:
        self.styles, self.notes = styles, notes
        self.drafts: list[Draft] = []
        self.end: list[Draft] = []
        self.bold: set[int] = set()
        self.numbers: dict[tuple[str, str], str] = {}

    def children(self, parent: Element, depth: int) -> None:
        """Take the block elements of a body, cell or text box."""
        if depth > _MAX_DEPTH:
            return
        for element in parent:
            kind = local(element)
            if kind == "p":
                self._paragraph(element, depth)
            elif kind == "tbl":
                self._table(element, depth)
            elif kind in ("sdt", "sdtContent", "ins", "customXml", "smartTag", "moveTo"):
                self.children(element, depth + 1)
            elif kind == "AlternateContent":
                for choice in element:
                    if local(choice) == "Choice":
                        self.children(choice, depth + 1)
                        break

    def _paragraph(self, element: Element, depth: int) -> None:
        properties = element.find(f"{W}pPr")
        style = self.styles.of(properties)
        inline = _Inline()
        inline.bare = depth == 0 and not shaded(properties)
        self._runs(element, inline, style.hidden, style.bold, 0)
        text = "".join(inline.text)
        if text.strip():
            draft = _draft(text, style, properties)
            if inline.bold >= 0.95 * max(inline.letters, 1) and draft.kind == "paragraph":
                self.bold.add(id(draft))
            self.drafts.append(draft)
        for kind, number in inline.notes:
            self._note(kind, number)
        for box in inline.boxes:
            self.children(box, depth + 1)

    def _table(self, table: Element, depth: int) -> None:
        rows: list[list[str]] = []
        single: list[Element] = []
        for row in table.iter(f"{W}tr"):
            if _owner(row, "tbl") is not table:
                continue
            cells: list[str] = []
            for cell in row.iter(f"{W}tc"):
                if _owner(cell, "tr") is not row:
                    continue
                single.append(cell)
                span, merged = _span(cell)
                text = "" if merged else self._cell(cell)
                cells.extend([text] + [""] * (span - 1))
            rows.append(cells)
        if len(single) == 1:  # a frame around text, not a table
            self.children(single[0], depth + 1)
            return
        width = max((len(row) for row in rows), default=0)
        rows = [row + [""] * (width - len(row)) for row in rows]
        if any(any(cell.strip() for cell in row) for row in rows):
            self.drafts.append(Draft("table", "t", cells=rows, fixed=True))

    def _cell(self, cell: Element) -> str:
        parts = []
        for paragraph in cell.iter(f"{W}p"):
            inline = _Inline()
            style = self.styles.of(paragraph.find(f"{W}pPr"))
            self._runs(paragraph, inline, style.hidden, style.bold, 0)
            parts.append("".join(inline.text).strip())
        return " ".join(part for part in parts if part)

    def _note(self, kind: str, number: str) -> None:
        source = self.notes[kind].get(number)
        if source is None:
            return
        inline = _Inline()
        for paragraph in source.iter(f"{W}p"):
            self._runs(paragraph, inline, False, False, 0)
            inline.text.append(" ")
        note = Draft("note", "".join(inline.text), marker=self.numbers[(kind, number)], fixed=True)
        (self.end if kind == "endnote" else self.drafts).append(note)

    def _runs(self, parent: Element, into: _Inline, hidden: bool, bold: bool, depth: int) -> None:
        for element in parent:
            kind = local(element)
            if kind == "r":
                self._run(element, into, hidden, bold)
            elif kind in _INLINE and depth < _MAX_DEPTH:
                self._runs(element, into, hidden, bold, depth + 1)
            elif kind == "t" or (
                kind
                in (
                    "f",
                    "num",
                    "den",
                    "sup",
                    "sub",
                    "e",
                    "sSup",
                    "sSub",
                    "d",
                    "nary",
                    "rad",
                    "func",
                    "fName",
                    "acc",
                    "eqArr",
                )
                and depth < _MAX_DEPTH
            ):
                if kind == "t" and not hidden:
                    into.text.append(element.text or "")
                else:
                    self._runs(element, into, hidden, bold, depth + 1)

    def _run(self, run: Element, into: _Inline, hidden: bool, bold: bool) -> None:
        properties = run.find(f"{W}rPr")
        if self.styles.run_hidden(properties, hidden) or unseen(properties, into.bare):
            return
        bold = self.styles.run_bold(properties, bold)
        for element in run:
            kind = local(element)
            if kind == "t":
                text = element.text or ""
                into.text.append(text)
                into.letters += len(text.strip())
                into.bold += len(text.strip()) if bold else 0
            elif kind in ("tab", "br", "cr", "ptab"):
                into.text.append(" ")
            elif kind == "noBreakHyphen":
                into.text.append("-")
            elif kind in ("footnoteReference", "endnoteReference"):
                note = kind.removesuffix("Reference")
                number = element.get(f"{W}id", "")
                key = (note, number)
                known = sum(k[0] == note for k in self.numbers)
                self.numbers.setdefault(key, str(known + 1))
                into.notes.append(key)
                into.text.append(raise_digits(self.numbers[key]))
            elif kind in ("drawing", "pict", "AlternateContent", "object"):
                into.boxes.extend(_boxes(element))


def _owner(element: Element, kind: str) -> Element | None:
    """Return the nearest ancestor of a kind: cells of a table inside a cell are not our cells."""
    node = element.getparent()
    while node is not None and local(node) != kind:
        node = node.getparent()
    return node


def _span(cell: Element) -> tuple[int, bool]:
    """Return the columns a cell covers and whether it only carries on the cell above."""
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        return 1, False
    grid, merge = properties.find(f"{W}gridSpan"), properties.find(f"{W}vMerge")
    said = grid.get(f"{W}val", "1") if grid is not None else "1"
    span = min(int(said), 200) if said.isdigit() else 1
    return max(span, 1), merge is not None and merge.get(f"{W}val") != "restart"


def _boxes(element: Element) -> list[Element]:
    """Return the text boxes of a drawing, each once (not the fallback for old programs)."""
    found, stack = [], [element]
    while stack:
        node = stack.pop()
        kind = local(node)
        if kind == "txbxContent":
            found.append(node)
        elif kind != "Fallback":
            stack.extend(reversed(list(node)))
    return found


def _draft(text: str, style: Style, properties: Element | None) -> Draft:  # noqa: PLR0911 - one way out per case
    if style.heading is not None:
        if style.heading == 0:
            return Draft("title", text, fixed=True)
        return Draft("heading", text, style.heading, fixed=True)
    if style.name == "subtitle":
        return Draft("front", text, fixed=True)
    if "caption" in style.name:
        return Draft("caption", text, fixed=True)
    if style.name.startswith("toc"):
        return Draft("front", re.sub(r"\s*[.…]*\s*\d{1,4}$", "", text), fixed=True)
    if style.name.startswith(("footnote text", "endnote text")):
        return Draft("note", text, fixed=True)
    numbered = properties is not None and properties.find(f"{W}numPr") is not None
    if numbered or style.name.startswith("list"):
        return Draft("list_item", text, 1, fixed=True)
    return Draft("paragraph", text)


def _bold_headings(walk: _Walk) -> None:
    """Where an author marked headings by hand, short bold paragraphs before prose are headings."""
    drafts = walk.drafts
    for i, draft in enumerate(drafts[:-1]):
        text = draft.text.strip()
        if id(draft) in walk.bold and 2 < len(text) < 120 and not text.endswith((".", ",", ";")):
            following = drafts[i + 1]
            if following.kind in ("paragraph", "list_item", "table") or following.kind == "heading":
                draft.kind, draft.level = "heading", 4

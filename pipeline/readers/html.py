"""Web pages: the main content as seen, without navigation, scripts and hidden elements."""

from __future__ import annotations

import re
from typing import Any

from pipeline.document import BlockKind, Document, MetaValue
from pipeline.readers.assemble import assemble
from pipeline.readers.decode import decode
from pipeline.readers.draft import Draft
from pipeline.readers.html_main import Hidden, drop_page_foot, main_content
from pipeline.readers.html_meta import metadata
from pipeline.readers.hyphens import Mender
from pipeline.readers.notes import raise_digits

MEDIA_TYPE = "text/html"
_CHARSET = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE
)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.-]{2,40})""")
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
    "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header",
    "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "td",
    "tfoot", "th", "thead", "tr", "ul", "caption", "legend", "hgroup", "search", "dialog",
})  # fmt: skip
_KINDS: dict[str, BlockKind] = {
    "li": "list_item",
    "dd": "list_item",
    "dt": "list_item",
    "figcaption": "caption",
    "caption": "caption",
}
_NUMBER = re.compile(r"^\s*\[?(\d{1,3})\]?\s*$")
_NOTE_LINK = re.compile(r"#(?:fn|footnote|_ftn|note|endnote|_edn)", re.IGNORECASE)
_JUMP = re.compile(
    r"^\s*(?:back to (?:the )?top|skip to (?:main )?content|jump to (?:navigation|search)"
    r"|top of page|↑|print this page)\s*$",
    re.IGNORECASE,
)
_NOTE_ID = re.compile(r"^(?:fn|footnote|_ftn|_edn|endnote)[-_:]?(\d{1,3})$", re.IGNORECASE)


def read(data: bytes, name: str) -> Document:
    """Read an HTML page of any encoding."""
    from selectolax.lexbor import LexborHTMLParser

    found = _CHARSET.search(data[:4096]) or _XML_ENCODING.match(data[:200])
    text, troubles = decode(data, found.group(1).decode("ascii") if found else None)
    tree = LexborHTMLParser(_flat(text.replace("\x00", "")))
    values = metadata(tree)
    hidden = Hidden(tree)
    body = tree.body if tree.body is not None else tree.root
    walk = _Walk(hidden)
    if body is not None:
        walk.walk(main_content(body, hidden))
    drafts = walk.drafts
    drop_page_foot(drafts)
    _title(drafts, values)
    return assemble(
        MEDIA_TYPE, drafts, Mender([]).glue, reader="html", metadata=values, troubles=troubles
    )


def visible_text(fragment: str) -> str:
    """Return the words that a reader sees of a piece of HTML inside another format."""
    if "<" not in fragment:
        return fragment
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(_flat(fragment.replace("\x00", "")))
    return _visible(tree.body, Hidden(tree)) if tree.body is not None else ""


_TAG = re.compile(
    r"<(/?)(div|span|font|b|i|u|em|strong|center|section|article|blockquote|table|ul|ol|dl|form|small|big|a)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_DEEPEST = 400


def _flat(text: str) -> str:
    """Drop tags nested deeper than any page needs: parsing takes the square of the depth."""
    if len(re.findall(r"<[a-zA-Z]", text)) - text.count("</") < 4000:
        return text
    depth = 0

    def keep(found: re.Match[str]) -> str:
        nonlocal depth
        depth = max(0, depth + (-1 if found.group(1) else 1))
        return found.group() if depth < _DEEPEST else " "

    return _TAG.sub(keep, text)


def _title(drafts: list[Draft], values: list[MetaValue]) -> None:
    """Make the first main heading of a page its title."""
    first = next((d for d in drafts if d.kind == "heading"), None)
    if (
        first is not None
        and first.level == 1
        and sum(d.kind == "heading" and d.level == 1 for d in drafts) == 1
    ):
        first.kind, first.level = "title", 0


class _Walk:
    """Goes through the elements in order without recursion, so that no nesting is too deep."""

    def __init__(self, hidden: Hidden) -> None:
        self.hidden = hidden
        self.drafts: list[Draft] = []
        self.text: list[str] = []
        self.open: list[Any] = []

    def walk(self, root: Any) -> None:  # noqa: PLR0912 - one branch per element
        """Collect the drafts of everything visible below the root."""
        # A stack of (node, leaving): an element comes twice, before and after its children.
        stack: list[tuple[Any, bool]] = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            tag = node.tag
            if leaving:
                if tag in _BLOCKS:
                    self._close()
                    self.open.pop()
                elif tag in ("sup", "sub"):
                    self._raised(node)
                continue
            if tag == "-text":
                if node.text_content:
                    self.text.append(node.text_content)
                continue
            if tag.startswith(("-", "_", "!")) or self.hidden.skips(node):
                continue
            if tag == "br":
                self.text.append("\n")
                continue
            if tag == "td" and _only_links(node):
                continue
            if tag == "table" and self._is_data(node):
                self._close()
                self._table(node)
                continue
            if tag in _BLOCKS:
                self._close()
                self.open.append(node)
            elif tag == "sup":
                self.text.append("\x00")
            elif tag in ("img", "input"):
                continue
            elif tag in ("button", "option"):
                self.text.append(" ")
            stack.append((node, True))
            children = []
            child = node.child
            while child is not None:
                children.append(child)
                child = child.next
            stack.extend((c, False) for c in reversed(children))
        self._close()

    def _raised(self, node: Any) -> None:
        """Make a raised number that points to a note a superscript."""
        if node.tag != "sup":
            return
        at = len(self.text) - 1
        while at >= 0 and self.text[at] != "\x00":
            at -= 1
        inner = "".join(self.text[at + 1 :])
        found = _NUMBER.match(inner)
        link = node.css_first("a")
        points = link is not None and _NOTE_LINK.search(link.attributes.get("href") or "")
        plain = found is not None and "[" not in inner
        self.text[at:] = [raise_digits(found.group(1)) if found and (points or plain) else inner]

    def _close(self) -> None:
        """End the running block with the text gathered so far."""
        raw = "".join(self.text).replace("\x00", "")
        if _JUMP.match(raw):
            raw = ""
        self.text.clear()
        if not raw.strip():
            return
        tags = [node.tag for node in self.open]
        tag = next(
            (
                t
                for t in reversed(tags)
                if t in _KINDS
                or t in ("p", "blockquote", "pre")
                or (t[0] == "h" and t[1:].isdigit())
            ),
            "",
        )
        if tag[:1] == "h" and tag[1:].isdigit():
            self.drafts.append(Draft("heading", raw, int(tag[1]), fixed=True))
            return
        kind: BlockKind = _KINDS.get(tag, "paragraph")
        if "li" in tags and kind == "paragraph":
            kind = "list_item"
        if kind == "list_item":
            note = self._note_marker()
            if note:
                self.drafts.append(
                    Draft("note", raw.replace("↩", "").strip("^ \n"), marker=note, fixed=True)
                )
                return
        level = sum(t in ("ul", "ol", "dl") for t in tags) or 1
        self.drafts.append(
            Draft(kind, raw, level if kind == "list_item" else 0, fixed=kind != "paragraph")
        )

    def _note_marker(self) -> str | None:
        for node in reversed(self.open):
            if node.tag == "li":
                found = _NOTE_ID.match(node.attributes.get("id") or "")
                return found.group(1) if found else None
        return None

    def _is_data(self, table: Any) -> bool:
        """Say whether a table holds data rather than the page's layout."""
        if (table.attributes.get("role") or "") in ("presentation", "none"):
            return False
        if len(table.css("table")) > 1 or table.css_first("h1, h2, h3") is not None:
            return False  # css() counts the table itself
        if len(table.css("p")) > 2 * len(table.css("td, th")):
            return False
        cells = table.css("td, th")
        rows = table.css("tr")
        if len(rows) < 2 or len(cells) < 2 * len(rows) * 0.75:
            return False
        lengths = sorted(len(cell.text(deep=True, strip=True)) for cell in cells)
        return lengths[-1] < 1500 or (
            lengths[len(lengths) // 2] > 0 and table.css_first("th") is not None
        )

    def _table(self, table: Any) -> None:
        caption = table.css_first("caption")
        if caption is not None and (said := caption.text(deep=True).strip()):
            self.drafts.append(Draft("caption", said, fixed=True))
        rows = []
        for row in table.css("tr"):
            cells: list[str] = []
            for cell in row.css("td, th"):
                if self.hidden.skips(cell):
                    continue
                walk = _Walk(self.hidden)
                walk.text = []
                text = " ".join(_visible(cell, self.hidden).split())
                span = cell.attributes.get("colspan") or "1"
                cells.extend([text] + [""] * (min(int(span), 100) - 1 if span.isdigit() else 0))
            rows.append(cells)
        width = max((len(row) for row in rows), default=0)
        if any(any(row) for row in rows):
            self.drafts.append(
                Draft(
                    "table",
                    "t",
                    cells=[row + [""] * (width - len(row)) for row in rows],
                    fixed=True,
                )
            )


def _only_links(cell: Any) -> bool:
    """Say whether a cell of a layout table is a menu: links, and little else."""
    links = cell.css("a[href]")
    if len(links) < 3 or cell.css_first("p, h1, h2, h3, table") is not None:
        return False
    linked = sum(len(link.text(deep=True, strip=True)) for link in links)
    return linked > 0.4 * len(cell.text(deep=True, strip=True))


def _visible(node: Any, hidden: Hidden) -> str:
    walk = _Walk(hidden)
    walk.walk(node)
    return " ".join(
        draft.text if not draft.cells else " ".join(" ".join(r) for r in draft.cells)
        for draft in walk.drafts
    )

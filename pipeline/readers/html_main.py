"""What of a web page is its content: hidden elements and the frame around it left out."""

from __future__ import annotations

import re
from typing import Any

from pipeline.readers.draft import Draft
from pipeline.readers.lexicon import words

_NEVER = frozenset({
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "canvas",
    "audio",
    "video", "head", "link", "meta", "select", "textarea", "datalist", "map", "nav", "dialog",
    "math-x",
    "button", "menu", "progress", "meter",
})  # fmt: skip
_ROLES = frozenset({
    "navigation", "banner", "contentinfo", "search", "menu", "menubar", "dialog", "alertdialog",
    "tablist", "toolbar",
})  # fmt: skip
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|em|pt|%)?\s*(?:;|$|!)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01]|clip-path\s*:\s*inset\(\s*(?:50|100)%"
    r"|(?:^|[;\s{])(?:max-)?height\s*:\s*[01](?:px)?\s*;[^}]{0,200}overflow\s*:\s*hidden",
    re.IGNORECASE,
)
_WHITE = re.compile(r"(?:^|[;\s])color\s*:\s*(?:white|#fff(?:fff)?)\b", re.IGNORECASE)
_GROUND = re.compile(r"background", re.IGNORECASE)
_AWAY = re.compile(r"(?:left|top|text-indent)\s*:\s*-\d{4,}px", re.IGNORECASE)
_RULE = re.compile(r"([^{}@]{1,300})\{([^{}]{0,600})\}")
_SIMPLE = re.compile(r"^([.#])([\w-]{1,80})$")
_CHROME = re.compile(
    r"^(?:(?:site|page|global|main|top|primary|secondary|skip)[-_]?)?(?:nav|navbar|navigation|menu|breadcrumbs?|cookies?|cookie[-_]?(?:banner|notice|consent)|"
    r"sidebar|social|social[-_]?(?:share|links|media)|share|sharing|(?:(?:site|page|global|main)[-_]?)?foot(?:er)?|colophon|copyright|site[-_]?info|page[-_]?bottom|related(?:[-_]?(?:posts|articles|content))?|comments|"
    r"newsletter|advert(?:isement)?|ads?|banner|skip[-_]?(?:link|nav|to[-_]?content)|pagination|pager|toolbar|print|subscribe|mw-editsection|noprint|navbox|catlinks|printfooter|jump-to-nav|mw-jump-link|toc)$",
    re.IGNORECASE,
)
_READER_ONLY = frozenset({
    "sr-only", "visually-hidden", "screen-reader-text", "screenreader", "element-invisible",
    "visuallyhidden", "usa-sr-only", "hidden", "d-none", "is-hidden", "sr_only",
})  # fmt: skip
_FRAME = frozenset({"header", "footer", "aside"})


class Hidden:
    """Says which elements a reader of the page does not see or does not count as content."""

    def __init__(self, tree: Any) -> None:
        self.classes: set[str] = set()
        self.ids: set[str] = set()
        self.kept: set[int] = set()
        for style in tree.css("style"):
            if "print" in (style.attributes.get("media") or ""):
                continue
            self._rules(style.text(deep=True)[:300_000])

    def _rules(self, sheet: str) -> None:
        sheet = re.sub(r"/\*[^*]{0,5000}\*/", " ", sheet)
        # Rules inside @media hold under conditions that we can't judge: cut them out.
        depth_safe = re.sub(
            r"@media[^{]{0,300}\{(?:[^{}]{0,500}\{[^{}]{0,1000}\}){0,500}[^{}]{0,100}\}", " ", sheet
        )
        for selectors, body in _RULE.findall(depth_safe):
            if not (_HIDING.search(body) or _AWAY.search(body)):
                continue
            for selector in selectors.split(","):
                found = _SIMPLE.match(selector.strip())
                if found:
                    (self.classes if found.group(1) == "." else self.ids).add(found.group(2))

    def unseen(self, node: Any) -> bool:
        """Say whether no reader of the page sees the element."""
        attributes = node.attributes
        if not attributes:
            return False
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return True
        style = attributes.get("style")
        if style and (_HIDING.search(style) or _AWAY.search(style)):
            return True
        if style and _WHITE.search(style) and not _has_ground(node):
            return True
        names = set((attributes.get("class") or "").split())
        return (
            bool(names & _READER_ONLY or names & self.classes)
            or (attributes.get("id") or "") in self.ids
        )

    def frames(self, node: Any) -> bool:
        """Say whether the element is part of the frame around the content."""
        attributes = node.attributes
        if not attributes:
            return False
        if (attributes.get("role") or "") in _ROLES:
            return True
        names = (attributes.get("class") or "").split()
        return any(_CHROME.match(name) for name in (*names[:6], attributes.get("id") or ""))

    def skips(self, node: Any) -> bool:
        """Say whether the element is left out, with all it holds."""
        tag = node.tag
        if tag in _NEVER:
            return True
        if self.unseen(node):
            return True
        if node.mem_id in self.kept:
            return False
        return (tag in _FRAME and not _inside_article(node)) or self.frames(node)


def _has_ground(node: Any) -> bool:
    """Say whether white words may stand on a ground that some rule or attribute paints."""
    while node is not None and node.tag not in ("body", "html"):
        attributes = node.attributes
        if "class" in attributes or "id" in attributes or "bgcolor" in attributes:
            return True
        if _GROUND.search(attributes.get("style") or ""):
            return True
        node = node.parent
    return node is not None and bool({"bgcolor", "style", "class"} & set(node.attributes))


def _inside_article(node: Any) -> bool:
    """A header inside an article holds its title; the page's own header holds its logo."""
    if node.tag == "aside":
        return False
    parent = node.parent
    for _ in range(40):
        if parent is None:
            return False
        if parent.tag in ("article", "main", "section"):
            return bool(node.tag == "header")
        parent = parent.parent
    return False


def _weight(node: Any) -> int:
    """Return the letters of running text below a node, links and scripts left out."""
    total = 0
    for part in node.css("p, li, h1, h2, h3, td, blockquote, pre, dd"):
        total += len(part.text(deep=False, strip=True))
    return total


def main_content(body: Any, hidden: Hidden) -> Any:
    """Return the element that holds the page's content.

    A `main` or `article` element is believed where it holds most of the running text; elements
    that look like a frame but hold much of the text are kept.
    """
    whole = max(_weight(body), 1)
    for node in body.css("nav, header, footer, aside, form, [class], [id], [role]"):
        framed = node.tag in _FRAME or hidden.frames(node)
        if framed and node.tag != "nav" and not hidden.unseen(node) and _weight(node) > 0.4 * whole:
            hidden.kept.add(node.mem_id)
    for selector in (
        "main",
        "[role=main]",
        "article",
        "#content",
        "#main-content",
        "#mw-content-text",
        ".main-content",
    ):
        found = [node for node in body.css(selector) if not hidden.unseen(node)]
        if len(found) == 1 and _weight(found[0]) >= 0.5 * whole:
            return found[0]
    return body


_FOOT = 4
_LONGEST_FOOT = 400


def drop_page_foot(drafts: list[Draft]) -> None:
    """Drop the lines below a page's content that speak of the site: a foot without tag or class.

    Only the last few short blocks are looked at, and only those that hold a phrase of
    ``page_foot`` in ``words.yaml``; what stands above a line that stays, stays. A page that would
    have little left keeps all.
    """
    cut = len(drafts)
    for at in range(len(drafts) - 1, max(len(drafts) - 1 - _FOOT, 0), -1):
        draft = drafts[at]
        if draft.kind == "note":
            continue
        text = " ".join(draft.text.split()).casefold()
        if len(text) > _LONGEST_FOOT or not any(said in text for said in words("page_foot")):
            break
        cut = at
    foot = [draft for draft in drafts[cut:] if draft.kind != "note"]
    if 2 * sum(len(d.text) for d in foot) < sum(len(d.text) for d in drafts):
        gone = {id(draft) for draft in foot}
        drafts[:] = [draft for draft in drafts if id(draft) not in gone]

"""The styles of a Word file: which paragraphs are headings, what is hidden or bold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.readers.safe_xml import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TINY = 3  # half points
_OFF = frozenset({"0", "false", "off", "none"})
_HEADING = re.compile(
    r"^(?:heading|überschrift|titre|título|titolo|rubrik|overskrift|kop|nagłówek)\s*(\d)$"
)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph's style: `heading` is its level (0 the title), None for body text."""

    name: str = ""
    heading: int | None = None
    hidden: bool = False
    bold: bool = False


class Styles:
    """The style sheet, with inheritance resolved on demand."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._made: dict[str, Style] = {}
        self.default = ""
        for style in root.iterfind(f"{W}style") if root is not None else ():
            key = style.get(f"{W}styleId", "")
            self._elements[key] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                self.default = key

    def of(self, properties: Element | None) -> Style:
        """Return the style of a paragraph from its properties."""
        key, level = self.default, None
        if properties is not None:
            said = properties.find(f"{W}pStyle")
            key = said.get(f"{W}val", "") if said is not None else key
            level = _outline(properties)
        style = self._style(key, 0)
        if level is not None and style.heading is None:
            return Style(style.name, level, style.hidden, style.bold)
        return style

    def _style(self, key: str, depth: int) -> Style:
        if key in self._made:
            return self._made[key]
        element = self._elements.get(key)
        if element is None or depth > 20:
            return Style(key.casefold(), _level(key.casefold()))
        based = element.find(f"{W}basedOn")
        parent = self._style(based.get(f"{W}val", ""), depth + 1) if based is not None else Style()
        named = element.find(f"{W}name")
        name = (named.get(f"{W}val", key) if named is not None else key).casefold()
        properties, run = element.find(f"{W}pPr"), element.find(f"{W}rPr")
        level = _level(name)
        if level is None and properties is not None:
            level = _outline(properties)
        if level is None and parent.heading is not None:
            level = parent.heading
        style = Style(
            name,
            level,
            _flag(run, "vanish", parent.hidden),
            _flag(run, "b", parent.bold),
        )
        self._made[key] = style
        return style

    def run_hidden(self, properties: Element | None, inherited: bool) -> bool:
        """Say whether a run is hidden text."""
        if properties is None:
            return inherited
        return _flag(properties, "vanish", self._run_style(properties, inherited, "hidden"))

    def run_bold(self, properties: Element | None, inherited: bool) -> bool:
        """Say whether a run is bold."""
        if properties is None:
            return inherited
        return _flag(properties, "b", self._run_style(properties, inherited, "bold"))

    def _run_style(self, properties: Element, inherited: bool, what: str) -> bool:
        said = properties.find(f"{W}rStyle")
        if said is None:
            return inherited
        return inherited or bool(getattr(self._style(said.get(f"{W}val", ""), 0), what))


def shaded(properties: Element | None) -> bool:
    """Say whether a paragraph or run has a ground of its own, on which white words show."""
    return properties is not None and any(
        properties.find(f"{W}{name}") is not None for name in ("shd", "highlight")
    )


def unseen(properties: Element | None, bare: bool) -> bool:
    """Say whether a run is too small to be seen, or white on `bare` paper."""
    if properties is None:
        return False
    size, colour = properties.find(f"{W}sz"), properties.find(f"{W}color")
    said = size.get(f"{W}val", "") if size is not None else ""
    if said.isdigit() and int(said) <= _TINY:
        return True
    white = colour is not None and colour.get(f"{W}val", "").upper() == "FFFFFF"
    return white and bare and not shaded(properties)


def _level(name: str) -> int | None:
    if name == "title":
        return 0
    found = _HEADING.match(name)
    return int(found.group(1)) if found else None


def _outline(properties: Element) -> int | None:
    said = properties.find(f"{W}outlineLvl")
    value = said.get(f"{W}val", "9") if said is not None else "9"
    return int(value) + 1 if value.isdigit() and int(value) < 9 else None


def _flag(properties: Element | None, name: str, inherited: bool) -> bool:
    if properties is None:
        return inherited
    said = properties.find(f"{W}{name}")
    if said is None:
        return inherited
    return said.get(f"{W}val", "1").casefold() not in _OFF

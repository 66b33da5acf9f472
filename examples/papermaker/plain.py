"""Plain-text papers: hard lines, broken words, pages with running heads and form feeds."""

from dataclasses import dataclass
from typing import Any

from papermaker.hyphens import pieces
from papermaker.source import Block, Paper, spans


@dataclass(frozen=True)
class Line:
    """A line of a page, the footnotes called in it and how many lines must stay with it."""

    text: str = ""
    notes: tuple[str, ...] = ()
    with_next: int = 0


def _marked(text: str) -> str:
    return "".join(f"[{s.text}]" if s.style == "note" else s.text for s in spans(text))


def _justify(line: str, width: int) -> str:
    words = line.split(" ")
    gaps, spare = len(words) - 1, width - len(line)
    if not gaps or spare > gaps:
        return line
    return "".join(w + " " * (1 + (i < spare)) for i, w in enumerate(words)).rstrip()


def _wrap(
    text: str, width: int, first: str = "", rest: str = "", justified: bool = False
) -> list[str]:
    """Fill lines greedily, breaking a word where its first part still fits."""
    lines, line = [], first
    for whole in text.split():
        word = whole
        room = width - len(line) - (line not in (first, rest))
        if len(word) > room:
            parts = pieces(word)
            fits = [n for n in range(1, len(parts)) if len("".join(parts[:n])) + 1 <= room]
            if fits:
                head = "".join(parts[: fits[-1]])
                line += (" " if line not in (first, rest) else "") + head + "-"
                word = "".join(parts[fits[-1] :])
            lines.append(_justify(line, width) if justified and line.strip() == line else line)
            line = rest
        line += (" " if line not in (first, rest) else "") + word
    return [*lines, line]


def _table(block: Block, width: int) -> list[str]:
    columns = list(zip(*block.rows, strict=True))
    others = [max(7, *(len(c) for c in cells[1:])) for cells in columns[1:]]
    first = max(len(c) for c in columns[0])
    lines: list[str] = []
    for number, row in enumerate(block.rows):
        cells = [_wrap(cell, size) for cell, size in zip(row, [first, *others], strict=True)]
        for level in range(max(map(len, cells))):
            texts = [cell[level] if level < len(cell) else "" for cell in cells]
            numbers = (f"  {t:>{w}}" for t, w in zip(texts[1:], others, strict=True))
            lines.append((texts[0].ljust(first) + "".join(numbers))[: max(width, 78)].rstrip())
        if number == 0:
            lines.append("-" * width)
    return [*lines, "-" * width]


def _bars(block: Block) -> list[str]:
    values = [float(value) for _, value in block.rows]
    longest = max(values)
    return [
        f"  {label:<8} {'#' * round(30 * value / longest)} {text}"
        for (label, text), value in zip(block.rows, values, strict=True)
    ]


def _lines(block: Block, width: int, justified: bool) -> list[str]:
    if block.kind == "table":
        return _table(block, width)
    if block.kind == "bars":
        return _bars(block)
    text = _marked(block.text)
    if block.kind in ("title", "authors", "imprint"):
        return [line.center(width).rstrip() for line in _wrap(text, width - 8)]
    if block.kind == "reference":
        return _wrap(text, width, "", "    ")
    if block.kind == "item":
        return _wrap(text, width, "  - ", "    ")
    return _wrap(text, width, justified=justified and block.kind == "para")


def _note_lines(notes: dict[str, str], marks: list[str], width: int) -> list[str]:
    if not marks:
        return []
    return ["", "_" * 20, *(line for m in marks for line in _wrap(f"[{m}] {notes[m]}", width))]


def write(paper: Paper, edition: dict[str, Any]) -> bytes:
    """Set a paper as pages of text, footnotes at the foot of the page that calls them."""
    width, height = edition["width"], edition["lines"]
    flow: list[Line] = []
    for block in paper.blocks:
        marks = [s.text for s in spans(block.text) if s.style == "note"]
        lines = _lines(block, width, edition["justified"])
        whole = {"heading": 4, "caption": 16}.get(block.kind, 0)
        for number, text in enumerate(lines):
            called_here = tuple(m for m in marks if f"[{m}]" in text)
            rest = len(lines) - number if block.kind in ("table", "bars") else whole
            flow.append(Line(text, called_here, rest))
        flow.append(Line())
    pages: list[str] = []
    body: list[str] = []
    called: list[str] = []

    def close() -> None:
        number = edition["first_page"] + len(pages)
        head = edition["running_head"][number % 2]
        top = [head.rjust(width) if number % 2 else head, ""] if pages else []
        foot = _note_lines(paper.notes, called, width)
        gap = [""] * max(0, height - len(top) - len(body) - len(foot) - 2)
        pages.append("\n".join([*top, *body, *gap, *foot, "", str(number).center(width).rstrip()]))
        body.clear()
        called.clear()

    for line in flow:
        foot = _note_lines(paper.notes, [*called, *line.notes], width)
        if len(body) + 1 + line.with_next + len(foot) + 4 > height:
            close()
        if line.text or body:
            body.append(line.text)
            called.extend(line.notes)
    close()
    return ("\n\f".join(pages) + "\n").encode("utf-8")

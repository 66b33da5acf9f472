"""Golden sentences: the expectation is written into the sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PATH = Path(__file__).resolve().parents[2] / "golden" / "entities.txt"
_MARK = re.compile(
    r"\[(?P<span>[^\[\]|]+)\|(?P<kind>[A-Z]+)(?::(?P<detail>\w+))?(?:=(?P<name>[^\]]+))?\]"
)


@dataclass(frozen=True)
class Golden:
    """A passage with what must be found in it: (start, end, kind) to (detail, name)."""

    line: int
    text: str
    spans: dict[tuple[int, int, str], tuple[str | None, str | None]]


def parse(line: str, number: int = 0) -> Golden:
    """Read the marks out of a golden sentence."""
    text, spans, at = "", {}, 0
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        start = len(text)
        text += mark["span"]
        spans[start, len(text), mark["kind"]] = (mark["detail"], mark["name"])
        at = mark.end()
    return Golden(number, text + line[at:], spans)


def load(path: Path = PATH) -> list[Golden]:
    """Return all golden sentences of the file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        parse(line, number)
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#")
    ]

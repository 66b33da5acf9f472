"""How commands print: data to stdout, all else to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

PIPE_WIDTH = 160
"""Characters of a table's line where nobody looks at it in a terminal."""


def say(line: str) -> None:
    """Print a line for the person at the terminal (stderr)."""
    sys.stderr.write(line + "\n")


def emit(text: str) -> None:
    """Print data (stdout), ending with one newline."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def emit_json(value: Any) -> None:
    """Print one JSON document; dates and other values as strings."""
    emit(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def emit_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "") -> None:
    """Print a table for reading; in a pipe it is 160 characters wide."""
    import shutil

    from flows.commands.table import draw

    terminal = sys.stdout.isatty()
    if title:
        emit(title)
    cells = [["" if cell is None else _cell(cell) for cell in row] for row in rows]
    width = shutil.get_terminal_size().columns if terminal else PIPE_WIDTH
    for n, line in enumerate(draw([_cell(one) for one in columns], cells, width)):
        emit(f"\x1b[1m{line}\x1b[0m" if terminal and n == 0 else line)


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    if isinstance(value, list | tuple):
        value = ", ".join(str(item) for item in value)
    # What a paper says must not steer the terminal.
    return "".join(one if one.isprintable() or one in "\n\t" else "\ufffd" for one in str(value))

"""Worst errors as a page: one table, kept in the project's home and never in its files."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from pathlib import Path

WORST = 400
"""Rows of a page."""


def write_page(
    path: Path, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> int:
    """Write the first `WORST` rows as a page; return how many rows there were."""
    every = list(rows)
    body = "\n".join(
        "<tr>" + "".join(f"<td>{html.escape(str(cell))}" for cell in row) + "</tr>"
        for row in every[:WORST]
    )
    head = "".join(f"<th>{html.escape(name)}" for name in columns)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"<!doctype html><meta charset=utf-8><title>{html.escape(title)}</title>"
        f"<table><tr>{head}</tr>\n{body}\n</table>\n",
        encoding="utf-8",
    )
    return len(every)

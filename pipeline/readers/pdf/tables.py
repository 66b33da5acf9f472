"""Tables and figures set apart: rows of cells found by their gaps, with or without captions."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from pipeline.readers.assemble import is_caption
from pipeline.readers.pdf.lines import Line

_TABLE = re.compile(r"^(?:table|tab\.|tabelle|tabla|tableau|exhibit)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[a-z]{2,}\s[a-z]{2,}\s[a-z]{2,}.*[.,;]\s*$")


def rows_of(lines: list[Line]) -> list[list[Line]]:
    """Group lines that share a baseline, top to bottom, each left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda item: item.base):
        if rows and abs(rows[-1][0].base - line.base) < 0.4 * max(rows[-1][0].size, line.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda item: item.x0) for row in rows]


def find_tables(lines: list[Line], body: float) -> list[tuple[list[Line], list[list[str]]]]:
    """Return the tables in a column: their lines and their cells.

    Parameters
    ----------
    lines : list of Line
        One column, top to bottom.
    body : float
        The font size of the running text.
    """
    rows = rows_of(lines)
    found: list[tuple[list[Line], list[list[str]]]] = []
    i = 0
    while i < len(rows):
        after_caption = i > 0 and _is_table_caption(rows[i - 1])
        end = _extent(rows, i, body, after_caption)
        many = sum(len(row) > 1 for row in rows[i:end])
        numbers = _numeric(rows[i:end])
        if not after_caption and _text_like(rows[i:end]):
            i += 1
            continue
        if end - i >= 2 and (many >= 3 or ((after_caption or numbers) and many >= 2)):
            region = rows[i:end]
            found.append(([line for row in region for line in row], cells(region)))
            i = end
        else:
            i += 1
    return found


def wide_tables(lines: list[Line], width: float) -> list[Line]:
    """Put tables that run across several columns of text together, each as one wide line.

    A row of such a table has four pieces or more, none of them as long as a line of text.
    """
    rows = rows_of(lines)
    flags = [_cells_only(row, width) for row in rows]
    done: list[Line] = []
    i = 0
    while i < len(rows):
        if not flags[i]:
            done.extend(rows[i])
            i += 1
            continue
        end, last = i, i
        while end < len(rows) and (
            flags[end] or (end - last < 2 and all(p.x1 - p.x0 < 0.35 * width for p in rows[end]))
        ):
            if flags[end]:
                last = end
            end += 1
        region = [piece for row in rows[i : last + 1] for piece in row]
        left, right = min(p.x0 for p in region), max(p.x1 for p in region)
        both = sum(row[0].x1 < width / 2 < row[-1].x1 for row in rows[i : last + 1])
        enough = sum(flags[i : last + 1]) >= max(3, 0.7 * (last + 1 - i)) and both >= 0.8 * (
            last + 1 - i
        )
        if enough and right - left > 0.55 * width and not _text_like(rows[i : last + 1]):
            first = region[0]
            top, bottom = min(p.top for p in region), max(p.bottom for p in region)
            whole = Line(
                [], left, right, top, bottom, (top + bottom) / 2, first.size, page=first.page,
                cells=region,
            )  # fmt: skip
            done.append(whole)
        else:
            done.extend(piece for row in rows[i : last + 1] for piece in row)
        i = last + 1
    return done


def _cells_only(row: list[Line], width: float) -> bool:
    bases = [p.base for p in row]
    level = max(bases) - min(bases) < 1.2  # two columns side by side are seldom that level
    return (
        level and len(row) >= 4 and all(p.x1 - p.x0 < 0.3 * width and len(p.text) < 45 for p in row)
    )


def _text_like(rows: list[list[Line]]) -> bool:
    """Say whether rows are formulas or broken lines of text rather than a table."""
    if not rows:
        return False
    formulas = sum(
        any("=" in p.text or "∑" in p.text or "∈" in p.text for p in row) for row in rows
    )
    prose = sum(any(len(p.text) > 45 and p.text.count(" ") > 5 for p in row) for row in rows)
    left, right = min(r[0].x0 for r in rows), max(r[-1].x1 for r in rows)
    filled = sum(
        sum(p.x1 - p.x0 for p in row) > 0.8 * (right - left)
        and sum(p.text.count(" ") + 1 for p in row) >= 2 * len(row)
        for row in rows
    )  # lines of justified text with wide spaces
    flush = sum(
        row[0].x0 - left < 2 and right - row[-1].x1 < 2
        and sum(p.text.count(" ") + 1 for p in row) >= 4
        and sum(c.isalpha() for p in row for c in p.text) > 0.8 * sum(len(p.text) for p in row)
        for row in rows
    )  # fmt: skip
    if flush > 0.6 * len(rows):
        return True
    return formulas >= 0.34 * len(rows) or prose > 0.5 * len(rows) or filled > 0.6 * len(rows)


def _numeric(rows: list[list[Line]]) -> bool:
    pieces = [piece.text for row in rows for piece in row]
    return sum(any(c.isdigit() for c in text) and len(text) < 14 for text in pieces) >= 0.7 * len(
        pieces
    )


_LABEL = re.compile(r"^[\d.,%()/\s–−-]+$")


def figure_labels(column: list[Line], body: float) -> set[int]:
    """Return the labels inside a figure: small lines or bare numbers next to its caption."""
    found: set[int] = set()
    for at, line in enumerate(column):
        if not (is_caption(line.text) and not _TABLE.match(line.text)):
            continue
        for step in (-1, 1):
            k = at + step
            run: list[Line] = []
            while 0 <= k < len(column) and _is_label(column[k], body):
                run.append(column[k])
                k += step
            if len(run) >= 2:
                found |= {id(item) for item in run}
    return found


def _is_label(line: Line, body: float) -> bool:
    text = line.text.strip()
    if is_caption(text):
        return False
    if _LABEL.match(text) and len(text) < 40:
        return True
    return (
        line.size < body - 0.9
        and len(text) < 45
        and not text.endswith((".", ";"))
        and len(text.split()) < 7
    )


def _is_table_caption(row: list[Line]) -> bool:
    return len(row) <= 2 and bool(_TABLE.match(row[0].text)) and is_caption(row[0].text)


def _extent(rows: list[list[Line]], start: int, body: float, captioned: bool) -> int:
    """Return the row after the table that may begin at `start`."""
    if len(rows[start]) < 2 and not captioned:
        return start
    end, single = start, 0
    last = start
    while end < len(rows):
        row = rows[end]
        if end > start:
            gap = row[0].top - rows[end - 1][0].bottom
            if gap > 3.2 * max(row[0].size, 6):
                break
        if is_caption(row[0].text) and end > start:
            break
        if len(row) >= 2:
            single, last = 0, end
        else:
            single += 1
            if single > (2 if not captioned else 3) or _runs_on(row[0], rows, end, body):
                break
        end += 1
    while last + 1 < len(rows) and _carries_on(rows, last + 1, body):
        last += 1
    return last + 1


def _carries_on(rows: list[list[Line]], at: int, body: float) -> bool:
    """Say whether a row right under a table is the rest of its last row's first cell."""
    row, above = rows[at], rows[at - 1]
    return (
        len(row) == 1
        and row[0].size < body - 0.5
        and abs(row[0].size - above[0].size) < 0.3
        and row[0].base - above[0].base < 1.35 * row[0].size
        and abs(row[0].x0 - min(r[0].x0 for r in rows[max(0, at - 4) : at])) < 4
        and len(row[0].text) < 40
        and not is_caption(row[0].text)
    )


def _runs_on(line: Line, rows: list[list[Line]], at: int, body: float) -> bool:
    """Say whether a row of one piece is running text rather than a cell that breaks."""
    width = max(r[-1].x1 for r in rows) - min(r[0].x0 for r in rows)
    long = line.x1 - line.x0 > 0.7 * width and len(line.text) > 50
    return long and line.size >= body - 0.6


def cells(region: list[list[Line]]) -> list[list[str]]:
    """Return the cells of a table's rows; columns are where the pieces overlap in x."""
    spans: list[list[float]] = []
    pieces = [piece for row in region if len(row) > 1 for piece in row]
    for piece in sorted(pieces or [p for r in region for p in r], key=lambda p: p.x1 - p.x0):
        hits = [s for s in spans if piece.x0 < s[1] and piece.x1 > s[0]]
        if not hits:
            spans.append([piece.x0, piece.x1])
        elif len(hits) == 1:
            hits[0][0], hits[0][1] = min(hits[0][0], piece.x0), max(hits[0][1], piece.x1)
    spans.sort()
    leading = _leading(region)
    table: list[list[str]] = []
    before: float | None = None
    for row in region:
        values = [""] * max(len(spans), 1)
        for piece in row:
            at = _column(piece, spans)
            values[at] = f"{values[at]} {piece.text}".strip()
        tight = before is not None and row[0].base - before < 1.25 * leading
        # A row without its first cell, close below another, carries on the cells above.
        if (
            table
            and tight
            and not values[0]
            and len([v for v in values if v]) < len([v for v in table[-1] if v])
        ):
            table[-1] = [f"{a} {b}".strip() for a, b in zip(table[-1], values, strict=True)]
        else:
            table.append(values)
        before = row[0].base
    return table


def _leading(region: list[list[Line]]) -> float:
    bases = [row[0].base for row in region]
    steps = [b - a for a, b in pairwise(bases)]
    return median(steps) if steps else 12.0


def _column(piece: Line, spans: list[list[float]]) -> int:
    best, overlap = 0, -1e9
    for at, (x0, x1) in enumerate(spans):
        shared = min(piece.x1, x1) - max(piece.x0, x0)
        if shared > overlap + 0.5:
            best, overlap = at, shared
    return best

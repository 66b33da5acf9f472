"""Plain text laid out for paper: running heads, page numbers, ruled notes and drawn tables."""

from __future__ import annotations

import re
from collections import Counter

RULE = re.compile(r"^\s*(?:[-=_─━—*]\s?){8,}\s*$|^\s*[+|][-=+|]{8,}\s*$")
_PAGE_NUMBER = re.compile(
    r"^\s*(?:[-–—]\s*)?(?:page\s+)?(\d{1,4}|[ivxl]{1,6})(?:\s+(?:of|/)\s+\d{1,4})?(?:\s*[-–—])?\s*$",
    re.IGNORECASE,
)
_GAP = re.compile(r"(?<=\S)\s{3,}(?=\S)")
_BARS = re.compile(r"[#█▇▆▅▄▃▂▁*=|░▒▓]{4,}")
_NOTE = re.compile(r"^\s*(?:\[(\d{1,3})\]|\(?(\d{1,3})[.)]?|([*†‡§]))\s+(?=\S)")


def without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """Drop running heads and page numbers: what comes back at the edges of pages."""
    if len(pages) < 2:
        return pages
    edges: Counter[str] = Counter()
    parity: Counter[tuple[str, int]] = Counter()
    for number, page in enumerate(pages):
        for line in {_masked(page[i]) for i in _edge_rows(page)}:
            edges[line] += 1
            parity[line, number % 2] += 1
    opening = " ".join(" ".join(pages[0][:15]).casefold().split())
    kept = []
    for number, page in enumerate(pages):
        rows = set(_edge_rows(page))
        seen = (edges, parity, opening, len(pages))
        kept.append([
            "" if i in rows and _is_furniture(line, page, i, number, *seen) else line
            for i, line in enumerate(page)
        ])  # fmt: skip
    return kept


def _is_furniture(
    line: str, page: list[str], i: int, number: int,
    edges: Counter[str], parity: Counter[tuple[str, int]], opening: str, n_pages: int,
) -> bool:  # fmt: skip
    if _PAGE_NUMBER.match(line):
        return True
    masked = _masked(line)
    if len(masked) > 100 or not masked:
        return False
    if edges[masked] >= max(3, n_pages * 0.3) or (parity[masked, number % 2] >= 2 and n_pages >= 3):
        return True
    alone = i + 1 < len(page) and not page[i + 1].strip()
    if edges[masked] >= 2 and alone and i == _edge_rows(page)[0] and len(masked) < 70:
        return True
    set_apart = line.startswith("          ") or len(line.strip()) < 60
    plain = " ".join(line.casefold().split())
    return (
        number > 0
        and i == _edge_rows(page)[0]
        and alone
        and set_apart
        and len(plain) > 8
        and plain in opening
    )


def _masked(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()).casefold())


def _edge_rows(page: list[str]) -> list[int]:
    rows = [i for i, line in enumerate(page) if line.strip()]
    return sorted({*rows[:2], *rows[-2:]})


def split_notes(page: list[str]) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """Return the body's lines and the notes under a short rule at the page's foot."""
    for i in range(len(page) - 1, max(-1, len(page) - 60), -1):
        rule = page[i].strip()
        if not RULE.match(page[i]) or len(rule) > 45:
            continue
        rest = [line for line in page[i + 1 :] if line.strip()]
        if not rest or not _NOTE.match(rest[0]):
            return page, []
        notes: list[tuple[str, list[str]]] = []
        for line in rest:
            found = _NOTE.match(line)
            if found:
                marker = found.group(1) or found.group(2) or found.group(3)
                notes.append((marker, [line[found.end() :]]))
            else:
                notes[-1][1].append(line)
        return page[:i], notes
    return page, []


def table_rows(group: list[str]) -> list[list[str]] | None:
    """Return the cells of a run of lines that is a drawn table or bar chart, else None."""
    lines = [line for line in group if not RULE.match(line)]
    ruled = len(lines) < len(group)
    if not lines:
        return []
    bars = sum(_BARS.search(line) is not None for line in lines)
    if bars >= 2 and bars >= 0.6 * len(lines):
        return [[part for part in _BARS.split(line.strip()) if part.strip()] for line in lines]
    piped = sum(line.count("|") >= 2 for line in lines)
    if piped >= 2 and piped >= 0.7 * len(lines):
        return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    gapped = [line for line in lines if _GAP.search(line.strip())]
    enough = 0.5 if ruled else 0.7
    if len(gapped) < 2 or len(gapped) < enough * len(lines):
        return None
    if not ruled and len({len(_GAP.findall(line.strip())) for line in gapped}) > 2:
        return None
    return [_GAP.split(line.strip()) for line in lines]

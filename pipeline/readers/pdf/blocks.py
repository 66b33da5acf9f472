"""Lines become blocks: paragraphs, headings, list items, captions, tables and footnotes."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from pipeline.readers.assemble import is_caption
from pipeline.readers.draft import Draft
from pipeline.readers.hyphens import Mender
from pipeline.readers.lexicon import bare_heading, names_section, section_names
from pipeline.readers.merge import is_open
from pipeline.readers.pdf.display import join_formulas, with_drop_caps
from pipeline.readers.pdf.furniture import Sheet
from pipeline.readers.pdf.lines import Line
from pipeline.readers.pdf.measure import (
    Body,
    box_of,
    centred,
    full,
    justified_lines,
    margins,
)
from pipeline.readers.pdf.order import columns
from pipeline.readers.pdf.tables import cells, figure_labels, find_tables, rows_of, wide_tables

_BULLET = re.compile(r"^(?:[•▪◦‣●■♦▶→✓]|[–—\-*·o](?=\s))\s*(?=\S)")
_ITEM = re.compile(r"^(?:\(?\d{1,2}[.)]|\([a-zivx]{1,4}\)|[a-z]\))\s+(?=\S)")
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4}\.?|[IVX]{1,5}\.|[A-Z]\.)\s+(?=[^\W\d_])")
_ENDED = re.compile(r"[.!?:;…][\"”’')\]]*[⁰¹²³⁴-⁹]*$")
_NOTE = re.compile(r"^(?:(\d{1,3})(?:[.)]\s*|\s+)|([*†‡§¶∗]{1,3})\s*)(?=\S)")
_RAISED = re.compile(r"^([⁰¹²³⁴-⁹]{1,3})\s*")
_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ENTRY = re.compile(r"^(?:\[\d{1,3}\]|\d{1,3}\.\s+[A-Z])")


class Builder:
    """Builds the drafts of all pages in order."""

    def __init__(self, body: Body, mender: Mender) -> None:
        self.body, self.mender = body, mender
        self.drafts: list[Draft] = []
        self.in_references = False
        self.styles: dict[int, tuple[float, bool, bool]] = {}

    def page(self, sheet: Sheet) -> None:
        """Add a page."""
        notes: list[Draft] = []
        lines = with_drop_caps(sheet.lines, self.body.size)
        for given in columns(wide_tables(lines, sheet.width)):
            column = given
            labels = figure_labels(column, self.body.size)
            tables = find_tables(
                [line for line in column if id(line) not in labels], self.body.size
            )
            tables += [(line.cells, cells(rows_of(line.cells))) for line in column if line.cells]
            column = [inner for line in column for inner in (line.cells or [line])]
            if labels:
                inside = [line for line in column if id(line) in labels]
                tables.append((inside, cells(rows_of(inside))))
            taken = {id(line): at for at, (lines, _) in enumerate(tables) for line in lines}
            rest, foot = self._split_foot([line for line in column if id(line) not in taken], notes)
            first = len(self.drafts)
            self._flow(rest, column, tables, taken, sheet)
            join_formulas(self.drafts, first)
            for draft in self.drafts[first : first + 1] + self.drafts[-1:]:
                draft.loose = True
            notes.extend(self._notes(foot, sheet))
        self.drafts.extend(notes)

    def _flow(
        self, rest: list[Line], column: list[Line],
        tables: list[tuple[list[Line], list[list[str]]]],
        taken: dict[int, int], sheet: Sheet,
    ) -> None:  # fmt: skip
        """Add a column's lines, tables at their places."""
        kept = {id(line) for line in rest}
        run: list[Line] = []
        done: set[int] = set()
        for line in column:
            at = taken.get(id(line))
            if at is None:
                if id(line) in kept:
                    run.append(line)
                continue
            if at in done:
                continue
            done.add(at)
            self._paragraphs(run, sheet)
            run = []
            lines, found = tables[at]
            self.drafts.append(
                Draft(
                    "table",
                    "t",
                    page=sheet.number,
                    boxes=[box_of(lines, sheet)],
                    cells=found,
                    fixed=True,
                )
            )
        self._paragraphs(run, sheet)

    def _split_foot(self, column: list[Line], notes: list[Draft]) -> tuple[list[Line], list[Line]]:
        """Part a column's footnotes from its text: small type that starts with a mark."""
        if len(column) < 2:
            return column, []
        small = self.body.size - 0.7
        start = len(column)
        while (
            start > 0 and column[start - 1].size <= small and not is_caption(column[start - 1].text)
        ):
            start -= 1
        at = start
        while at < len(column) and not _note_mark(column[at]):
            at += 1
        if at < len(column) and not self._sets_off(column, at) and not column[at].raised:
            return column, []
        if start < at and start > 0 and (at < len(column) or self._sets_off(column, start)):
            last = next(
                (d for d in reversed([*self.drafts[-200:], *notes]) if d.kind == "note"), None
            )
            if last is not None and is_open(last.text):  # the note before goes on below this page
                last.text = self.mender.join([last.text, *(line.text for line in column[start:at])])
                return column[:start], column[at:]
        if at == 0 and not column[0].raised:
            return column, []
        return column[:at], column[at:]

    def _sets_off(self, column: list[Line], at: int) -> bool:
        """Say whether smaller type or a wide gap sets a line off from the one above."""
        if at == 0:
            return False
        above, line = column[at - 1], column[at]
        return above.size - line.size > 0.5 or line.base - above.base > 1.7 * self.body.leading

    def _notes(self, lines: list[Line], sheet: Sheet) -> list[Draft]:
        groups: list[tuple[str, list[Line]]] = []
        for line in lines:
            mark = _note_mark(line)
            if mark and (not groups or _follows(groups[-1][0], mark) or line.raised):
                groups.append((mark, [line]))
            elif groups:
                groups[-1][1].append(line)
        drafts = []
        for mark, group in groups:
            text = self.mender.join([line.text for line in group])
            text = _RAISED.sub("", text) if _RAISED.match(text) else _NOTE.sub("", text, count=1)
            if text.strip():
                drafts.append(
                    Draft(
                        "note",
                        text,
                        page=sheet.number,
                        boxes=[box_of(group, sheet)],
                        marker=mark,
                        fixed=True,
                    )
                )
        return drafts

    def _paragraphs(self, lines: list[Line], sheet: Sheet) -> None:
        """Part running lines into paragraphs."""
        if not lines:
            return
        left, right = margins(lines)
        leading = self._leading(lines)
        group: list[Line] = []
        justified = justified_lines(lines, right)
        hanging = self._hanging(lines, left)
        for line in lines:
            if group and self._breaks(group, line, left, right, leading, justified, hanging):
                self._emit(group, sheet)
                group = []
            group.append(line)
        self._emit(group, sheet)

    def _leading(self, lines: list[Line]) -> float:
        steps = [
            b.base - a.base for a, b in pairwise(lines)
            if abs(a.size - b.size) < 0.5 and 0.9 * a.size < b.base - a.base < 2.6 * a.size
        ]  # fmt: skip
        return median(steps) if len(steps) >= 4 else self.body.leading

    def _hanging(self, lines: list[Line], left: float) -> bool:
        """Say whether entries start at the margin and go on indented, as reference lists do."""
        if len(lines) < 4:
            return False
        inside = sum(line.x0 > left + 0.6 * line.size for line in lines)
        starts = [
            b for a, b in pairwise(lines)
            if b.x0 <= left + 0.4 * b.size and a.x0 > left + 0.6 * a.size and _ENDED.search(a.text)
        ]  # fmt: skip
        # Text with quotations and lists has lines at the margin that go on at the margin.
        flush = sum(
            a.x0 <= left + 0.4 * a.size and b.x0 <= left + 0.4 * b.size
            and not _ENDED.search(a.text) for a, b in pairwise(lines)
        )  # fmt: skip
        return inside >= 0.4 * len(lines) and len(starts) >= 2 and flush <= 0.15 * len(lines)

    def _breaks(  # noqa: PLR0911 - one way out per case
        self, group: list[Line], line: Line, left: float, right: float, leading: float,
        justified: bool, hanging: bool,
    ) -> bool:  # fmt: skip
        before = group[-1]
        size = max(before.size, line.size)
        step = line.base - before.base
        if abs(step) < 0.35 * size:
            return False
        if abs(line.size - before.size) > 0.09 * size and min(len(line.text), len(before.text)) > 3:
            return True
        usual = max(
            leading * (line.size / self.body.size if line.size > self.body.size else 1), 1.05 * size
        )
        if step > 1.32 * usual + 0.5 or step < -0.3 * size:
            return True
        if (
            line.bold != before.bold
            and (before.bold or len(line.text) > 3)
            and len(before.text) > 1
        ):
            runs_on = before.ends_bold == line.starts_bold and not _ENDED.search(before.text)
            if not runs_on:
                return True
        if is_caption(line.text) and not line.text[:1].islower() and _ENDED.search(before.text):
            return True
        bullet = _BULLET.match(line.text)
        weak = bullet is not None and bullet.group()[0] in "–—-*·o"
        if (
            bullet and (not weak or _ENDED.search(before.text) or _BULLET.match(group[0].text))
        ) or (
            _ITEM.match(line.text) and (_ITEM.match(group[0].text) or _ENDED.search(before.text))
        ):
            return True
        if hanging or (self.in_references and _ENTRY.match(line.text)):
            return line.x0 <= left + 0.4 * size if hanging else True
        if _BULLET.match(group[0].text) or _ITEM.match(group[0].text):
            if line.x0 < group[0].x0 - 0.8 * size:
                return _ENDED.search(before.text) is not None
            return (
                line.x0 <= group[0].x0 + 0.3 * size
                and len(group) > 1
                and group[1].x0 > group[0].x0 + 0.5 * size
            )
        indent = line.x0 - min(before.x0, group[-2].x0 if len(group) > 1 else before.x0)
        if 0.8 * size < indent < 5 * size and (
            _ENDED.search(before.text) or not full(before, right)
        ):
            return not centred(group, line, left, right)
        ended = _ENDED.search(before.text) is not None
        if ended and justified and before.x1 < right - 1.8 * size and line.text[:1].isupper():
            return True
        return ended and before.x1 < right - 0.28 * (right - left) and line.text[:1].isupper()

    def _emit(self, group: list[Line], sheet: Sheet) -> None:
        if not group:
            return
        text = self.mender.join([line.text for line in group])
        if not text.strip():
            return
        size = median(line.size for line in group)
        draft = Draft("paragraph", text, page=sheet.number, boxes=[box_of(group, sheet)], size=size)
        style = self._heading_style(group, text)
        bullet = _BULLET.match(text)
        if is_caption(text):
            draft.kind = "caption"
        elif style is not None:
            draft.kind, draft.size = "heading", style[0]
            self.styles[id(draft)] = style
            self.in_references = names_section(text, "references")
        elif bullet:
            draft.kind, draft.level, draft.text = "list_item", 1, text[bullet.end() :]
        elif _ITEM.match(text) and not self.in_references:
            draft.kind, draft.level, draft.fixed = "list_item", 1, True
        self.drafts.append(draft)

    def _heading_style(self, group: list[Line], text: str) -> tuple[float, bool, bool] | None:  # noqa: PLR0911 - one way out per case
        """Return the style of a group that is a heading: (size, bold, capitals), else None."""
        if len(group) > 4 or len(text) > 220 or not any(c.isalpha() for c in text):
            return None
        size = median(line.size for line in group)
        bold = all(line.bold for line in group)
        caps = text.isupper() and len(text) > 3
        larger = size > self.body.size + 0.7
        stands_out = larger or (bold and not self.body.bold) or (caps and len(text.split()) < 12)
        italic = all(line.italic for line in group) and len(group) == 1 and len(text) < 90
        named = any(
            bare_heading(text) in section_names(k)
            for k in ("abstract", "references", "other", "notes", "keywords")
        )
        if named and len(text) < 40:
            return (round(size, 1), bold, caps)
        if size < self.body.size - 0.7 or text.endswith((",", ";")) or "@" in text:
            return None
        if stands_out:
            if text.endswith(".") and len(text) > 60 and not larger:
                return None
            return (round(size, 1), bold, caps)
        if italic and not text.endswith((".", ":")) and text[:1].isupper() and len(text) > 3:
            return (round(size, 1), False, False)
        if (
            _NUMBERED.match(text)
            and len(group) == 1
            and len(text) < 90
            and not text.endswith(".")
            and "." in text.split(maxsplit=1)[0]
        ):
            return (round(size, 1), bold, caps)
        return None


def set_levels(drafts: list[Draft], styles: dict[int, tuple[float, bool, bool]]) -> None:
    """Give headings their levels: by number where numbered, else by the rank of their style."""
    used = sorted(
        {s for d in drafts if (s := styles.get(id(d))) and d.kind == "heading"}, reverse=True
    )
    rank = {style: min(i + 1, 6) for i, style in enumerate(used)}
    offsets: list[int] = []
    for draft in drafts:
        if (
            draft.kind == "heading"
            and (found := _NUMBERED.match(draft.text))
            and found.group(1)[0].isdigit()
        ):
            offsets.append(found.group(1).strip(".").count(".") + 1)
    for draft in drafts:
        if draft.kind != "heading":
            continue
        found = _NUMBERED.match(draft.text)
        style = styles.get(id(draft))
        if found and found.group(1)[0].isdigit():
            draft.level = found.group(1).strip(".").count(".") + 1
        else:
            draft.level = rank.get(style, 3) if style else 3


def _note_mark(line: Line) -> str | None:
    raised = _RAISED.match(line.text)
    if raised:
        return raised.group(1).translate(_SUPER)
    found = _NOTE.match(line.text)
    return (found.group(1) or found.group(2)) if found else None


def _follows(before: str, mark: str) -> bool:
    return not (before.isdigit() and mark.isdigit()) or int(mark) == int(before) + 1

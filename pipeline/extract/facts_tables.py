"""Facts from table cells: the header, the row's label and the caption say what a number is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.context import PassageContext
from pipeline.extract.facts_years import When, find_years
from pipeline.extract.quantities_lexicon import Lexicon, load_lexicon
from pipeline.extract.quantities_numbers import parse_number
from pipeline.extract.tokens import fold
from pipeline.ids import content_id
from pipeline.records import Fact, Mention, Table

_CELL = re.compile(
    r"\s*(?P<sign>[-−–])?\s*(?P<money>[€$£¥])?\s*(?P<number>\d[\d.,   ]*\d|\d)\s*(?P<percent>%)?\s*(?:[a-d*†]|\[\d+\])?\s*"  # noqa: E501
)
_YEAR = re.compile(r"\s*(?:1[5-9]|20)\d\d(?:\s?[/–-]\s?(?:\d\d|(?:1[5-9]|20)\d\d))?\s*\*?\s*")
_BARE_YEAR = re.compile(r"(?<![\d.,])(?:1[5-9]|20)\d\d(?![\d.,%])")
_SCALES = (
    (re.compile(r"['’]000|\bthousands?\b|\b1,000s?\b|000s\b", re.IGNORECASE), 1e3),
    (re.compile(r"\bmillions?\b|\bmn\b|\bmio\b|\b(?:US)?[$€£]\s?m\b", re.IGNORECASE), 1e6),
    (re.compile(r"\bbillions?\b|\bbn\b", re.IGNORECASE), 1e9),
    (re.compile(r"\blakhs?\b", re.IGNORECASE), 1e5),
    (re.compile(r"\bcrores?\b", re.IGNORECASE), 1e7),
)
_PERCENT = re.compile(r"%|\bper\s?cent\b|\bpercent(?:age)?\b|\bshare\b", re.IGNORECASE)
_RATE = re.compile(r"\b(?:annual|per annum|a year|p\.a\.|yearly|CAGR)\b", re.IGNORECASE)
_SOURCE_LINE = re.compile(r"\bsources?:", re.IGNORECASE)
_OWN_SOURCE = re.compile(r"\s*(?:the\s+)?(?:own|authors?\b|our|field|survey by the author)", re.I)
_PART = re.compile(
    r"\b(?:with|without|using|having|holding|who|that|which|certified|members?|per|recognised|"
    r"permanent|temporary|trained)\b(?!\s*(?:cent|month|day|year|hour))",
    re.IGNORECASE,
)
"""A part of the firms or workers, or a ratio: no size."""
_CLASS = re.compile(
    r"\s*(?:\d+\s?[-–]\s?\d+\b\s*(?:workers|employees|persons|people)?\s*$"
    r"|(?:fewer|less|more|over|under|below|above|up to)\b"
    r"|\d+\s*(?:\+|and more|or more))",
    re.IGNORECASE,
)
_WAGES = re.compile(r"\b(?:wages?|salar\w+|pay|earnings?|incomes?|remuneration)\b", re.IGNORECASE)
_EXPORTING_FIRMS = re.compile(
    r"\bexport(?:ing|er)?\s+(?:firms|companies|enterprises|factories|farms)\b|\bexporters\b",
    re.IGNORECASE,
)
_TIMES = (
    (re.compile(r"\bmonth", re.IGNORECASE), " per month"),
    (re.compile(r"\b(?:daily|day)\b", re.IGNORECASE), " per day"),
    (re.compile(r"\b(?:hourly|hour)\b", re.IGNORECASE), " per hour"),
    (re.compile(r"\b(?:annual|year)\b", re.IGNORECASE), " per year"),
)
MAX_CELLS = 2000


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell with a number: its place in the passage and the words that say what it is."""

    start: int
    end: int
    value: float
    text: str
    row: str
    column: str


def table_facts(context: PassageContext) -> tuple[Fact, ...]:
    """Return the facts of a passage's tables.

    A cell counts where header, row label or caption name the metric and a cluster or a country;
    all else is left out rather than guessed. A table that cites its source is ``cited``.
    """
    lexicon = load_lexicon()
    facts: list[Fact] = []
    at = context.start_of_body
    for table in context.tables:
        caption = table.caption or ""
        for cell in _cells(context.text, table, at):
            fact = _fact(context, cell, caption, lexicon)
            if fact is not None:
                facts.append(fact)
    return tuple(facts)


def _cells(text: str, table: Table, at: int) -> Iterator[_Cell]:
    """Yield the number cells in order of the rows, each found in the passage's text."""
    rows = table.cells
    if len(rows) < 2:
        return
    heads = 1
    while heads < min(3, len(rows) - 1) and not any(_is_number(c) for c in rows[heads][1:]):
        heads += 1
    seen = 0
    for number, row in enumerate(rows):
        label = row[0].strip() if row else ""
        for column, cell in enumerate(row):
            printed = cell.strip()
            if not printed:
                continue
            start = text.find(printed, at)
            if start < 0:
                continue
            at = start + len(printed)
            seen += 1
            if number < heads or column == 0 or not _is_number(cell) or seen > MAX_CELLS:
                continue
            match = _CELL.fullmatch(cell)
            if match is None:
                continue
            value, _ = parse_number(match["number"])
            if match["sign"]:
                value = -value
            head = " ".join(rows[h][column].strip() for h in range(heads) if column < len(rows[h]))
            yield _Cell(start, at, value, printed, label, head)


def _is_number(cell: str) -> bool:
    return _CELL.fullmatch(cell) is not None and _YEAR.fullmatch(cell) is None


def _fact(context: PassageContext, cell: _Cell, caption: str, lexicon: Lexicon) -> Fact | None:
    subject = _subject(context, cell, caption)
    found = _metric(cell, caption, [m.surface for m in context.mentions], lexicon)
    if subject is None or found is None:
        return None
    metric, unit, factor = found
    when = _when(cell, caption)
    source = _SOURCE_LINE.search(context.text)
    own = source is not None and _OWN_SOURCE.match(context.text, source.end()) is not None
    cited = not own and (bool(context.citations) or source is not None)
    work = next((c.work_id for c in context.citations if c.work_id), None)
    entity = context.entities.get(subject.entity_id)
    cluster = subject.kind == "CLUSTER"
    country = (entity.country or (None if cluster else entity.name)) if entity else None
    value = cell.value * factor
    years = (when.year, when.year_from, when.year_to) if when else (None, None, None)
    return Fact(
        content_id("fact", context.passage_id, cell.start, cell.end, metric, value),
        context.passage_id, None, subject.entity_id if cluster else None, country,
        metric, value, None, None, unit, *years, None,
        context.text[cell.start : cell.end], cell.start, cell.end,
        "cited" if cited else "own", work, "affirmed", "table cell",
    )  # fmt: skip


def _subject(context: PassageContext, cell: _Cell, caption: str) -> Mention | None:
    """Return the mention that the row, the header or the caption names, in this order."""
    for where in (cell.row, cell.column, caption):
        for kind in ("CLUSTER", "COUNTRY"):
            for one in context.mentions:
                if one.kind == kind and one.surface in where:
                    return one
    return None


_METRICS: Sequence[tuple[str, str]] = (
    ("wage", "wage"), ("investment", "investment"), ("exports", "exports"),
    ("share_of_work", "employment"), ("share_of_firms", "firms"), ("share_of_land", "area"),
    ("output", "output"),
)  # fmt: skip


def _metric(  # noqa: PLR0911
    cell: _Cell, caption: str, names: Sequence[str], lexicon: Lexicon
) -> tuple[str, str, float] | None:
    """Return metric, unit and factor by the nearest words that tell.

    The caption tells only where row and column hold nothing but places and years: "Overtime
    (hours)" in a table of farms is no number of farms.
    """
    signs = lexicon.signs
    words = fold(f"{cell.column} | {cell.row}")
    every = f"{words} | {fold(caption)}"
    if signs["imports"].search(words) or signs["sample"].search(every):
        return None
    if _PART.search(words) or _CLASS.match(cell.row):
        return None
    metric = _first_metric(words, lexicon)
    if metric is None and not _says_more(cell, names):
        metric = _first_metric(fold(caption), lexicon)
    percent = (
        "%" in cell.text
        or _PERCENT.search(words)
        or (_PERCENT.search(caption) and not _money(words, lexicon))
    )
    if re.search(r"\bgrowth\b|\bchange\b", every, re.IGNORECASE) and percent:
        return "growth", "percent_per_year" if _RATE.search(every) else "percent", 1.0
    if metric is None:
        return None
    if percent:
        if metric == "exports":
            return "export_share", "percent", 1.0
        if metric == "output" and re.search(r"\bmarket|\bworld\b", every, re.IGNORECASE):
            return "market_share", "percent", 1.0
        return metric, "percent", 1.0
    time = _per_time(every) if metric == "wage" else ""
    factor = next((f for pattern, f in _SCALES if pattern.search(every)), 1.0)
    unit = {"employment": "persons", "firms": "firms", "area": "ha"}.get(metric, "")
    if metric in ("wage", "investment", "exports", "output") or not unit:
        unit = _money(every, lexicon) or _goods(every, lexicon)
        if not unit:
            return None
        unit += time
    if metric in ("firms", "employment") and cell.value * factor != int(cell.value * factor):
        return None
    if metric == "area":
        unit = _goods(every, lexicon) or unit
    return metric, unit, factor


def _per_time(words: str) -> str:
    """Return the end of a wage's unit: per month, day, hour or year, as the words say."""
    for pattern, per in _TIMES:
        if pattern.search(words):
            return per
    return ""


def _says_more(cell: _Cell, names: Sequence[str]) -> bool:
    """Say whether row or column tell anything but places, years and how often things happen."""
    rest = f"{cell.row} | {cell.column}"
    for name in names:
        rest = rest.replace(name, " ")
    return re.search(r"[^\W\d_]{3,}", rest) is not None


def _first_metric(words: str, lexicon: Lexicon) -> str | None:
    low = words[:1].lower() + words[1:]
    if _EXPORTING_FIRMS.search(low):
        return "firms"
    if lexicon.signs["wage"].search(low.lower()) and not _WAGES.search(low):
        return None
    for sign, metric in _METRICS:
        if lexicon.signs[sign].search(low) or lexicon.signs[sign].search(low.lower()):
            return metric
    return None


def _money(words: str, lexicon: Lexicon) -> str:
    """Return the currency named by code, sign or word."""
    for form, name in sorted(lexicon.prefix_units.items(), key=lambda item: -len(item[0])):
        if re.search(rf"(?<!\w){re.escape(form)}(?!\w)", words, re.IGNORECASE):
            return name
    for part in re.findall(r"[^\W\d_]+(?:\s[^\W\d_]+)?", words.casefold()):
        unit = lexicon.forms.get(tuple(part.split()))
        if unit and lexicon.units[unit].kind == "currency":
            return unit
    return ""


def _goods(words: str, lexicon: Lexicon) -> str:
    """Return a unit of mass, number or land that the words name."""
    for part in re.findall(r"[^\W_]+", words.casefold()):
        unit = lexicon.forms.get((part,))
        if unit and (
            lexicon.units[unit].kind in ("mass", "volume", "area")
            or unit in ("pairs", "pieces", "units")
        ):
            return unit
    return ""


def _when(cell: _Cell, caption: str) -> When | None:
    """Return the year of the header, the row's label or the caption."""
    for where in (cell.column, cell.row, caption):
        found = find_years(f"in {where}") or [
            w for w in find_years(f"({where})") if _YEAR.fullmatch(where)
        ]
        if found:
            return found[0]
        years = _BARE_YEAR.findall(where)
        if len(years) == 1:
            return When(0, 0, int(years[0]))
    return None

"""Proof: every check of `warehouse/checks`, and every stored text against its source file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warehouse.reader import Reader

CHECKS = Path(__file__).parent / "checks"
SAMPLE = 5
"""How many offenders of a check are shown."""

RereadText = Callable[[str, str, str], str]
"""(source, sha256, parser version) to the text as read again; raises `CannotReread`."""


class CannotReread(Exception):  # noqa: N818 - not an error: a source that can't be compared
    """Why a source can't be compared: it is gone, was changed, or the parser is another."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check: `offenders` counts, `sample` shows a few, `note` says what was left out."""

    name: str
    title: str
    offenders: int
    columns: tuple[str, ...] = ()
    sample: tuple[tuple[Any, ...], ...] = ()
    note: str = ""


@dataclass
class _Tally:
    same: int = 0
    differ: list[tuple[Any, ...]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def checks() -> dict[str, str]:
    """Return name to SQL of every check; each returns offenders, none means well."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(CHECKS.glob("*.sql"))}


def verify(reader: Reader, reread: RereadText | None = None) -> Iterator[CheckResult]:
    """Run every check; yield each result as it is known.

    Parameters
    ----------
    reader : Reader
    reread : callable, optional
        Reads a source again, for comparing it with the stored text.
    """
    for name, sql in checks().items():
        yield run_check(reader, name, sql)
    if reread is not None:
        yield compare_sources(reader, reread)


def run_check(reader: Reader, name: str, sql: str) -> CheckResult:
    """Run one check; its first line is its title."""
    params = {"countries": countries()} if "$countries" in sql else None
    found = reader.sql(sql, params)
    title = sql.splitlines()[0].removeprefix("--").strip()
    return CheckResult(name, title, len(found), found.columns, tuple(found.rows()[:SAMPLE]))


def compare_sources(reader: Reader, reread: RereadText) -> CheckResult:
    """Compare the stored text of every paper with what its source reads as today."""
    tally = _Tally()
    papers = reader.sql(
        "SELECT paper_id, source, sha256, parser_version FROM papers WHERE withdrawn_at IS NULL"
    ).rows()
    for paper_id, source, sha256, parser_version in papers:
        try:
            text = reread(source, sha256, parser_version)
        except CannotReread as reason:
            tally.left_out[str(reason)] += 1
            continue
        stored = reader.sql("SELECT text FROM paper_texts WHERE paper_id = ?", [paper_id]).rows()
        if stored and stored[0][0] == text:
            tally.same += 1
        else:
            tally.differ.append((paper_id, source))
    left_out = "".join(f", {n} {reason}" for reason, n in sorted(tally.left_out.items()))
    return CheckResult(
        "source_files",
        "The stored text is what the source file reads as.",
        len(tally.differ),
        ("paper_id", "source"),
        tuple(tally.differ[:SAMPLE]),
        f"{tally.same} read again{left_out}",
    )


def countries() -> list[str]:
    """Return the ISO 3166 alpha-2 codes, with Kosovo's user-assigned one."""
    import pycountry

    return sorted({country.alpha_2 for country in pycountry.countries} | {"XK"})

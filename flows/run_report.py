"""A page per run, HTML and markdown: what came in, what was refused and why, time, drift, disk."""

from __future__ import annotations

import html
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.run_drift import Drift, drift_since
from flows.settings import Settings
from pipeline.errors import UsageError, WarehouseError

if TYPE_CHECKING:
    from warehouse.reader import Reader

KEPT = 500
"""Report pages kept: a watched folder makes one every few minutes."""
SHOWN = 200

Rows = Sequence[Sequence[Any]]
Table = tuple[str, Sequence[str], Rows]


@dataclass(frozen=True, slots=True)
class Page:
    """A report: title, lines of words, tables (title, columns, rows)."""

    title: str
    words: list[str]
    tables: list[Table]

    def markdown(self) -> str:
        """Return it as markdown."""
        lines = [f"# {self.title}", "", *(f"{line}\n" for line in self.words)]
        for title, columns, rows in self.tables:
            lines += [f"## {title}", "", _line(columns), _line(["---"] * len(columns))]
            lines += [_line([_md(cell) for cell in row]) for row in rows] + [""]
        return "\n".join(lines)

    def html(self) -> str:
        """Return it as one HTML page that loads nothing."""
        return "".join(self._html())

    def _html(self) -> Iterator[str]:
        title = html.escape(self.title)
        yield f"<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title><style>"
        yield "body{font:15px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}"
        yield "table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left;"
        yield "vertical-align:top;border-bottom:1px solid #8884}</style>"
        yield f"<h1>{title}</h1>"
        for words in self.words:
            yield f"<p>{html.escape(words)}</p>"
        for name, columns, rows in self.tables:
            yield f"<h2>{html.escape(name)}</h2><table><tr>"
            yield "".join(f"<th scope=col>{html.escape(c)}</th>" for c in columns)
            for row in rows:
                yield "</tr><tr>"
                yield "".join(f"<td>{html.escape(_text(cell))}</td>" for cell in row)
            yield "</tr></table>"
        yield "</html>\n"


def report_path(settings: Settings, run_id: str) -> Path:
    """Return where a run's HTML page is; its markdown stands beside it."""
    return settings.home / "reports" / f"{run_id}.html"


def write_last(settings: Settings) -> Path:
    """Write the last run's page anew, and return its path."""
    import warehouse
    from warehouse.statements import statement

    with warehouse.open(settings.warehouse_path) as reader:
        rows = reader.sql(statement("last_runs")).dicts()
    if not rows:
        raise UsageError("no run yet: nothing to report on; `clusterlore ingest PATH` makes one")
    return write_report(settings, rows[0]["run_id"])


def write_report(settings: Settings, run_id: str) -> Path:
    """Write a run's page from the published copy, tell the webhook; return the HTML's path.

    A report that can't be written never fails the run: it says so in its place.
    """
    import warehouse
    from flows.webhook import tell

    path = report_path(settings, run_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with warehouse.open(settings.warehouse_path) as reader:
            page, told = _page(reader, settings, run_id)
    except WarehouseError as error:
        page = Page(f"Run {run_id}", [f"The warehouse could not be read: {error}"], [])
        told = {"run_id": run_id, "status": "unknown"}
    path.write_text(page.html(), encoding="utf-8")
    path.with_suffix(".md").write_text(page.markdown(), encoding="utf-8")
    _forget_old(path.parent)
    webhook = settings.webhook
    if webhook:
        tell(webhook, {**told, "report": str(path)})
    return path


def _page(reader: Reader, settings: Settings, run_id: str) -> tuple[Page, dict[str, Any]]:
    from warehouse.statements import statement

    rows = reader.sql(statement("one_run"), {"run_id": run_id}).dicts()
    if not rows:
        return Page(f"Run {run_id}", ["Its row is not published yet."], []), {"run_id": run_id}
    run = rows[0]
    counts = dict(run["counts"] or {})
    said = json.loads(run["report"] or "{}")
    took = (run["ended_at"] - run["started_at"]).total_seconds() if run["ended_at"] else None
    words = [
        f"{run['flow']}, {run['status']}, started {run['started_at']:%Y-%m-%d %H:%M:%S} UTC"
        + (f", took {took:,.1f} s" if took is not None else "")
    ]
    rejects = reader.sql(statement("rejects_since"), {"since": run["started_at"]}).rows()
    drift = drift_since(reader, run["started_at"]) if run["flow"] == "ingest" else Drift()
    tables: list[Table] = [
        ("Counts", ("what", "n"), sorted(counts.items())),
        ("Rejected", ("source", "stage", "reason", "detail"), list(rejects[:SHOWN])),
        ("Time by stage, over all workers", ("stage", "seconds"), _seconds(said)),
        ("Slowest papers", ("seconds", "source"), list(reversed(said.get("slowest", [])))),
        ("Trained", ("dimension", "model", "in use", "comparison"), _trained(said)),
        (
            "Label shares and confidence against earlier runs",
            _DRIFT_COLUMNS,
            [astuple(one) for one in drift.labels[:SHOWN]],
        ),
        ("Disk", ("what", "MB"), _disk(settings)),
    ]
    if run["flow"] == "ingest":
        words.append(drift.words())
    told = {
        "run_id": run_id, "flow": run["flow"], "status": run["status"], "counts": counts,
        "rejected": len(rejects), "drift": len(drift.drifted),
    }  # fmt: skip
    return Page(f"Run {run_id}", words, [one for one in tables if one[2]]), told


_DRIFT_COLUMNS = (
    "dimension", "label", "share now", "share before", "confidence now", "confidence before",
    "passages now", "drift",
)  # fmt: skip


def _seconds(said: dict[str, Any]) -> Rows:
    return sorted(said.get("seconds", {}).items(), key=lambda item: -item[1])


def _trained(said: dict[str, Any]) -> Rows:
    return [
        (one["dimension"], one["model_id"], "yes" if one["promoted"] else "no", one["note"])
        for one in said.get("trained", [])
    ]


def _disk(settings: Settings) -> Rows:
    path = settings.warehouse_path
    used = [(file.name, file) for file in sorted(path.parent.glob(f"{path.stem}*.duckdb"))]
    free = shutil.disk_usage(path.parent).free
    return [*((name, file.stat().st_size / 1e6) for name, file in used), ("free", free / 1e6)]


def _forget_old(folder: Path) -> None:
    pages = sorted(folder.glob("run_*.html"))
    for old in pages[:-KEPT]:
        old.with_suffix(".md").unlink(missing_ok=True)
        old.unlink(missing_ok=True)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:,.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _md(value: Any) -> str:
    return _text(value).replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"

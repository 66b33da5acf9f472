"""A report in one HTML file: evidence map, outcomes, clusters, gaps; pictures inline."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.named import run_named

if TYPE_CHECKING:
    from warehouse.reader import Reader

TEMPLATES = Path(__file__).parent / "templates"
SHOWN = 25
_INK = "#1f2933"


def report(reader: Reader) -> str:
    """Return the report's HTML."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    cells = run_named(reader, "evidence_map").dicts()
    outcomes = run_named(reader, "outcomes_by_path").dicts()
    decades = run_named(reader, "upgrading_over_time").dicts()
    return environment.get_template("report.html").render(
        made=datetime.now(UTC).strftime("%d %B %Y"),
        n_papers=cells[0]["n_of_papers"] if cells else 0,
        grid=evidence_grid(cells),
        pictures=[
            ("What became of it, by path of upgrading", outcomes_picture(outcomes)),
            ("Paths of upgrading by decade of the paper", decades_picture(decades)),
        ],
        clusters=run_named(reader, "cluster_profile").dicts()[:SHOWN],
        contradictions=run_named(reader, "contradictions").dicts()[:SHOWN],
        gaps=run_named(reader, "gaps").dicts()[:SHOWN],
        factors=run_named(reader, "drivers_against_barriers").dicts(),
        shown=SHOWN,
    )


def evidence_grid(cells: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the map as a table: `paths` (columns) and `rows` of (governance, cells).

    Each cell has the query's columns and `shade`, 0 to 5 by its share of the fullest cell.
    """
    most = max((cell["n_passages"] for cell in cells), default=0)
    paths = sorted({cell["upgrading_path"] for cell in cells})
    rows: dict[str, dict[str, dict[str, Any]]] = {}
    for cell in cells:
        shade = 0 if not cell["n_passages"] else 1 + (4 * cell["n_passages"]) // most
        rows.setdefault(cell["governance"], {})[cell["upgrading_path"]] = {**cell, "shade": shade}
    return {"paths": paths, "rows": [(name, [row.get(p) for p in paths])
                                     for name, row in sorted(rows.items())]}  # fmt: skip


def outcomes_picture(rows: list[dict[str, Any]]) -> str | None:
    """Return an SVG of the corrected share of each outcome by path, with its interval."""
    shown = [row for row in rows if row["outcome"] != "none"]
    if not shown:
        return None
    import altair as alt

    for row in shown:
        row["best"] = row["share"] if row["corrected"] is None else row["corrected"]
        row["interval"] = row["low"] is not None
    base = alt.Chart(alt.Data(values=shown)).encode(
        y=alt.Y("outcome:N", title=None),
        color=alt.Color("outcome:N", legend=None),
    )
    marks = base.mark_point(filled=True, size=55).encode(
        x=alt.X("best:Q", title="share of the path's passages", axis=alt.Axis(format="%"))
    )
    spans = base.transform_filter("datum.interval").mark_rule().encode(x="low:Q", x2="high:Q")
    chart = (spans + marks).properties(width=200, height=90)
    return _svg(chart.facet(facet=alt.Facet("upgrading_path:N", title=None), columns=3))


def decades_picture(rows: list[dict[str, Any]]) -> str | None:
    """Return an SVG of papers by path and decade."""
    shown = [r for r in rows if r["dimension"] == "upgrading_path" and r["decade"] is not None]
    if not shown:
        return None
    import altair as alt

    chart = alt.Chart(alt.Data(values=shown)).mark_line(point=True).encode(
        x=alt.X("decade:O", title="decade"),
        y=alt.Y("n_papers:Q", title="papers", axis=alt.Axis(tickMinStep=1)),
        color=alt.Color("label:N", title="path"),
    )  # fmt: skip
    return _svg(chart.properties(width=640, height=220))


def _svg(chart: Any) -> str:
    import vl_convert

    look = {"font": "sans-serif", "background": "white", "view": {"stroke": "#e4e7eb"},
            "axis": {"labelColor": _INK, "titleColor": _INK}}  # fmt: skip
    svg = vl_convert.vegalite_to_svg(chart.configure(**look).to_dict())
    return str(svg)

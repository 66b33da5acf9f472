"""Tables, references and the graph of entities as files."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UnknownNameError, UsageError, WarehouseError
from warehouse.export_references import bibtex, ris
from warehouse.formats import harmless, plain, write_csv, write_json, write_parquet
from warehouse.named import named_queries, run_named
from warehouse.statements import statement

if TYPE_CHECKING:
    from warehouse.reader import Reader, Result

TABLES = (
    "papers", "paper_sources", "rejects", "sections", "passages", "tables", "works", "citations",
    "entities", "mentions", "sentences", "sentence_works", "facts", "relations", "codes",
    "codebook_labels", "annotations", "models", "runs", "issues", "evidence_map",
    "cluster_profile", "codes_current", "independent_facts", "contradictions",
)  # fmt: skip
TABLE_FORMATS = ("csv", "json", "parquet", "xlsx")
REFERENCE_FORMATS = ("ris", "bib")
FORMATS = (*TABLE_FORMATS, *REFERENCE_FORMATS, "graphml", "html")
REFERENCES = ("papers", "works")
SHEET_ROWS = 1_048_575
CELL_CHARACTERS = 32_767


def export(
    reader: Reader, what: str, out: Path, *, format: str | None = None,  # noqa: A002
    params: Mapping[str, Any] | None = None,
) -> int:  # fmt: skip
    """Write a table, view, named query, list of references, graph or report to a file.

    Parameters
    ----------
    reader : Reader
        An open warehouse.
    what : str
        A table, view or named query; ``papers`` or ``works`` for references; ``entities`` for the
        graph; ``report`` for the report.
    out : Path
        The file; it is replaced only when the new one is complete.
    format : str, optional
        One of `FORMATS`; by default the file's ending says.
    params : mapping, optional
        Parameters of a named query.

    Returns
    -------
    int
        How many rows, references or nodes were written.

    Raises
    ------
    UnknownNameError, UsageError, WarehouseError
        Unknown thing or format, a thing that the format can't hold, a file that can't be written.
    """
    chosen = (format or out.suffix.lstrip(".")).lower()
    chosen = {"bibtex": "bib", "excel": "xlsx"}.get(chosen, chosen)
    if chosen not in FORMATS:
        raise UnknownNameError("export format", chosen, FORMATS)
    make = _maker(reader, what, chosen, params or {})
    fresh = out.with_name(out.name + ".new")
    try:
        n = make(fresh)
        fresh.replace(out)
    except OSError as error:
        raise WarehouseError(f"can't write {out}: {error.strerror or error}") from error
    finally:
        fresh.unlink(missing_ok=True)
    return n


def _maker(
    reader: Reader, what: str, chosen: str, params: Mapping[str, Any]
) -> Callable[[Path], int]:
    if chosen == "html":
        return lambda path: _report(reader, path)
    if chosen == "graphml":
        return lambda path: _graph(reader, path)
    if chosen in REFERENCE_FORMATS:
        if what not in REFERENCES:
            raise UsageError(f"{chosen} holds references; expected papers or works, got {what!r}")
        return lambda path: _references(reader, what, chosen, path)
    result = table(reader, what, params)
    return lambda path: _table(result, chosen, path)


def table(reader: Reader, what: str, params: Mapping[str, Any]) -> Result:
    """Return a named query's answer, or a whole table or view."""
    if what in named_queries() and (what not in TABLES or params):
        return run_named(reader, what, params)
    if what not in TABLES:
        raise UnknownNameError("table or query", what, {*TABLES, *named_queries()})
    return reader.sql(f"FROM {what}")  # a name of TABLES, never the caller's text


def _table(result: Result, chosen: str, path: Path) -> int:
    if chosen == "parquet":
        write_parquet(result, path)
        return len(result)
    if chosen == "xlsx":
        write_excel(result, path)
        return len(result)
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        write = write_json if chosen == "json" else write_csv
        write(result.columns, result.rows(), stream)
    return len(result)


def write_excel(result: Result, path: Path) -> None:
    """Write one sheet; text that a spreadsheet would run as a formula is made harmless.

    Raises
    ------
    UsageError
        More rows than a sheet can hold.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if len(result) > SHEET_ROWS:
        raise UsageError(
            f"{len(result):,} rows; a sheet holds {SHEET_ROWS:,}: export csv or parquet instead"
        )
    book = Workbook(write_only=True)
    sheet = book.create_sheet("clusterlore")
    sheet.freeze_panes = "A2"
    head = []
    for name in result.columns:
        cell = WriteOnlyCell(sheet, harmless(name))
        cell.font = Font(bold=True)
        head.append(cell)
    sheet.append(head)
    for row in result.rows():
        sheet.append([_excel_cell(value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(buffer.getvalue())


def _excel_cell(value: Any) -> Any:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if value is None or isinstance(value, bool | int | float):
        return value
    if hasattr(value, "isoformat"):
        return value
    if isinstance(value, list | tuple):
        value = "; ".join(str(plain(item)) for item in value)
    text = ILLEGAL_CHARACTERS_RE.sub("", str(plain(value)))
    return harmless(text)[:CELL_CHARACTERS]


def _references(reader: Reader, what: str, chosen: str, path: Path) -> int:
    rows = reader.sql(statement(f"export/{what}")).dicts()
    write = bibtex if chosen == "bib" else ris
    path.write_text(write(rows), encoding="utf-8", newline="\n")
    return len(rows)


def _graph(reader: Reader, path: Path) -> int:
    """Write entities as nodes and relations as edges, with how many papers say so."""
    import networkx

    graph = networkx.MultiDiGraph()
    for node in reader.sql(statement("export/nodes")).dicts():
        entity_id = node.pop("entity_id")
        graph.add_node(entity_id, **_filled(node))
    for edge in reader.sql(statement("export/edges")).dicts():
        subject, other = edge.pop("subject_id"), edge.pop("object_id")
        graph.add_edge(subject, other, key=edge["relation"], **_filled(edge))
    buffer = io.BytesIO()
    networkx.write_graphml(graph, buffer)
    path.write_bytes(buffer.getvalue())
    return int(graph.number_of_nodes())


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    """Return what has a value; characters that XML can't hold are dropped."""
    return {
        name: _for_xml(value) if isinstance(value, str) else value
        for name, value in row.items()
        if value is not None
    }


def _for_xml(text: str) -> str:
    return "".join(char for char in text if char >= " " or char in "\t\n")


def _report(reader: Reader, path: Path) -> int:
    from warehouse.report import report

    text = report(reader)
    path.write_text(text, encoding="utf-8", newline="\n")
    return 1

"""The data dictionary and the picture of the tables, made from the schema itself.

``python -m warehouse.dictionary`` writes ``docs/data-dictionary.md`` and ``docs/tables.md``; a
test keeps them true.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.migrate import migrate
from warehouse.statements import statement

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DOCS = Path(__file__).parents[1] / "docs"
KEYS = {
    "paper_id": "papers", "passage_id": "passages", "section_id": "sections",
    "work_id": "works", "entity_id": "entities", "sentence_id": "sentences",
    "model_id": "models",
}  # fmt: skip
"""Column to the table whose rows it points to."""
_AGAIN = "Made by `python -m warehouse.dictionary`; change the COMMENTs in the migrations instead."


def made_documents() -> dict[str, str]:
    """Return file name (in ``docs``) to contents."""
    import duckdb

    with duckdb.connect() as con:
        migrate(con, Path("memory"))
        return {"data-dictionary.md": dictionary(con), "tables.md": picture(con)}


def dictionary(con: DuckDBPyConnection) -> str:
    """Return every table, view, column and macro with what it is for, as Markdown."""
    lines = ["# Data dictionary", "", _AGAIN, ""]
    columns = _columns(con)
    for what, title in (("table", "Tables"), ("view", "Views"), ("kept", "Kept answers")):
        chosen = [row for row in _relations(con) if row[0] == what]
        lines += [f"## {title}", ""] if chosen else []
        for _, name, comment in chosen:
            lines += [f"### {name}", "", comment or "", "", "| column | type | what |"]
            lines += ["| --- | --- | --- |"]
            lines += [f"| {_row(one)} |" for one in columns[name]]
            lines.append("")
    lines += ["## Macros", "", "| macro | what |", "| --- | --- |"]
    for name, parameters, comment in con.execute(statement("dictionary_macros")).fetchall():
        lines.append(f"| `{name}({', '.join(parameters)})` | {comment or ''} |")
    return "\n".join(lines) + "\n"


def picture(con: DuckDBPyConnection) -> str:
    """Return the tables and what points to what as a Mermaid diagram in Markdown."""
    columns = _columns(con)
    tables = [name for what, name, _ in _relations(con) if what == "table"]
    lines = ["# The tables", "", _AGAIN, "", "```mermaid", "erDiagram"]
    lines += list(_arrows(tables, columns))
    for table in tables:
        lines.append(f"    {table} {{")
        for name, kind, _ in columns[table]:
            plain = kind.split("(")[0].replace("[]", "_list").replace(" ", "_").lower()
            lines.append(f"        {plain} {name}")
        lines.append("    }")
    return "\n".join([*lines, "```", ""])


def _arrows(tables: list[str], columns: dict[str, list[tuple[str, str, str]]]) -> Iterator[str]:
    for table in tables:
        names = [name for name, _, _ in columns[table]]
        for key, target in KEYS.items():
            # A find says its paper through its passage; the straight line would only clutter.
            by_passage = key == "paper_id" and "passage_id" in names and table != "passages"
            if key in names and target != table and not by_passage:
                yield f"    {target} ||--o{{ {table} : {key}"


def _relations(con: DuckDBPyConnection) -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, str]] = con.execute(statement("dictionary_tables")).fetchall()
    return rows


def _columns(con: DuckDBPyConnection) -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    rows: list[tuple[Any, ...]] = con.execute(statement("dictionary_columns")).fetchall()
    for table, name, kind, comment in rows:
        found.setdefault(table, []).append((name, kind, comment))
    return found


def _row(column: tuple[str, str, str]) -> str:
    name, kind, comment = column
    return f"`{name}` | {kind} | {(comment or '').replace('|', chr(92) + '|')}"


def main() -> None:
    """Write the documents."""
    for name, text in made_documents().items():
        (DOCS / name).write_text(text, encoding="utf-8")
        sys.stderr.write(f"wrote {DOCS / name}\n")


if __name__ == "__main__":
    main()

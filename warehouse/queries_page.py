"""The page ``docs/queries.md``: what can be asked by name, made from the queries themselves.

``python -m warehouse.queries_page`` writes it; a test says when it is out of date.
"""

from __future__ import annotations

from pathlib import Path

from warehouse.named import NamedQuery, named_queries

PAGE = Path(__file__).resolve().parents[1] / "docs" / "queries.md"


def queries_page() -> str:
    """Return the page."""
    queries = named_queries()
    head = (
        "# Named queries\n\n"
        f"{len(queries)} questions that can be asked by name: `clusterlore sql NAME --param k=v`,"
        " `reader.named(name, {...})` in Python, or on the page under Questions. Made from"
        " `warehouse/queries/*.sql` by `python -m warehouse.queries_page`.\n"
    )
    return head + "".join(_entry(query) for query in queries.values())


def _entry(query: NamedQuery) -> str:
    lines = [f"\n## {query.name}\n\n{query.purpose}\n"]
    if query.parameters:
        lines.append("\n| parameter | type | default | what it is |\n| --- | --- | --- | --- |\n")
    for one in query.parameters:
        default = "must be given" if one.default is None else f"`{one.default}`"
        lines.append(f"| `{one.name}` | {one.type} | {default} | {one.what} |\n")
    return "".join(lines)


if __name__ == "__main__":
    PAGE.write_text(queries_page(), encoding="utf-8")

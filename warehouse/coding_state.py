"""Which papers are coded by which models, and the passages to code again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from warehouse.statements import statement

if TYPE_CHECKING:
    from warehouse.writer import Writer


def stale_papers(writer: Writer, wanted: Mapping[str, str]) -> dict[str, set[str]]:
    """Return dimension to the papers whose codes are not of the model `wanted` names for it."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = writer.con.execute(
        statement("coded_by"), {"names": list(wanted), "ids": list(wanted.values())}
    ).fetchall()
    for paper_id, dimension in rows:
        found[dimension].add(paper_id)
    return dict(found)


def passages_to_code(writer: Writer, papers: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return (paper id, passage id, text without heading) of the papers' evidence, in order."""
    return [
        (paper, passage, body)
        for paper, passage, body in writer.con.execute(
            statement("passages_to_code"), {"papers": list(papers)}
        ).fetchall()
    ]


def mark_recoded(writer: Writer, recipe: str, *, parser: str, codebook: str, encoder: str) -> None:
    """Give all that was read as `recipe` reads, and is coded by its models now, that recipe."""
    same = {"parser": parser, "codebook": codebook, "encoder": encoder}
    old = [
        one for (one,) in writer.con.execute(statement("recipes_like"), same).fetchall()
        if one != recipe
    ]  # fmt: skip
    if not old:
        return
    with writer.transaction():
        for table in ("papers", "paper_sources", "rejects"):
            writer.con.execute(statement(f"mark_recoded_{table}"), {"recipe": recipe, "old": old})

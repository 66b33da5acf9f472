"""Filling the kept tables from what changed gives the same rows as filling them anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bench.made_warehouse import Maker
from tests.warehouse.golden import make_golden
from warehouse.kept import KEPT, keep
from warehouse.writer import LoadResult, Writer

MAKER = Maker(12)


def kept(writer: Writer) -> dict[str, list[str]]:
    """Return the rows of every kept table."""
    return {
        name: sorted(map(repr, writer.con.execute(f"FROM kept.{name}").fetchall())) for name in KEPT
    }


def load(writer: Writer, number: int, recipe: str = "bench") -> LoadResult:
    """Load a made paper."""
    return writer.load(MAKER.paper(number), size=1, mtime_ns=1, recipe=recipe)


def some_paper(writer: Writer) -> str:
    """Return a paper that is there."""
    row = writer.con.execute("SELECT min(paper_id) FROM papers").fetchone()
    assert row
    return str(row[0])


def load_with_country(writer: Writer) -> None:
    """Load a paper that says another country of a cluster that others speak of."""
    made = MAKER.paper(13)
    entities = tuple(
        replace(one, country="AA") if one.kind == "CLUSTER" else one
        for one in made.evidence.entities
    )
    made = replace(made, evidence=replace(made.evidence, entities=entities))
    writer.load(made, size=1, mtime_ns=1, recipe="bench")


CHANGES: dict[str, Callable[[Writer], object]] = {
    "nothing": lambda writer: None,
    "a new paper": lambda writer: load(writer, 14),
    "a paper read again": lambda writer: load(writer, 3, "other"),
    "a new paper and one read again": lambda writer: (load(writer, 15), load(writer, 4, "more")),
    "another country": load_with_country,
    "a paper withdrawn": lambda writer: writer.corrections.withdraw(
        some_paper(writer), by="ann", reason="twice"
    ),
    "clusters merged": lambda writer: writer.corrections.merge_entities(
        *[row[0] for row in writer.con.execute(
            "SELECT entity_id FROM entities WHERE kind = 'CLUSTER' ORDER BY 1 LIMIT 2"
        ).fetchall()], by="ann", reason="one place",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kept") / "w.duckdb"
    with Writer(path) as writer:
        for number in range(12):
            load(writer, number)
        keep(writer.con)
    return path


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_alone_gives_the_same_as_all_anew(made: Path, path: Path, change: str) -> None:
    path.write_bytes(made.read_bytes())
    with Writer(path) as writer:
        CHANGES[change](writer)
        keep(writer.con)
        little = kept(writer)
        writer.con.execute("DELETE FROM kept.filled")
        keep(writer.con)
        assert little == kept(writer)
        assert all(little[name] for name in ("spoken_of", "clusters", "numbers", "label_years"))


def test_the_golden_warehouse_is_filled_again_the_same(path: Path) -> None:
    make_golden(path)
    with Writer(path) as writer:
        before = kept(writer)
        load(writer, 1)
        keep(writer.con)
        assert kept(writer) != before
        little = kept(writer)
        writer.con.execute("DELETE FROM kept.filled")
        keep(writer.con)
        assert little == kept(writer)

"""Filling the kept tables from what changed gives the same rows as filling them anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench.made_warehouse import Maker
from tests.warehouse.golden import make_golden
from warehouse.kept import KEPT, keep
from warehouse.writer import LoadResult, Writer

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

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


def vectors(con: DuckDBPyConnection) -> list[tuple[str, list[float]]]:
    """Return what is kept of papers' vectors, to three figures."""
    found = con.execute("SELECT paper_id, vector FROM kept.paper_vectors ORDER BY ALL").fetchall()
    return [(paper_id, [round(value, 3) for value in vector]) for paper_id, vector in found]


@pytest.mark.parametrize("enough", [1, 3, 1_000])
def test_each_paper_has_one_vector_however_many_go_in_together(
    path: Path, enough: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.writer.ENOUGH", enough)
    with Writer(path) as writer:
        for number in range(7):
            load(writer, number)
        load(writer, 2, "other")  # in the place of one whose vector may be in or wait
        writer.publish()
        load(writer, 7)
        keep(writer.con)  # finds it missing, if it waits
        load(writer, 8)
        writer.publish()
        gradually = vectors(writer.con)
        writer.con.execute("DELETE FROM kept.paper_vectors")
        keep(writer.con)
        assert gradually == vectors(writer.con)
        assert len(gradually) == 9


def test_a_small_file_is_written_without_weighing_how_to_shorten_texts(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "SELECT current_setting('disabled_compression_methods')"
    with Writer(path) as writer:
        load(writer, 1)
        writer.publish()
        assert writer.con.execute(said).fetchone() == ("FSST",)
        monkeypatch.setattr("warehouse.connect.SMALL", 1 << 10)
        load(writer, 2)
        writer.publish()
        assert writer.con.execute(said).fetchone() == ("",)


def test_vectors_that_a_killed_writer_had_in_hand_are_made_good(path: Path) -> None:
    with Writer(path) as writer:
        load(writer, 1)
        writer.flush()
        copy = path.with_name("killed.duckdb")
        copy.write_bytes(path.read_bytes())
        log = path.with_name(path.name + ".wal")
        copy.with_name(copy.name + ".wal").write_bytes(log.read_bytes())
        writer.publish()
        whole = vectors(writer.con)
    with Writer(copy) as writer:
        assert vectors(writer.con) == []
        writer.publish()
        assert vectors(writer.con) == whole != []


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

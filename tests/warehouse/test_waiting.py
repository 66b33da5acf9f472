"""Papers that come fast share a transaction, and nobody can tell from the rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from made_papers import bundle
from snapshots import column, rows
from test_loading import LONG, load, offenders

from pipeline.errors import WarehouseError
from pipeline.records import Entity, Issue, PaperBundle
from warehouse import waiting
from warehouse.writer import Writer


def body(n: int) -> tuple[str, ...]:
    """Return a text like no other: near-duplicates would be looked at, which ends the waiting."""
    return (" ".join(f"word{n}of{part}" for part in range(12)) + ".",)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every paper wait, from the second on."""
    monkeypatch.setattr(waiting, "PATIENCE", 1e9)


def knowing(made: PaperBundle, **known: str) -> PaperBundle:
    """Return the paper with something else known of its cluster."""
    entities: tuple[Entity, ...] = tuple(
        replace(one, **known) if one.kind == "CLUSTER" else one  # type: ignore[arg-type]
        for one in made.evidence.entities
    )
    issue = Issue.of(None, "read", "odd", "the same of every paper")
    return replace(made, evidence=replace(made.evidence, entities=entities, issues=(issue,)))


def some_papers() -> list[PaperBundle]:
    """Return papers that share entities, works and issues; twins, likes and a replaced one."""
    different = [
        tuple(f"Body {n} of part {part} is its own." for part in range(3)) for n in range(9)
    ]
    made = [bundle(f"{n}.txt", title=f"Paper {n}", body=own) for n, own in enumerate(different)]
    made[1] = knowing(made[1], sector="polishing", isic="31")
    made[2] = knowing(made[2], sector="cutting", isic="15")
    return [
        *made[:4],
        bundle("like.txt", title="Leather of the valley", body=LONG),
        bundle("likely.txt", title="Hides and hands", body=LONG[:50]),
        bundle("twin.txt", title="Paper 2", body=different[2]),
        *made[4:7],
        bundle("1.txt", title="Wholly new", body=("Other words under a path that is known.",)),
        *made[7:],
    ]  # fmt: skip


def loaded(path: Path, between: Callable[[Writer], object]) -> dict[str, list[tuple[object, ...]]]:
    with Writer(path) as writer:
        for made in some_papers():
            load(writer, made)
            between(writer)
        assert offenders(writer) == {}
        return rows(writer)


@pytest.mark.usefixtures("patient")
def test_together_or_one_by_one_the_rows_are_the_same(tmp_path: Path) -> None:
    one_by_one = loaded(tmp_path / "one.duckdb", lambda writer: writer.flush())
    together = loaded(tmp_path / "all.duckdb", lambda writer: None)
    assert together == one_by_one
    assert len(together["main.papers"]) == 11
    assert len(together["main.issues"]) == 2


@pytest.mark.usefixtures("patient")
def test_papers_wait_until_someone_looks_or_there_are_enough(path: Path) -> None:
    def there() -> int:
        assert writer._con is not None
        return int(writer._con.execute("SELECT count(*) FROM papers").fetchall()[0][0])

    papers = [bundle(f"{n}.txt", title=None, body=body(n)) for n in range(40)]
    with Writer(path) as writer:
        seen = []
        for made in papers:
            load(writer, made)
            seen.append(there())
        assert seen == [1] * waiting.MOST + [1 + waiting.MOST] * (40 - waiting.MOST)
        assert len(writer.known()) == 40
        assert column(writer, "SELECT count(*) FROM papers") == [40]
    with Writer(path) as writer:
        load(writer, bundle("last.txt"))
        load(writer, bundle("very last.txt", title="Another", body=("At the end.",)))
    with Writer(path) as writer:
        assert column(writer, "SELECT count(*) FROM papers") == [42]


@pytest.mark.usefixtures("patient")
def test_one_bad_paper_costs_no_other_its_place(path: Path) -> None:
    papers = [bundle(f"{n}.txt", title=None, body=body(n)) for n in range(5)]
    object.__setattr__(papers[2].codes[0], "label", None)
    with Writer(path) as writer:
        for made in papers:
            load(writer, made)
        with pytest.raises(WarehouseError, match=r"codes\.label"):
            writer.flush()
        good = ["0.txt", "1.txt", "3.txt", "4.txt"]
        assert column(writer, "SELECT source FROM papers") == good
        assert sorted(writer.known()) == good
        assert offenders(writer) == {}
        assert load(writer, bundle("2.txt", title=None, body=body(2))).action == "loaded"
        assert load(writer, papers[4]).action == "unchanged"


def test_a_paper_that_comes_after_a_pause_goes_in_at_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "PATIENCE", 0.0)
    with Writer(path) as writer:
        for n in range(3):
            load(writer, bundle(f"{n}.txt", title=None, body=body(n)))
            assert not writer._waiting.papers

"""Papers in, rows out: the promises of `ingest`, on the project's own papers."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

import warehouse
from flows.ingest import ingest
from flows.pool import fallen
from flows.settings import Settings
from flows.work import Outcome, Task
from pipeline.errors import UsageError

TABLES = ("papers", "passages", "mentions", "facts", "codes", "sentences", "works", "citations")


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    for name in ("11-penang-electronics.md", "13-moradabad-brassware.txt"):
        shutil.copy(root / "examples" / "papers" / name, folder)
    return folder


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(home=tmp_path_factory.mktemp("home"))


def rows(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    with warehouse.open(settings.warehouse_path) as reader:
        return {
            table: sorted(map(str, reader.sql(f"SELECT * FROM {table}").rows())) for table in TABLES
        }  # type: ignore[return-value]


def count(settings: Settings, sql: str) -> int:
    with warehouse.open(settings.warehouse_path) as reader:
        return int(reader.sql(sql).rows()[0][0])


def test_the_first_run_loads_and_the_second_changes_no_row(
    papers: Path, settings: Settings
) -> None:
    first = ingest([papers], settings)
    assert dict(first.actions) == {"loaded": 2}
    before = rows(settings)
    assert all(before[table] for table in TABLES)
    second = ingest([papers], settings)
    assert dict(second.actions) == {"unchanged": 2}
    assert rows(settings) == before


def test_workers_do_not_change_rows(papers: Path, settings: Settings, tmp_path: Path) -> None:
    other = Settings(home=tmp_path)
    assert dict(ingest([papers], other, workers=2).actions) == {"loaded": 2}
    for table in ("mentions", "facts", "codes", "sentences"):
        assert timeless(settings, table) == timeless(other, table)


def timeless(settings: Settings, table: str) -> list[list[object]]:
    """Return a table's rows without the times at which they were written."""
    with warehouse.open(settings.warehouse_path) as reader:
        rows = reader.sql(f"SELECT * FROM {table} ORDER BY ALL").rows()
    return [[cell for cell in row if not isinstance(cell, datetime)] for row in rows]


def test_no_evidence_comes_from_references_or_front_matter(settings: Settings) -> None:
    sql = """SELECT count(*) FROM {table} JOIN passages USING (passage_id)
             JOIN sections USING (section_id) WHERE role IN ('front', 'references')"""
    for table in ("mentions", "facts", "codes"):
        assert count(settings, sql.format(table=table)) == 0


def test_an_edited_file_replaces_its_paper_whole(papers: Path, settings: Settings) -> None:
    paper = papers / "11-penang-electronics.md"
    text = paper.read_text(encoding="utf-8")
    old = count(settings, "SELECT count(*) FROM papers")
    paper.write_text(text + "\n\nA last remark was added by hand.\n", encoding="utf-8")
    assert dict(ingest([papers], settings).actions) == {"replaced": 1, "unchanged": 1}
    assert count(settings, "SELECT count(*) FROM papers") == old
    found = "SELECT count(*) FROM paper_texts WHERE text LIKE '%A last remark was added by hand.%'"
    assert count(settings, found) == 1
    orphans = "SELECT count(*) FROM passages WHERE paper_id NOT IN (SELECT paper_id FROM papers)"
    assert count(settings, orphans) == 0


def test_the_same_bytes_elsewhere_are_one_paper_with_two_sources(
    papers: Path, settings: Settings
) -> None:
    shutil.copy(papers / "13-moradabad-brassware.txt", papers / "copy.txt")
    assert dict(ingest([papers], settings).actions) == {"added_source": 1, "unchanged": 2}
    assert count(settings, "SELECT count(*) FROM papers") == 2
    twins = "SELECT max(n) FROM (SELECT count(*) AS n FROM paper_sources GROUP BY paper_id)"
    assert count(settings, twins) == 2


def test_what_cannot_be_read_is_rejected_with_its_reason(papers: Path, settings: Settings) -> None:
    (papers / "empty.pdf").write_bytes(b"")
    (papers / "noise.docx").write_bytes(bytes(range(256)) * 8)
    report = ingest([papers], settings)
    assert report.actions["rejected"] == 2
    with warehouse.open(settings.warehouse_path) as reader:
        found = reader.sql(
            "SELECT source, reason, stage, detail FROM rejects ORDER BY source"
        ).rows()
    assert [(Path(s).name, reason) for s, reason, _, _ in found] == [
        ("empty.pdf", "empty"),
        ("noise.docx", "not_a_document"),
    ]
    assert all(detail for _, _, _, detail in found)
    once = """SELECT count(*) FROM (SELECT source FROM paper_sources
              INTERSECT SELECT source FROM rejects)"""
    assert count(settings, once) == 0


def test_nothing_to_read_is_wrong_use(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(UsageError, match="No such"):
        ingest([tmp_path / "missing.pdf"], settings)
    (tmp_path / "bare").mkdir()
    with pytest.raises(UsageError, match="nothing to read there"):
        ingest([tmp_path / "bare"], settings)


def test_a_file_that_was_not_to_blame_is_tried_again(papers: Path, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    paper = papers / "13-moradabad-brassware.txt"

    def failing(tasks: Iterable[Task]) -> Iterator[Outcome]:
        return (fallen(task, "engine_failed", "The engine failed.") for task in tasks)

    def crashing(tasks: Iterable[Task]) -> Iterator[Outcome]:
        return (fallen(task) for task in tasks)

    copy = Path(shutil.copy(paper, tmp_path / "paper.txt"))
    assert dict(ingest([copy], settings, work=failing).actions) == {"rejected": 1}
    noted = "SELECT count(*) FROM rejects WHERE reason = 'engine_failed'"
    assert count(settings, noted) == 1
    assert dict(ingest([copy], settings, work=failing).actions) == {"rejected": 1}
    assert count(settings, noted) == 1
    assert dict(ingest([copy], settings).actions) == {"loaded": 1}
    assert count(settings, "SELECT count(*) FROM rejects") == 0

    copy.write_text(copy.read_text(encoding="utf-8") + "\n\nOne more remark.\n", encoding="utf-8")
    assert dict(ingest([copy], settings, work=failing).actions) == {"rejected": 1}
    assert count(settings, "SELECT count(*) FROM paper_sources") == 1
    assert count(settings, "SELECT count(*) FROM issues WHERE problem = 'source_turned_bad'") == 0
    assert dict(ingest([copy], settings).actions) == {"replaced": 1}

    blamed = Settings(home=tmp_path / "blamed")
    ingest([paper], blamed, work=crashing)
    assert dict(ingest([paper], blamed).actions) == {"rejected": 1}

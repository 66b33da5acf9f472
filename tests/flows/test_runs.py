"""Runs that survive: every source accounted for; a stopped run goes on; a bad paper is alone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import stub_work

import warehouse
from flows.ingest import ingest
from flows.run_report import report_path, write_last
from flows.settings import Settings
from pipeline.errors import UsageError, WarehouseLocked
from warehouse.writer import Writer

Papers = Callable[..., Path]


def _titles(settings: Settings) -> list[str]:
    with warehouse.open(settings.warehouse_path) as reader:
        return [row[0] for row in reader.sql("SELECT title FROM papers ORDER BY title").rows()]


def _runs(settings: Settings) -> list[tuple[str, str]]:
    with warehouse.open(settings.warehouse_path) as reader:
        return reader.sql("SELECT flow, status FROM runs ORDER BY started_at").rows()


def test_a_stopped_run_goes_on_where_it_stopped(settings: Settings, papers: Papers) -> None:
    folder = papers(6, bad=1)
    with pytest.raises(KeyboardInterrupt):
        ingest([folder], settings, work=stub_work.Slowly(stop_after=3))
    assert len(_titles(settings)) == 3
    second = stub_work.Slowly()
    report = ingest([folder], settings, work=second)
    assert report.actions == Counter(unchanged=3, loaded=3, rejected=1)
    assert second.done == 4
    assert _runs(settings) == [("ingest", "stopped"), ("ingest", "done")]


def test_a_run_that_was_killed_is_called_so_by_the_next(settings: Settings, papers: Papers) -> None:
    with Writer(settings.warehouse_path) as writer:
        writer.start_run("ingest")
    ingest([papers(1)], settings, work=stub_work.work)
    assert _runs(settings) == [("ingest", "killed"), ("ingest", "done")]


def test_two_runs_at_once_the_second_says_who_holds_it(settings: Settings, papers: Papers) -> None:
    folder = papers(1)
    with Writer(settings.warehouse_path), pytest.raises(WarehouseLocked, match="process"):
        ingest([folder], settings, work=stub_work.work)


def test_a_no_change_run_changes_no_row(settings: Settings, papers: Papers) -> None:
    folder = papers(4)
    ingest([folder], settings, work=stub_work.work)
    again = stub_work.Slowly()
    report = ingest([folder], settings, work=again)
    assert (report.actions, again.done) == (Counter(unchanged=4), 0)


def test_a_run_leaves_a_page_with_counts_rejects_time_and_disk(
    settings: Settings, papers: Papers
) -> None:
    report = ingest([papers(2, bad=2)], settings, work=stub_work.work)
    page = report_path(settings, report.run_id).with_suffix(".md").read_text(encoding="utf-8")
    assert "| loaded | 2 |" in page
    assert "| rejected | 2 |" in page
    assert "bad0.txt | read | bad | It says so." in page
    titles = [line for line in page.splitlines() if line.startswith("## ")]
    assert titles == [
        "## Counts",
        "## Rejected",
        "## Time by stage, over all workers",
        "## Slowest papers",
        "## Disk",
    ]
    assert "<script" not in report_path(settings, report.run_id).read_text(encoding="utf-8")


def test_what_a_paper_says_is_no_markup_in_the_page(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "<b>|x.txt").write_text("BAD", encoding="utf-8")
    report = ingest([folder], settings, work=stub_work.work)
    path = report_path(settings, report.run_id)
    assert "<b>" not in path.read_text(encoding="utf-8")
    assert "&lt;b>\\|x.txt" in path.with_suffix(".md").read_text(encoding="utf-8")


def test_the_run_row_keeps_time_by_stage(settings: Settings, papers: Papers) -> None:
    report = ingest([papers(2)], settings, work=stub_work.work)
    with warehouse.open(settings.warehouse_path) as reader:
        (said,) = reader.sql("SELECT report FROM runs").rows()[0]
    assert set(json.loads(said)["seconds"]) == {"open", "read", "load"}
    assert write_last(settings) == report_path(settings, report.run_id)


def test_nothing_to_read_is_said(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing to read"):
        ingest([tmp_path], settings, work=stub_work.work)

"""Watching: what lands is loaded within seconds; what is half copied is waited for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import stub_work

from flows import watching
from flows.ingest import IngestReport
from flows.settings import Settings
from pipeline.errors import UsageError


def test_a_file_is_complete_once_it_rests(tmp_path: Path) -> None:
    clock = [0.0]
    landing = watching.Landing(1.0, now=lambda: clock[0])
    paper, half, gone = (tmp_path / name for name in ("a.txt", "b.txt", "c.txt"))
    for path in (paper, half, gone):
        path.write_text("one", encoding="utf-8")
    (tmp_path / "d.pdf.part").write_text("x", encoding="utf-8")
    landing.note([*tmp_path.iterdir()])
    assert (landing.waiting, landing.complete()) == (3, [])
    gone.unlink()
    half.write_text("one and more", encoding="utf-8")
    clock[0] = 1.0
    assert (landing.complete(), landing.waiting) == ([paper], 1)
    clock[0] = 2.0
    assert (landing.complete(), landing.waiting) == ([half], 0)


class _StubWorker:
    def __init__(self, _settings: object) -> None:
        self.closed = False

    def __call__(self, tasks: list[stub_work.Task]) -> list[stub_work.Outcome]:
        return [stub_work.made(task) for task in tasks]

    def close(self) -> None:
        self.closed = True


def test_what_lands_is_loaded_within_seconds(
    settings: Settings, papers: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "PaperWorker", _StubWorker)
    folder = papers(1)
    heard: list[IngestReport] = []
    stop, came = threading.Event(), threading.Event()

    def hear(report: IngestReport) -> None:
        heard.append(report)
        came.set()

    thread = threading.Thread(
        target=watching.watch,
        args=(folder, settings),
        kwargs={"heard": hear, "stop": stop, "settle": 0.3},
    )
    thread.start()
    try:
        assert came.wait(120)
        came.clear()
        time.sleep(0.5)  # the watcher is set up after the first look
        (folder / "new.txt").write_text("Landed\n\nFirms of the delta weave mats.", "utf-8")
        assert came.wait(120)
    finally:
        stop.set()
        thread.join(20)
    assert [dict(report.actions) for report in heard] == [{"loaded": 1}, {"loaded": 1}]
    assert not thread.is_alive()


def test_a_missing_folder_is_said(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such folder"):
        watching.watch(tmp_path / "none", settings, heard=lambda _report: None)


@pytest.mark.slow
def test_through_prefect_each_arrival_is_a_run_with_an_artifact(
    settings: Settings, papers: Callable[..., Path], through_prefect: str
) -> None:
    from prefect.client.orchestration import get_client

    folder = papers(2)
    said: list[str] = []
    with watching.through_prefect(settings, said.append) as reads:
        reports = [
            reads([folder / name], settings, stub_work.work) for name in ("000.txt", "001.txt")
        ]
        with get_client(sync_client=True) as client:
            shown = {one.description for one in client.read_artifacts()}
    assert [dict(one.actions) for one in reports] == [{"loaded": 1}, {"loaded": 1}]
    assert {one.run_id for one in reports} <= shown
    assert said == []


@pytest.mark.slow
def test_without_an_answer_from_prefect_papers_are_read_all_the_same(
    settings: Settings, papers: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    said: list[str] = []
    with watching.through_prefect(settings, said.append) as reads:
        report = reads([papers(1)], settings, stub_work.work)
    assert dict(report.actions) == {"loaded": 1}
    assert len(said) == 1
    assert said[0].startswith("Prefect's server did not answer")

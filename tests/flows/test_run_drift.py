"""Drift: a run whose labels are unlike those of earlier runs says so, on its page and by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import stub_work

import warehouse
from flows.ingest import ingest
from flows.run_drift import ENOUGH, Drift, Moved, drift_since
from flows.run_report import report_path
from flows.settings import Settings
from flows.work import Outcome, Task
from models.registry import models_in_use
from pipeline.records import Code, PaperBundle


class _Coded:
    """Work that codes every passage with `share` of the papers being `union`, at `p`."""

    def __init__(self, share: float, p: float, model: str) -> None:
        self.share, self.p, self.model = share, p, model

    def __call__(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        for i, task in enumerate(tasks):
            outcome = stub_work.made(task)
            assert outcome.bundle is not None
            (passage,) = outcome.bundle.reading.passages
            # Spread evenly: every 1/share-th paper.
            chosen = int((i + 1) * self.share) > int(i * self.share)
            codes = (
                _code(passage.passage_id, "firm", 0.8, True, self.model),
                _code(passage.passage_id, "household", self.p, chosen, self.model),
            )
            bundle = PaperBundle(outcome.bundle.reading, outcome.bundle.evidence, codes)
            yield replace(outcome, bundle=bundle)


def _code(passage_id: str, label: str, p: float, chosen: bool, model: str) -> Code:
    decision = "yes" if chosen else "no"
    return Code(passage_id, "level", label, p, chosen, decision, model, "1")


def _papers(folder: Path, n: int, word: str) -> Path:
    folder.mkdir()
    for i in range(n):
        text = f"{word} {i}\n\n" + " ".join(f"{word}{i}x{k}" for k in range(40))
        (folder / f"{i:03}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def before(settings: Settings, tmp_path: Path) -> Settings:
    """Return settings of a warehouse that a first run filled: a quarter `household`, at .9."""
    ingest([_papers(tmp_path / "a", 60, "ash")], settings, work=_work(0.25, 0.9, settings))
    return settings


def _work(share: float, p: float, settings: Settings) -> _Coded:
    return _Coded(share, p, models_in_use(settings.models_path)["level"])


def _drift(settings: Settings, run_id: str) -> Drift:
    with warehouse.open(settings.warehouse_path) as reader:
        query = "SELECT started_at FROM runs WHERE run_id = $run_id"
        ((started,),) = reader.sql(query, {"run_id": run_id}).rows()
        return drift_since(reader, started)


def _rounded(one: Moved) -> Moved:
    assert one.sure is not None
    assert one.sure_before is not None
    return replace(one, sure=round(one.sure, 4), sure_before=round(one.sure_before, 4))


def test_a_label_that_moved_is_named_with_its_shares_and_confidence(
    before: Settings, tmp_path: Path
) -> None:
    report = ingest([_papers(tmp_path / "b", 50, "elm")], before, work=_work(0.5, 0.6, before))
    drift = _drift(before, report.run_id)
    assert (drift.n, drift.n_before) == (50, 60)
    assert [_rounded(one) for one in drift.labels] == [
        Moved("level", "household", 0.5, 0.25, 0.6, 0.9, 25, "share and confidence"),
        Moved("level", "firm", 1.0, 1.0, 0.8, 0.8, 50, ""),
    ]
    page = report_path(before, report.run_id).with_suffix(".md").read_text(encoding="utf-8")
    assert "| level | household | 0.5 | 0.25 | 0.6 | 0.9 | 25 | share and confidence |" in page
    assert "| level | firm | 1 | 1 | 0.8 | 0.8 | 50 |  |" in page
    assert "Drift against 60 earlier passages: level household (share and confidence)." in page


def test_more_of_the_same_is_no_drift(before: Settings, tmp_path: Path) -> None:
    report = ingest([_papers(tmp_path / "b", 52, "elm")], before, work=_work(0.25, 0.9, before))
    drift = _drift(before, report.run_id)
    assert [(one.label, one.drifted) for one in drift.labels] == [("firm", ""), ("household", "")]
    page = report_path(before, report.run_id).with_suffix(".md").read_text(encoding="utf-8")
    assert "No drift: all labels are as in 60 earlier passages." in page


def test_a_few_passages_are_not_compared(before: Settings, tmp_path: Path) -> None:
    few = ENOUGH - 1
    report = ingest([_papers(tmp_path / "b", few, "elm")], before, work=_work(1, 0.5, before))
    assert _drift(before, report.run_id) == Drift((), few, 60)
    page = report_path(before, report.run_id).with_suffix(".md").read_text(encoding="utf-8")
    assert "Drift: not compared; 49 coded passages in this run, 60 in earlier ones" in page
    assert "Label shares" not in page

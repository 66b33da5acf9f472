"""Retraining by the clock: once enough is new, leaving a candidate with its comparison."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

import warehouse
from flows import prefect_retrain
from flows.learning import Trained
from flows.prefect_retrain import retrain
from flows.run_report import report_path
from flows.settings import Settings
from models.annotated import Annotation
from models.comparison import Comparison
from pipeline.errors import FlowError


def _annotations(n: int) -> list[Annotation]:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        Annotation(f"sha{i}", "text", "doc", "level", "firm", "a", at, "person") for i in range(n)
    ]


@pytest.fixture
def n_annotations(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list whose only item says how many annotations there are."""
    n = [0]
    monkeypatch.setattr(prefect_retrain, "stored_annotations", lambda _settings: _annotations(n[0]))
    return n


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Stand in for training; return what it was called with."""
    calls: list[dict[str, Any]] = []

    def train(names: object, *_: object, **options: Any) -> list[Trained]:
        calls.append({"names": names, **options})
        comparison = Comparison(**_COMPARISON)
        return [Trained("level", "level-new", {}, comparison, False, "F1 +0.001 [-0.02, +0.02]")]

    monkeypatch.setattr(prefect_retrain, "train", train)
    return calls


_COMPARISON: dict[str, Any] = {
    "measure": "F1", "candidate": 0.8, "in_use": 0.799, "low": -0.02, "high": 0.02, "n": 60,
    "documents": 5,
}  # fmt: skip


def test_it_waits_for_enough_annotations(
    settings: Settings, n_annotations: list[int], trained: list[dict[str, Any]]
) -> None:
    n_annotations[0] = 9
    assert retrain([], settings, after=10).note == "9 new annotations; waiting for 10"
    n_annotations[0] = 10
    done = retrain(["level"], settings, after=10)
    assert [one.model_id for one in done.trained] == ["level-new"]
    n_annotations[0] = 15
    assert retrain([], settings, after=10).run_id == ""
    assert len(trained) == 1


def test_it_leaves_a_row_and_a_page_with_the_comparison(
    settings: Settings, n_annotations: list[int], trained: list[dict[str, Any]]
) -> None:
    done = retrain(["level"], settings)
    with warehouse.open(settings.warehouse_path) as reader:
        rows = reader.sql("SELECT run_id, flow, status, counts FROM runs").rows()
    counts = [("candidates", 1), ("new_annotations", 0), ("promoted", 0)]
    assert [(*row[:3], sorted(row[3])) for row in rows] == [
        (done.run_id, "retrain", "done", counts)
    ]
    page = report_path(settings, done.run_id).with_suffix(".md").read_text(encoding="utf-8")
    assert "| level | level-new | no | F1 +0.001 [-0.02, +0.02] |" in page


def test_one_at_a_time(settings: Settings, n_annotations: list[int]) -> None:
    from filelock import FileLock

    settings.home.mkdir()
    with (
        FileLock(settings.home / "retrain.lock"),
        pytest.raises(FlowError, match="another retraining"),
    ):
        retrain([], settings)


@pytest.mark.parametrize(("options", "promote"), [((), True), (("--candidate",), False)])
def test_train_passes_on_whether_it_may_promote(
    options: tuple[str, ...], promote: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typer.testing import CliRunner

    from flows.cli import application

    calls: list[dict[str, Any]] = []

    def through_prefect(names: list[str], _settings: Settings, **given: Any) -> list[Trained]:
        calls.append({"names": names, **given})
        return []

    monkeypatch.setattr(prefect_retrain, "retrain_through_prefect", through_prefect)
    result = CliRunner().invoke(application(), ["train", "level", "--flow", *options])
    assert result.exit_code == 0
    none = {"real_folder": None, "codebook_folder": None}
    assert calls == [{"names": ["level"], "promote_if_better": promote, **none}]

"""A real retraining: a schedule fires, models are trained, a candidate is left with its comparison.

Nothing stands in for anything: a server, its runner, annotations of passages, all that training
does for one dimension.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import warehouse
from bench.soak import left_behind
from flows.run_report import report_path
from flows.settings import Settings
from models.passages import CodedPassage, load_written
from models.registry import model_rows, models_in_use
from pipeline.errors import WarehouseMissing

CLI = str(Path(sys.executable).with_name("clusterlore"))
DIMENSION = "claim"
N = 48
PATIENCE = 540.0


def _annotated(folder: Path) -> Path:
    """Write annotations of N passages of eight documents, each new by one sentence."""
    known = [p for p in load_written() if p.labels.get(DIMENSION)][:: 1_000 // N][:N]
    new = [
        replace(p, text=f"{p.text} We saw this on visit {i}.", group=f"visited-{i % 8}")
        for i, p in enumerate(known)
    ]
    path = folder / "annotated.jsonl"
    path.write_text("".join(json.dumps(_row(one)) + "\n" for one in new), encoding="utf-8")
    return path


def _row(passage: CodedPassage) -> dict[str, Any]:
    labels = {DIMENSION: list(passage.labels[DIMENSION])}
    return {"text": passage.text, "group": passage.group, "coder": "ana", "labels": labels}


def _retrainings(settings: Settings) -> list[dict[str, Any]]:
    try:
        with warehouse.open(settings.warehouse_path) as reader:
            query = "SELECT * FROM runs WHERE flow = 'retrain' AND status <> 'running'"
            return reader.sql(query).dicts()
    except WarehouseMissing:
        return []


def _page(settings: Settings, run_id: str) -> Path:
    return report_path(settings, run_id).with_suffix(".md")


def _reported(settings: Settings) -> list[dict[str, Any]]:
    """Return the runs that are over: the row comes first, then the report's pages."""
    return [run for run in _retrainings(settings) if _page(settings, run["run_id"]).is_file()]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_schedule_trains_a_candidate_and_compares_it(settings: Settings, tmp_path: Path) -> None:
    env = {**os.environ, "CLUSTERLORE_HOME": str(settings.home)}
    env.pop("PREFECT_API_URL", None)
    before = models_in_use(settings.models_path)
    for command in (
        ["annotate", "import", str(_annotated(tmp_path))],
        ["schedule", "add", "retrain", DIMENSION, "--after", str(N), "--every", "15s"],
    ):
        subprocess.run([CLI, *command], env=env, check=True, capture_output=True)
    serve = subprocess.Popen([CLI, "serve", "--port", "0"], env=env, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + PATIENCE
        while not (runs := _reported(settings)) and time.monotonic() < deadline:
            time.sleep(1)
            assert serve.poll() is None
    finally:
        serve.send_signal(signal.SIGTERM)
        serve.wait(timeout=120)
    assert left_behind(str(settings.home)) == []
    (run,) = runs
    counts = dict(run["counts"])
    assert (run["status"], counts["candidates"], counts["new_annotations"]) == ("done", 1, N)
    (trained,) = json.loads(run["report"])["trained"]
    comparison = trained["comparison"]
    assert (comparison["measure"], comparison["n"], comparison["documents"]) == ("accuracy", N, 8)
    assert trained["promoted"] is comparison["better"]
    status = {row["model_id"]: row["status"] for row in model_rows(settings.models_path)}
    assert status[trained["model_id"]] == ("in_use" if trained["promoted"] else "candidate")
    if not trained["promoted"]:
        assert models_in_use(settings.models_path) == before
    page = _page(settings, run["run_id"]).read_text(encoding="utf-8")
    assert trained["model_id"] in page
    assert trained["note"] in page

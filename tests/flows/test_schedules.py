"""Schedules as data: added, listed, paused, removed; wrong ones refused in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import application
from flows.schedules import interval, load_schedules, new_schedule, schedules_path
from flows.settings import Settings
from pipeline.errors import ClusterloreError, FlowError


def _call(*arguments: str) -> str:
    result = CliRunner().invoke(application(), ["schedule", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_add_list_pause_remove(tmp_path: Path) -> None:
    _call("add", "ingest", str(tmp_path), "--cron", "0 6 * * 1-5", "--tz", "Europe/Rome")
    _call("add", "retrain", "governance", "--after", "50", "--name", "learn")
    _call("pause", "ingest")
    assert json.loads(_call("list", "--json")) == [
        {
            "name": "ingest", "flow": "ingest", "parameters": {"paths": [str(tmp_path)]},
            "cron": "0 6 * * 1-5", "seconds": None, "tz": "Europe/Rome", "paused": True,
        },
        {
            "name": "learn", "flow": "retrain",
            "parameters": {"dimensions": ["governance"], "after": 50},
            "cron": None, "seconds": 600.0, "tz": "UTC", "paused": False,
        },
    ]  # fmt: skip
    _call("pause", "ingest", "--resume")
    _call("remove", "learn")
    assert {name: one.paused for name, one in load_schedules(Settings()).items()} == {
        "ingest": False
    }


@pytest.mark.parametrize(
    ("flow", "targets", "options", "why"),
    [
        ("digest", [], {"every": "1h"}, "No flow 'digest'. Known: ingest, publish"),
        ("ingest", ["/no/such"], {"every": "1h"}, "No such file or folder"),
        ("ingest", [], {"every": "1h"}, "what to ingest"),
        ("ingest", ["file:///etc"], {"every": "1h"}, "file: is not fetched"),
        ("verify", [], {}, "either --cron"),
        ("verify", [], {"every": "1h", "cron": "0 6 * * *"}, "either --cron"),
        ("verify", [], {"every": "soon"}, "expected such as 90s"),
        ("verify", [], {"cron": "at six"}, "expected five fields"),
        ("verify", [], {"every": "1h", "tz": "Mars/Base"}, "no time zone 'Mars/Base'"),
        ("verify", ["x"], {"every": "1h"}, "takes no paths"),
        ("verify", [], {"every": "1h", "name": "A b"}, "small letters"),
        ("retrain", ["governence"], {"every": "1h"}, "governence"),
    ],
)
def test_a_wrong_schedule_is_refused(
    flow: str, targets: list[str], options: dict[str, str], why: str
) -> None:
    with pytest.raises(ClusterloreError, match=why.replace("(", r"\(")):
        new_schedule(flow, targets, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90.0), ("15m", 900.0), ("6h", 21600.0), ("1d", 86400.0), ("5", 5)]
)
def test_intervals(text: str, seconds: float) -> None:
    assert interval(text) == seconds


def test_a_damaged_file_is_said(settings: Settings) -> None:
    settings.home.mkdir(parents=True)
    schedules_path(settings).write_text("[{]", encoding="utf-8")
    with pytest.raises(FlowError, match="mend or delete"):
        load_schedules(settings)

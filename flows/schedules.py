"""Schedules as data: what `schedule add` writes and `serve` carries out.

They are kept in ``<home>/schedules.json``, so that adding one needs no server; `serve` takes up
every change of the file within seconds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flows.fetching import check_scheme, is_remote
from flows.settings import Settings
from pipeline.errors import FlowError, UnknownNameError, UsageError

FLOW_NAMES = ("ingest", "publish", "recode", "report", "retrain", "verify")
CHECK_ANNOTATIONS_EVERY = 600.0
"""Seconds between looks for new annotations, for `retrain --after N` without a clock."""
MIN_INTERVAL = 1.0
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")


@dataclass(frozen=True, slots=True)
class ScheduleEntry:
    """One schedule: `flow` with `parameters`, by `cron` or every `seconds`, in time zone `tz`."""

    name: str
    flow: str
    parameters: dict[str, Any] = field(default_factory=dict)
    cron: str | None = None
    seconds: float | None = None
    tz: str = "UTC"
    paused: bool = False

    @property
    def when(self) -> str:
        """When it runs, in words."""
        return f"cron {self.cron}" if self.cron else f"every {self.seconds:g} s"


def schedules_path(settings: Settings) -> Path:
    """Return the file of schedules."""
    return settings.home / "schedules.json"


def load_schedules(settings: Settings) -> dict[str, ScheduleEntry]:
    """Return the schedules by name.

    Raises
    ------
    FlowError
        The file is not as this module writes it.
    """
    path = schedules_path(settings)
    if not path.exists():
        return {}
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {row["name"]: ScheduleEntry(**row) for row in rows}
    except (ValueError, TypeError, KeyError) as error:
        raise FlowError(f"{path}: not a list of schedules ({error}); mend or delete it") from error


def save_schedules(settings: Settings, schedules: dict[str, ScheduleEntry]) -> None:
    """Write the schedules, all or nothing."""
    path = schedules_path(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    rows = [asdict(schedules[name]) for name in sorted(schedules)]
    fresh.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    fresh.replace(path)


def new_schedule(
    flow: str,
    targets: Sequence[str],
    *,
    name: str | None = None,
    cron: str | None = None,
    every: str | None = None,
    tz: str = "UTC",
    after: int = 0,
    workers: int | None = None,
) -> ScheduleEntry:
    """Check what was asked for, and return it as a schedule.

    Parameters
    ----------
    flow : str
        One of `FLOW_NAMES`.
    targets : sequence of str
        Paths or addresses for ``ingest``; dimensions for ``recode`` and ``retrain``.

    Raises
    ------
    UsageError
        Unknown flow or time zone, no or two clocks, a path that is missing.
    """
    if flow not in FLOW_NAMES:
        raise UnknownNameError("flow", flow, FLOW_NAMES)
    seconds = interval(every) if every else None
    if cron is None and seconds is None and flow == "retrain" and after:
        seconds = CHECK_ANNOTATIONS_EVERY
    if (cron is None) == (seconds is None):
        raise UsageError("give either --cron '0 6 * * *' or --every 15m")
    if cron is not None:
        check_cron(cron)
    try:
        ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(f"no time zone {tz!r}; expected one such as Europe/Rome") from error
    name = name or flow
    if not _NAME.fullmatch(name):
        raise UsageError(f"name {name!r}; expected small letters, digits, - and _")
    parameters = _parameters(flow, targets, after, workers)
    return ScheduleEntry(name, flow, parameters, cron, seconds, tz)


def _parameters(
    flow: str, targets: Sequence[str], after: int, workers: int | None
) -> dict[str, Any]:
    if flow == "ingest":
        if not targets:
            raise UsageError("what to ingest? give folders, files, or addresses of feeds")
        found: dict[str, Any] = {"paths": [_target(one) for one in targets]}
        return found | ({"workers": workers} if workers else {})
    if flow in ("recode", "retrain"):
        from pipeline.codebook import load_codebook

        for one in targets:
            load_codebook().dimension(one)
        named: dict[str, Any] = {"dimensions": list(targets)} if targets else {}
        return named | ({"after": after} if after and flow == "retrain" else {})
    if targets:
        raise UsageError(f"{flow} takes no paths; got {', '.join(targets)}")
    return {}


def _target(given: str) -> str:
    """Return an address as it is, a path as absolute: the server runs elsewhere."""
    check_scheme(given)
    if is_remote(given):
        return given
    path = Path(given).expanduser().absolute()
    if not path.exists() and not any(sign in given for sign in "*?["):
        raise UsageError(f"No such file or folder: {given!r}")
    return str(path)


def interval(text: str) -> float:
    """Return the seconds of an interval such as ``90s``, ``15m``, ``6h`` or ``1d``."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd]?)", text.strip())
    seconds = float(found[1]) * _UNITS[found[2] or "s"] if found else 0.0
    if seconds < MIN_INTERVAL:
        raise UsageError(f"--every {text!r}; expected such as 90s, 15m, 6h or 1d")
    return seconds


def check_cron(cron: str) -> None:
    """Refuse what is no cron line, in one clear line."""
    from pydantic import ValidationError

    try:
        from prefect.client.schemas.schedules import CronSchedule

        CronSchedule(cron=cron, timezone="UTC")
    except (ValidationError, ValueError) as error:
        raise UsageError(
            f"--cron {cron!r}; expected five fields such as '0 6 * * 1-5' (minute hour day month"
            " weekday)"
        ) from error


def add_schedule(settings: Settings, entry: ScheduleEntry) -> None:
    """Add a schedule; one of the same name must not be there."""
    schedules = load_schedules(settings)
    if entry.name in schedules:
        raise UsageError(
            f"there is a schedule {entry.name!r} already; give another --name, or remove it first"
        )
    save_schedules(settings, {**schedules, entry.name: entry})


def remove_schedule(settings: Settings, name: str) -> None:
    """Remove a schedule."""
    schedules = load_schedules(settings)
    if name not in schedules:
        raise UnknownNameError("schedule", name, schedules)
    del schedules[name]
    save_schedules(settings, schedules)


def pause_schedule(settings: Settings, name: str, *, paused: bool = True) -> None:
    """Pause a schedule, or let it go on."""
    schedules = load_schedules(settings)
    if name not in schedules:
        raise UnknownNameError("schedule", name, schedules)
    save_schedules(settings, {**schedules, name: replace(schedules[name], paused=paused)})

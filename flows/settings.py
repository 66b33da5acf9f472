"""Where things are and how much a run may take. Nothing is made on import.

Plain dataclass: every command reads its settings, and a settings library takes longer to import
than most commands take to answer.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import UsageError

PREFIX = "CLUSTERLORE_"
T = TypeVar("T")


def _said(name: str, read: Callable[[str], T], default: T, *, secret: bool = False) -> T:
    """Return a field whose value is the variable ``CLUSTERLORE_<NAME>``, else `default`."""
    variable = PREFIX + name.upper()

    def value() -> T:
        text = os.environ.get(variable)
        if text is None:
            return default
        try:
            return read(text)
        except ValueError as error:
            got = "a value" if secret else repr(text)
            raise UsageError(f"{variable}: got {got}; expected {error}") from error

    return field(default_factory=value, repr=not secret)


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError("a whole number") from None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError("a number") from None


def _yes_or_no(text: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "on": True}
    known |= {"0": False, "false": False, "no": False, "off": False, "": False}
    if text.strip().lower() not in known:
        raise ValueError("true or false")
    return known[text.strip().lower()]


def _words(text: str) -> tuple[str, ...]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise ValueError('a JSON list such as ["one", "two"]')
    return tuple(found)


def _path_or_none(text: str) -> Path | None:
    return Path(text) if text else None


def _text_or_none(text: str) -> str | None:
    return text or None


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings, each from the environment as ``CLUSTERLORE_<NAME>`` where it is not given.

    `home` holds the warehouse file, models trained here, the inbox and error pages. Limits on
    reading hold for each file: seconds, bytes of memory, bytes of input. `workers` 0 means as many
    as there are cores; `allow_private` lets fetching go to private and loopback addresses.

    Raises
    ------
    UsageError
        A variable that is no such value, or out of range.
    """

    home: Path = _said("home", Path, Path(".clusterlore"))  # noqa: RUF009 - makes a field
    warehouse: Path | None = _said("warehouse", _path_or_none, None)  # noqa: RUF009
    workers: int = _said("workers", _whole, 0)
    read_seconds: float = _said("read_seconds", _number, 120.0)
    read_memory: int = _said("read_memory", _whole, 2 << 30)
    read_bytes: int = _said("read_bytes", _whole, 200 << 20)
    passwords: tuple[str, ...] = _said("passwords", _words, (), secret=True)
    allow_private: bool = _said("allow_private", _yes_or_no, default=False)
    webhook: str | None = _said("webhook", _text_or_none, None, secret=True)

    def __post_init__(self) -> None:
        if not 0 <= self.workers <= 256:
            raise UsageError(f"workers: got {self.workers}; expected 0 (all cores) to 256")
        for name in ("read_seconds", "read_memory", "read_bytes"):
            if not getattr(self, name) > 0:
                raise UsageError(f"{name}: got {getattr(self, name)}; expected more than 0")

    def model_copy(self, *, update: Mapping[str, Any]) -> Settings:
        """Return these settings with some of them changed."""
        kept = {one.name: getattr(self, one.name) for one in fields(self)}
        return Settings(**{**kept, **update})

    @property
    def warehouse_path(self) -> Path:
        """The warehouse file that is written."""
        return self.warehouse or self.home / "clusterlore.duckdb"

    @property
    def models_path(self) -> Path:
        """Models trained here."""
        return self.home / "models"

    @property
    def inbox(self) -> Path:
        """Folder that downloaded papers land in."""
        return self.home / "inbox"

    @property
    def worker_count(self) -> int:
        """Workers to use where none are asked for."""
        return self.workers or len(os.sched_getaffinity(0))

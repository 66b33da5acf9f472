"""A sign of life from a reader that may take long, for whoever watches the clock."""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def on_beat(listener: Callable[[], None]) -> None:
    """Have `listener` called at each `beat`."""
    _listeners.append(listener)


def beat() -> None:
    """Say that a slow step, such as a page read by OCR, is done and another one begins."""
    for listener in _listeners:
        listener()

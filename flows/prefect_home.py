"""How Prefect is told to behave: its folder under our home, loopback only, nothing sent out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from flows.settings import Settings
from pipeline.errors import FlowError

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def prefect_home(settings: Settings) -> Path:
    """Return the folder of Prefect's data base and settings."""
    return settings.home.absolute() / "prefect"


def environment(settings: Settings, api: str | None = None) -> dict[str, str]:
    """Return the variables that make Prefect ours, for this process or a child.

    Results are never stored, so that no later run unpickles one.
    """
    home = prefect_home(settings)
    said = {
        "PREFECT_HOME": str(home),
        "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
        "PREFECT_API_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home / 'prefect.db'}",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
        "PREFECT_CLI_PROMPT": "false",
        # What the telemetry of workers and the update check would send has nowhere to go anyway.
        "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
        "PREFECT_LOGGING_LEVEL": os.environ.get("PREFECT_LOGGING_LEVEL", "WARNING"),
        "PREFECT_LOGGING_SERVER_LEVEL": os.environ.get("PREFECT_LOGGING_SERVER_LEVEL", "ERROR"),
        "CLUSTERLORE_HOME": str(settings.home.absolute()),
    }
    if settings.warehouse is not None:
        said["CLUSTERLORE_WAREHOUSE"] = str(settings.warehouse.absolute())
    if api is not None:
        said["PREFECT_API_URL"] = api
    return said


@contextmanager
def prefect_configured(settings: Settings, api: str) -> Iterator[None]:
    """Point Prefect in this process at a server, for as long as the block lasts."""
    check_api(api)
    prefect_home(settings).mkdir(parents=True, exist_ok=True)
    wanted = environment(settings, api)
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        # Prefect reads its settings when it is first imported: a later change must be told.
        from prefect.settings import (
            PREFECT_API_URL,
            PREFECT_HOME,
            PREFECT_LOGGING_LEVEL,
            PREFECT_SERVER_ALLOW_EPHEMERAL_MODE,
            temporary_settings,
        )

        updates = {
            PREFECT_API_URL: api,
            PREFECT_HOME: prefect_home(settings),
            PREFECT_LOGGING_LEVEL: wanted["PREFECT_LOGGING_LEVEL"],
            PREFECT_SERVER_ALLOW_EPHEMERAL_MODE: False,
        }
        with temporary_settings(updates=updates):
            yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def check_api(api: str) -> None:
    """Refuse a Prefect server that is neither on loopback nor behind TLS.

    Raises
    ------
    FlowError
    """
    parts = urlsplit(api)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
        return
    raise FlowError(
        f"the Prefect server at {parts.hostname} is not on this machine and has no TLS;"
        " give PREFECT_API_URL as https://… or use `clusterlore serve`"
    )

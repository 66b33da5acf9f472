"""Fixtures for flows: papers of words alone, a home a test, one Prefect server a session."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from http.server import HTTPServer
from pathlib import Path

import pytest
from loopback import Hook, serving

from flows.settings import Settings

WORDS = (
    "The footwear cluster of Quarrytown grew by subcontracting. Its association of small firms "
    "shared a testing laboratory, and buyers asked for audits of every workshop in the district."
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings with a home of the test's own."""
    return Settings(home=tmp_path / "home")


@pytest.fixture
def papers(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes n text papers into a folder, some of them bad."""

    def write(n: int, bad: int = 0, folder: str = "papers") -> Path:
        path = tmp_path / folder
        path.mkdir(exist_ok=True)
        for i in range(n):
            topic = "".join(chr(97 + (i * 7 + k * k) % 26) for k in range(12))
            words = " ".join(f"{topic}{k} {w}" for k, w in enumerate(WORDS.split()))
            (path / f"{i:03}.txt").write_text(f"Study {topic} {i}\n\n{words}\n", encoding="utf-8")
        for i in range(bad):
            (path / f"bad{i}.txt").write_text(f"BAD {i}", encoding="utf-8")
        return path

    return write


@pytest.fixture
def hook() -> Iterator[HTTPServer]:
    """Return a server that a webhook can tell: `got` holds (path, message), `status` its answer."""
    server = HTTPServer(("127.0.0.1", 0), Hook)
    server.got, server.status = [], 204  # type: ignore[attr-defined]
    with serving(server):
        yield server


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start one Prefect server for the whole session; yield its address."""
    from flows.prefect_server import own_server

    home = Settings(home=tmp_path_factory.mktemp("prefect"))
    before = os.environ.pop("PREFECT_API_URL", None)
    with own_server(home) as api:
        yield api
    if before is not None:
        os.environ["PREFECT_API_URL"] = before


@pytest.fixture
def through_prefect(prefect_server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let flows use the session's server."""
    monkeypatch.setenv("PREFECT_API_URL", prefect_server)
    return prefect_server

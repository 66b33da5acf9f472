"""The webhook is told how a run ended, and its address is in no log and no report."""

from __future__ import annotations

import logging
from http.server import HTTPServer
from pathlib import Path

import pytest
import stub_work
from loopback import SECRET

from flows.ingest import ingest
from flows.settings import Settings
from flows.webhook import tell


def test_a_run_tells_the_webhook_and_keeps_its_secret(
    hook: HTTPServer, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    url = f"http://127.0.0.1:{hook.server_address[1]}/{SECRET}?k={SECRET}"
    (tmp_path / "a.txt").write_text("One\n\nFirms weave.", encoding="utf-8")
    told = settings.model_copy(update={"webhook": url})
    report = ingest([tmp_path / "a.txt"], told, work=stub_work.work)
    ((path, message),) = hook.got  # type: ignore[attr-defined]
    assert path == f"/{SECRET}?k={SECRET}"
    assert (message["run_id"], message["status"]) == (report.run_id, "done")
    assert message["counts"] == {"loaded": 1}
    written = "".join(p.read_text() for p in (settings.home / "reports").iterdir())
    out = capfd.readouterr()
    assert SECRET not in caplog.text + written + out.out + out.err + repr(told)


@pytest.mark.parametrize(("status", "tries"), [(500, 3), (403, 1)])
def test_what_can_pass_is_tried_again(hook: HTTPServer, status: int, tries: int) -> None:
    hook.status = status  # type: ignore[attr-defined]
    said = tell(f"http://127.0.0.1:{hook.server_address[1]}/{SECRET}", {"a": 1})
    assert said == f"the webhook did not take the message: status {status}"
    assert len(hook.got) == tries  # type: ignore[attr-defined]


@pytest.mark.parametrize("url", [f"ftp://a/{SECRET}", f"http://127.0.0.1:1/{SECRET}", "http://[x"])
def test_a_webhook_never_fails_a_run_nor_shows_itself(url: str) -> None:
    assert SECRET not in tell(url, {})

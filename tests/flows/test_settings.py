"""Settings: from the environment or given; wrong ones refused in one line, secrets unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.settings import Settings
from pipeline.errors import UsageError

VARIABLES = {
    "HOME": "/srv/papers",
    "WAREHOUSE": "",
    "WORKERS": "3",
    "READ_SECONDS": "2.5",
    "PASSWORDS": '["one", "two"]',
    "ALLOW_PRIVATE": "true",
    "WEBHOOK": "https://hook.example/x",
}


def test_variables_set_what_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in VARIABLES.items():
        monkeypatch.setenv(f"CLUSTERLORE_{name}", value)
    assert Settings(workers=5) == Settings(
        home=Path("/srv/papers"), warehouse=None, workers=5, read_seconds=2.5,
        passwords=("one", "two"), allow_private=True, webhook="https://hook.example/x",
    )  # fmt: skip
    assert Settings().model_copy(update={"workers": 5}) == Settings(workers=5)
    assert (Settings().worker_count, Settings().webhook) == (3, "https://hook.example/x")


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("WORKERS", "many", "'many'; expected a whole number"),
        ("WORKERS", "257", "expected 0"),
        ("READ_SECONDS", "0", "expected more than 0"),
        ("READ_MEMORY", "2GB", "expected a whole number"),
        ("ALLOW_PRIVATE", "perhaps", "expected true or false"),
    ],
)
def test_a_wrong_variable_is_refused(
    name: str, value: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"CLUSTERLORE_{name}", value)
    with pytest.raises(UsageError, match=why):
        Settings()


@pytest.mark.parametrize("value", ["s3cret", '{"s3cret": 1}', '["s3cret", 1]'])
def test_secrets_are_not_shown(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLUSTERLORE_PASSWORDS", value)
    with pytest.raises(UsageError, match="expected a JSON list") as found:
        Settings()
    assert "s3cret" not in str(found.value)
    shown = repr(Settings(passwords=("s3cret",), webhook="https://s3cret"))
    assert "s3cret" not in shown

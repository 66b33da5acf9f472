"""The import direction holds, and the contract that says so is proved to bite."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LINT = str(Path(sys.executable).with_name("lint-imports"))


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_imports_run_one_way(root: Path) -> None:
    done = _lint(root)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("pipeline", "import warehouse"),
        ("warehouse", "import models"),
        ("models", "import duckdb"),
        ("flows", "import spacy"),
    ],
)
def test_a_planted_violation_is_found(tmp_path: Path, root: Path, room: str, line: str) -> None:
    for name in ("pipeline", "models", "warehouse", "flows"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("")
    shutil.copy(root / "pyproject.toml", tmp_path)
    (tmp_path / room / "planted.py").write_text(line + "\n")
    assert _lint(tmp_path).returncode != 0


def test_no_module_is_longer_than_400_lines(root: Path) -> None:
    long = [
        str(path.relative_to(root))
        for room in ("pipeline", "models", "warehouse", "flows", "bench", "examples", "tests")
        for path in (root / room).rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > 400
    ]
    assert long == []


def test_the_codebook_holds_no_code(root: Path) -> None:
    assert sorted((root / "codebook").rglob("*.py")) == []

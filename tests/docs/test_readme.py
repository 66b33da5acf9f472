"""The README is run: every console block prints what it says, every named command exists.

``UPDATE_README=1 pytest tests/docs`` writes what the commands print into the blocks.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

BLOCK = re.compile(r"```console\n(.*?)```", re.S)
COMMAND = re.compile(r"^\$ clusterlore (.*)$", re.M)


def run(arguments: str, root: Path, home: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", *shlex.split(arguments)],
        cwd=root,
        env={**os.environ, "CLUSTERLORE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"clusterlore {arguments}: {done.stderr}"
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").split("\n"))


def test_the_blocks_print_what_they_say(root: Path, tmp_path: Path) -> None:
    path = root / "README.md"
    text = path.read_text(encoding="utf-8")

    def replayed(match: re.Match[str]) -> str:
        parts = [
            f"$ clusterlore {arguments}\n{run(arguments, root, tmp_path)}\n"
            for arguments in COMMAND.findall(match.group(1))
        ]
        return "```console\n" + "\n".join(parts) + "```"

    now = BLOCK.sub(replayed, text)
    if os.environ.get("UPDATE_README"):
        path.write_text(now, encoding="utf-8")
    assert now == text or os.environ.get("UPDATE_README")


def test_every_command_is_documented_and_every_documented_one_exists(root: Path) -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "flows.cli", "--help"],
        cwd=root, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    commands = set(re.findall(r"^  ([a-z]+)  ", listed, re.M)) - {"help"}
    pages = [root / "README.md", *sorted((root / "docs").glob("*.md"))]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    named = set(re.findall(r"clusterlore ([a-z]+)", text))
    assert commands - named == set()
    assert named - commands <= {"can", "is", "and"}


def test_links_lead_somewhere(root: Path) -> None:
    for page in (root / "README.md", *sorted((root / "docs").glob("*.md"))):
        for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in link:
                assert (page.parent / link).exists(), f"{page.name}: {link}"

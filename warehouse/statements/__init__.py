"""SQL by name: each ``.sql`` file here is a statement, or several that belong together."""

from __future__ import annotations

from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def statement(name: str) -> str:
    """Return the SQL of ``<name>.sql``."""
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")


@cache
def parts(name: str) -> tuple[str, ...]:
    """Return the statements of ``<name>.sql`` that are parted by blank lines."""
    blocks = statement(name).split("\n\n")
    return tuple(block.strip() for block in blocks if block.strip())

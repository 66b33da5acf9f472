"""Numbered migrations: each runs once, in one transaction with its record."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import WarehouseDamaged, WarehouseNewer
from warehouse.statements import statement

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FOLDER = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Migration:
    """One file ``NNNN_name.sql``; its checksum is kept where it was applied."""

    version: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """SHA-256 of the file's text."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


@cache
def migrations(folder: Path = FOLDER) -> tuple[Migration, ...]:
    """Return the migrations in order; numbers are unique."""
    found = []
    for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql")):
        number, _, name = path.stem.partition("_")
        found.append(Migration(int(number), name, path.read_text(encoding="utf-8")))
    numbers = [one.version for one in found]
    if len(set(numbers)) != len(numbers):
        raise ValueError(f"migration numbers {numbers}; expected each once")
    return tuple(found)


def applied(con: DuckDBPyConnection) -> dict[int, str]:
    """Return version to checksum of what was applied; empty for a file that is no warehouse."""
    if not con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'migrations'").fetchall():
        return {}
    return dict(con.execute("SELECT version, sha256 FROM migrations").fetchall())


def check_known(done: dict[int, str], known: tuple[Migration, ...], path: Path) -> None:
    """Refuse a file that this version can't have written.

    Raises
    ------
    WarehouseNewer
        It has migrations that are not known here.
    WarehouseDamaged
        An applied migration differs from its file.
    """
    newest = known[-1].version if known else 0
    if done and max(done) > newest:
        raise WarehouseNewer(
            f"{path} has schema version {max(done)}, this Clusterlore knows up to {newest};"
            " use the Clusterlore that wrote it, or a newer one"
        )
    sums = {one.version: one.sha256 for one in known}
    wrong = sorted(version for version, sha256 in done.items() if sums.get(version) != sha256)
    if wrong:
        raise WarehouseDamaged(
            f"{path}: migration {wrong[0]} was applied with other contents than it has here;"
            " restore the migration's file, or the warehouse from its published copy"
        )


def migrate(con: DuckDBPyConnection, path: Path, folder: Path = FOLDER) -> list[int]:
    """Bring the schema up to date; return the versions applied now."""
    known = migrations(folder)
    done = applied(con)
    check_known(done, known, path)
    fresh = [one for one in known if one.version not in done]
    for one in fresh:
        con.execute("BEGIN")
        try:
            con.execute(statement("create_migrations"))
            con.execute(one.sql)
            con.execute(
                "INSERT INTO migrations VALUES (?, ?, ?, ?)",
                [one.version, one.name, one.sha256, datetime.now(UTC).replace(tzinfo=None)],
            )
            con.execute("COMMIT")
        except BaseException:
            con.execute("ROLLBACK")
            raise
    return [one.version for one in fresh]

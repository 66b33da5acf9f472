"""Migrations: from empty and from each earlier version, once each, never changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from made_papers import bundle

from pipeline.errors import WarehouseDamaged
from warehouse.migrate import FOLDER, applied, migrate, migrations
from warehouse.writer import Writer

SCHEMA = """
SELECT schema_name, table_name, column_name, data_type, is_nullable
FROM duckdb_columns() WHERE NOT internal ORDER BY ALL
"""
VERSIONS = [one.version for one in migrations()]


def part_of(version: int, folder: Path) -> Path:
    """Return a folder that holds the migrations up to a version."""
    folder.mkdir()
    for file in FOLDER.glob("*.sql"):
        if int(file.name[:4]) <= version:
            shutil.copy(file, folder)
    return folder


def test_numbers_are_unique_and_files_in_order() -> None:
    assert sorted(set(VERSIONS)) == VERSIONS
    assert VERSIONS[0] == 1


@pytest.mark.parametrize("version", VERSIONS)
def test_from_each_earlier_version_the_schema_ends_the_same(version: int, tmp_path: Path) -> None:
    fresh = duckdb.connect(str(tmp_path / "fresh.duckdb"))
    migrate(fresh, tmp_path / "fresh.duckdb")
    expected = fresh.execute(SCHEMA).fetchall()
    old = duckdb.connect(str(tmp_path / "old.duckdb"))
    assert migrate(old, tmp_path, part_of(version, tmp_path / "part")) == [
        one for one in VERSIONS if one <= version
    ]
    assert migrate(old, tmp_path) == [one for one in VERSIONS if one > version]
    assert old.execute(SCHEMA).fetchall() == expected
    assert migrate(old, tmp_path) == []
    assert sorted(applied(old)) == VERSIONS


def test_a_failing_migration_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = part_of(1, tmp_path / "part")
    (folder / "0002_bad.sql").write_text("CREATE TABLE half (x INT); SELECT nonsense;")
    con = duckdb.connect()
    with pytest.raises(duckdb.Error):
        migrate(con, tmp_path, folder)
    assert list(applied(con)) == [1]
    assert con.execute("FROM duckdb_tables() WHERE table_name = 'half'").fetchall() == []


def test_an_applied_migration_never_changes(tmp_path: Path) -> None:
    folder = part_of(1, tmp_path / "part")
    con = duckdb.connect()
    migrate(con, tmp_path, folder)
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    (next(other.glob("0001*"))).write_text("CREATE TABLE x (y INT);")
    with pytest.raises(WarehouseDamaged, match="migration 1"):
        migrate(con, tmp_path, other)


def test_rows_aside_have_the_columns_of_their_tables(writer: Writer) -> None:
    sql = """
    SELECT table_name, list(column_name || ' ' || data_type ORDER BY column_index)
    FROM duckdb_columns() WHERE schema_name = ? GROUP BY table_name ORDER BY table_name
    """
    aside = writer.con.execute(sql, ["withdrawn"]).fetchall()
    main = dict(writer.con.execute(sql, ["main"]).fetchall())
    assert aside == [(table, main[table]) for table, _ in aside]


def test_every_table_view_and_column_has_a_comment(writer: Writer) -> None:
    writer.load(bundle(), size=1, mtime_ns=2, recipe="r1")
    sql = """
    SELECT table_name AS name FROM duckdb_tables() WHERE schema_name = 'main' AND comment IS NULL
    UNION ALL
    SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL
    UNION ALL
    SELECT table_name || '.' || column_name FROM duckdb_columns()
    WHERE schema_name = 'main' AND NOT internal AND comment IS NULL
    ORDER BY 1
    """
    assert writer.con.execute(sql).fetchall() == []

"""Reading: results in every form, copies that stay, and no way out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from made_papers import bundle

import warehouse
from pipeline.errors import QueryRefused, WarehouseDamaged, WarehouseMissing, WarehouseNewer
from warehouse.publish import published_path
from warehouse.reader import Limits, Reader
from warehouse.writer import Writer


@pytest.fixture
def published(path: Path) -> Path:
    """Return a published warehouse with one paper."""
    with Writer(path) as writer:
        writer.load(bundle(), size=1, mtime_ns=2, recipe="r1")
        writer.publish()
    return path


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Return one open for reading; no test here can change it."""
    path = tmp_path_factory.mktemp("reader") / "w.duckdb"
    with Writer(path) as writer:
        writer.load(bundle(), size=1, mtime_ns=2, recipe="r1")
        writer.publish()
    with warehouse.open(path) as opened:
        yield opened


def test_a_result_in_every_form(reader: Reader) -> None:
    result = reader.sql(
        "SELECT label, probability FROM codes WHERE probability > $least LIMIT 1", {"least": 0.5}
    )
    assert result.columns == ("label", "probability")
    assert result.rows() == [("private_horizontal", 0.9)]
    assert result.dicts() == [{"label": "private_horizontal", "probability": 0.9}]
    assert result.arrow().num_rows == len(result.pandas()) == result.polars().height == 1
    assert not result.cut


def test_a_limit_says_that_it_cut(reader: Reader) -> None:
    assert reader.sql("FROM codes", limit=2).cut
    assert len(reader.sql("FROM codes", limit=2)) == 2
    assert not reader.sql("FROM codes", limit=3).cut


def test_values_never_become_sql(reader: Reader) -> None:
    evil = "x' OR 1=1; DROP TABLE papers; --"
    assert reader.sql("FROM papers WHERE title = ?", [evil]).rows() == []


OUTSIDE = Path(__file__)

WAYS_OUT = [
    "COPY papers TO '{tmp}/out.csv'",
    "COPY (SELECT 1) TO '{tmp}/out.csv'",
    "EXPORT DATABASE '{tmp}/out'",
    "COPY papers FROM '{file}'",
    "SELECT * FROM read_text('{file}')",
    "SELECT * FROM read_blob('{file}')",
    "SELECT * FROM read_csv('{file}')",
    "SELECT * FROM read_csv_auto('{file}')",
    "SELECT * FROM sniff_csv('{file}')",
    "SELECT * FROM read_json('{file}')",
    "SELECT * FROM read_json_objects('{file}')",
    "SELECT * FROM read_ndjson('{file}')",
    "SELECT * FROM read_parquet('{file}')",
    "SELECT * FROM parquet_metadata('{file}')",
    "SELECT * FROM read_duckdb('{file}')",
    "SELECT * FROM '{file}'",
    "SELECT * FROM glob('{tmp}/*')",
    "SELECT * FROM glob('/etc/*')",
    "ATTACH '{tmp}/other.duckdb'",
    "ATTACH ':memory:' AS other",
    "DETACH clusterlore",
    "USE memory",
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD '{file}'",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SET memory_limit = '100GB'",
    "RESET memory_limit",
    "SET VARIABLE x = 1",
    "PRAGMA enable_external_access = true",
    "PRAGMA database_list",
    "PRAGMA enable_profiling",
    "CALL pragma_version()",
    "CHECKPOINT",
    "FORCE CHECKPOINT",
    "CREATE TABLE t (x INT)",
    "CREATE TEMP TABLE t AS SELECT 1",
    "CREATE MACRO m() AS 1",
    "CREATE SECRET s (TYPE http)",
    "INSERT INTO papers SELECT * FROM papers",
    "UPDATE papers SET title = 'x'",
    "DELETE FROM papers",
    "DROP TABLE papers",
    "ALTER TABLE papers ADD COLUMN x INT",
    "TRUNCATE papers",
    "VACUUM",
    "ANALYZE",
    "BEGIN",
    "PREPARE p AS SELECT 1",
    "EXECUTE p",
    "SELECT 1; SELECT 2",
    "SELECT 1; DROP TABLE papers",
    "",
    "-- nothing",
    "EXPLAIN ANALYZE COPY papers TO '{tmp}/out.csv'",
    "EXPLAIN ANALYZE DELETE FROM papers",
    "SELECT getenv('HOME')",
    "SELECT * FROM query('COPY papers TO ''{tmp}/out.csv''')",
    "SELECT * FROM arrow_scan(1, 2, 3)",
    "SELECT * FROM arrow_scan(1::POINTER, 2::POINTER, 3::POINTER)",
    "SELECT * FROM arrow_scan_dumb(1::POINTER, 2::POINTER, 3::POINTER)",
    "SELECT * FROM pandas_scan(1::POINTER)",
    "SELECT * FROM python_map_function(1)",
    "SELECT * FROM secret_frame",
    "WITH x AS (DELETE FROM papers RETURNING *) FROM x",
    "FROM enable_logging(storage='file', storage_path='{tmp}/log')",
    'FROM main . "Enable_Logging" /* ( */ -- x\n ()',
    "SELECT * FROM query('FROM enable_' || 'logging()')",
    "WITH x AS (FROM enable_profiling(save_location => '{tmp}/profile')) FROM x",
    "FROM force_checkpoint()",
    "SELECT write_log('x')",
    "SELECT sleep_ms(100000)",
    "FROM json_execute_serialized_sql(json_serialize_sql('FROM enable_logging()'))",
]


@pytest.mark.parametrize("way", WAYS_OUT)
def test_there_is_no_way_out(reader: Reader, way: str, tmp_path: Path) -> None:
    secret_frame = reader.sql("SELECT 42 AS secret").pandas()  # a name that Python knows
    assert len(secret_frame) == 1
    there = sorted(tmp_path.iterdir())
    with pytest.raises(QueryRefused) as refused:
        reader.sql(way.format(tmp=tmp_path, file=OUTSIDE), seconds=10)
    assert "\n" not in str(refused.value)
    assert sorted(tmp_path.iterdir()) == there
    assert reader.sql("SELECT count(*) FROM papers").rows() == [(1,)]


def test_what_reads_is_let_through(reader: Reader) -> None:
    for way in (
        "FROM papers",
        "WITH x AS (SELECT 1 AS n) SELECT n FROM x",
        "EXPLAIN SELECT * FROM papers",
        "DESCRIBE papers",
        "SHOW TABLES",
        "SUMMARIZE codes",
        "VALUES (1)",
        "SELECT 'COPY papers TO x; DROP TABLE papers' AS words",
        "SELECT 'enable_logging()' AS query, 1 AS checkpoint, count(*) FROM papers",
        "FROM facts_as_of('2000-01-01')",
        "TABLE papers",
    ):
        reader.sql(way)


def test_a_window_over_few_rows_never_fails_inside(path: Path) -> None:
    # DuckDB before 1.5.6 raced where a filter above a union left a window less than its threads.
    query = """
        WITH rows AS (
            SELECT label, count(*) AS n FROM codes WHERE $one IS NOT NULL GROUP BY label
            UNION ALL
            SELECT label, count(*) AS n FROM codes WHERE $one IS NULL GROUP BY label
        )
        SELECT label, n / sum(n) OVER () AS share FROM rows WHERE n > 0 ORDER BY label
    """
    with Writer(path) as writer:
        writer.load(bundle(), size=1, mtime_ns=2, recipe="r1")
        writer.publish()
    with warehouse.open(path, limits=Limits(threads=4)) as reader:
        first = reader.sql(query, {"one": None}).rows()
        assert first
        assert all(reader.sql(query, {"one": None}).rows() == first for _ in range(400))


def test_a_query_that_takes_too_long_is_stopped(reader: Reader) -> None:
    with pytest.raises(QueryRefused, match=r"stopped after 0\.3 seconds"):
        reader.sql("SELECT count(*) FROM range(10000000) a, range(10000000) b", seconds=0.3)
    assert reader.sql("SELECT 1").rows() == [(1,)]


def test_a_query_that_takes_too_much_memory_is_refused(published: Path) -> None:
    with (
        warehouse.open(published, limits=Limits(memory="60MB")) as reader,
        pytest.raises(QueryRefused, match=r"[Mm]emory"),
    ):
        reader.sql("SELECT list(a.range || b.range) FROM range(3000) a, range(3000) b", seconds=60)


def test_a_reader_keeps_its_copy(published: Path) -> None:
    with warehouse.open(published) as old:
        with Writer(published) as writer:
            other = bundle("b.txt", title="Two", body=("Second body of other words.",))
            writer.load(other, size=1, mtime_ns=2, recipe="r1")
            writer.publish()
            with warehouse.open(published) as new:
                assert new.sql("SELECT count(*) FROM papers").rows() == [(2,)]
        assert old.sql("SELECT count(*) FROM papers").rows() == [(1,)]


def test_nothing_is_copied_where_nothing_changed(published: Path) -> None:
    copy = published_path(published)
    before = copy.stat().st_ino
    with Writer(published) as writer:
        writer.load(bundle(), size=1, mtime_ns=2, recipe="r1")
        writer.publish()
    assert copy.stat().st_ino == before


def test_a_missing_copy_is_said_in_one_line(tmp_path: Path, published: Path) -> None:
    with pytest.raises(WarehouseMissing, match="clusterlore ingest PATH"):
        warehouse.open(tmp_path / "none.duckdb")
    published_path(published).unlink()
    with pytest.raises(WarehouseMissing, match="clusterlore publish"):
        warehouse.open(published)


def test_damaged_foreign_and_newer_files(published: Path, tmp_path: Path) -> None:
    copy = published_path(published)
    good = copy.read_bytes()
    copy.write_bytes(b"nothing of the kind" * 500)
    with pytest.raises(WarehouseDamaged, match="not a readable warehouse"):
        warehouse.open(published)
    copy.write_bytes(good[: len(good) // 3])
    with pytest.raises(WarehouseDamaged):
        warehouse.open(published)
    copy.write_bytes(good)
    with Writer(published) as writer:
        writer.con.execute("INSERT INTO migrations VALUES (9999, 'later', 'x', now())")
        writer._rows_changed = True
        writer.publish()
    with pytest.raises(WarehouseNewer, match="9999"):
        warehouse.open(published)
    with pytest.raises(WarehouseNewer, match="9999"):
        Writer(published).__enter__()

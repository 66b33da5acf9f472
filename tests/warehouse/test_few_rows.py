"""Few rows come without Arrow, and are the rows and the table that Arrow gives."""

from __future__ import annotations

import math
import struct
import subprocess
import sys

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.few_rows import few_rows
from warehouse.reader import Result

ALIKE = """
SELECT 1::TINYINT AS a, -2::SMALLINT AS b, 3::INTEGER AS c, 4::BIGINT AS d, 5::UTINYINT AS e,
    6::USMALLINT AS f, 7::UINTEGER AS g, 18446744073709551615::UBIGINT AS h, sum(5) AS i,
    .9::FLOAT AS j, 1.5::DOUBLE AS k, 'é' AS l, true AS m, DATE '2020-02-29' AS n,
    TIMESTAMP '2020-02-29 01:02:03.000456' AS o, [1, NULL] AS p, ['a'] AS q, MAP {'a': 1} AS r,
    NULL::FLOAT AS s, NULL::MAP(VARCHAR, BIGINT) AS t, 'inf'::FLOAT AS u, 1 AS a, NULL AS v
"""
OTHERS = (
    "uuid()", "INTERVAL 3 DAY", "2.5", "{'a': 1}", "now()", "TIME '10:00'", "'a'::BLOB",
    "[[1]]", "[.9::FLOAT]", "'a'::ENUM ('a')",
)  # fmt: skip


def test_rows_and_table_are_those_of_arrow() -> None:
    with duckdb.connect(":memory:") as con:
        few = few_rows(con.execute(ALIKE), 10)
        assert few is not None
        by_arrow = con.execute(ALIKE).to_arrow_table()
    here, there = Result(few), Result(by_arrow)
    assert here.columns == there.columns
    assert here.rows() == there.rows()
    assert [list(map(type, row)) for row in here.rows()] == [
        list(map(type, row)) for row in there.rows()
    ]
    assert here.arrow().equals(by_arrow)
    assert here.rows() == there.rows()  # as a table, too


@pytest.mark.parametrize("value", OTHERS)
def test_other_types_are_left_to_arrow(value: str) -> None:
    with duckdb.connect(":memory:") as con:
        cursor = con.execute(f"SELECT 1, {value}")
        assert few_rows(cursor, 10) is None
        assert cursor.to_arrow_table().num_rows == 1  # nothing was taken from it


@given(st.floats(width=32, allow_nan=False))
def test_single_precision_reads_as_arrow_writes_it(value: float) -> None:
    exact = struct.unpack("f", struct.pack("f", value))[0]
    with duckdb.connect(":memory:") as con:
        con.execute("CREATE TABLE t (x FLOAT)")
        con.execute("INSERT INTO t VALUES (?)", [exact])
        few = few_rows(con.execute("FROM t"), 10)
        by_arrow = Result(con.execute("FROM t").to_arrow_table()).rows()[0][0]
    assert few is not None
    found = few.rows[0][0]
    assert struct.pack("f", found) == struct.pack("f", by_arrow) == struct.pack("f", exact)
    assert math.isinf(found) or len(repr(found)) <= len(repr(by_arrow))


def test_no_rows_make_a_table_with_its_types() -> None:
    with duckdb.connect(":memory:") as con:
        few = few_rows(con.execute("SELECT 'a' AS x, 1 AS y LIMIT 0"), 10)
    assert few is not None
    assert few.arrow().schema == pa.schema([("x", pa.string()), ("y", pa.int32())])


def test_a_short_answer_does_not_import_arrow() -> None:
    code = (
        "import duckdb, sys; from warehouse.few_rows import few_rows;"
        "few_rows(duckdb.connect(':memory:').execute('SELECT 1, DATE \\'2020-01-01\\''), 9);"
        "assert not {'pyarrow', 'numpy', 'pandas'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

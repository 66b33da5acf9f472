"""SQL in a process of its own ends with its time and its memory, in the midst of a call too."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import QueryRefused
from tests.warehouse.golden import make_golden
from warehouse.fenced import fenced_sql
from warehouse.reader import Limits


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_golden(tmp_path_factory.mktemp("fenced") / "w.duckdb")


def test_rows_come_as_from_a_reader(golden: Path) -> None:
    limits = Limits(seconds=60)
    asked = "SELECT paper_id, authors, metadata_origin FROM papers WHERE year > $year ORDER BY 1"
    found = fenced_sql(golden, asked, {"year": 2000}, limits=limits, limit=2)
    assert found.rows() == [
        ("paper_a", ["Author A"], []), ("paper_b", ["Author B"], []),
    ]  # fmt: skip
    assert found.cut
    assert found.arrow().schema.metadata is None
    assert not fenced_sql(golden, asked, {"year": 2000}, limits=limits, limit=3).cut


@pytest.mark.parametrize(
    ("query", "seconds", "why"),
    [
        ("SELECT length(repeat('x', 4000000000))", 60, "more memory than 200MB"),
        ("SELECT len(range(2000000000))", 60, "more memory than 200MB"),
        ("SELECT levenshtein(repeat('ab', 500000), repeat('ba', 500000))", 1, "after 1 seconds"),
        ("SELECT repeat('x', 70000000) AS x", 60, "70 MB; ask for fewer or shorter cells"),
        ("COPY papers TO 'x'", 60, "COPY refused"),
        ("SELEC", 60, "syntax error"),
    ],
)
def test_one_call_is_ended_too(golden: Path, query: str, seconds: float, why: str) -> None:
    with pytest.raises(QueryRefused, match=why) as refused:
        fenced_sql(golden, query, limits=Limits("200MB", seconds=seconds))
    assert "\n" not in str(refused.value)

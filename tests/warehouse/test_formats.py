"""CSV and JSON as the contract has them."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from warehouse.formats import write_csv, write_json


def as_csv(rows: list[tuple[object, ...]], *, raw: bool = False) -> str:
    out = io.StringIO(newline="")
    write_csv(["a", "b"], rows, out, raw=raw)
    return out.getvalue()


def test_null_is_empty_and_empty_is_quoted() -> None:
    assert as_csv([(None, "")]) == 'a,b\n,""\n'


def test_values_are_plain() -> None:
    assert as_csv([(True, 0.5), (datetime(2026, 1, 2, 3, 4, 5), ["x", "y"])]) == (
        'a,b\ntrue,0.5\n2026-01-02 03:04:05,"[""x"", ""y""]"\n'
    )


def test_what_a_spreadsheet_would_run_is_made_harmless() -> None:
    assert as_csv([("=1+1", "@x"), ("+a", "-b"), (-5, -0.5)]) == (
        "a,b\n'=1+1,'@x\n'+a,'-b\n-5,-0.5\n"
    )
    assert as_csv([("=1+1", "x")], raw=True) == "a,b\n=1+1,x\n"


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_raw_csv_reads_back(rows: list[tuple[str, str]]) -> None:
    rows = [tuple(cell.replace("\0", "") for cell in row) for row in rows]  # type: ignore[misc]
    text = as_csv(list(rows), raw=True)
    assert [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))][1:] == rows


def test_json_is_one_array_of_objects_without_nan() -> None:
    out = io.StringIO()
    write_json(["a", "b"], [(float("nan"), b"\x01"), (datetime(2026, 1, 2), {"k": None})], out)
    assert json.loads(out.getvalue()) == [
        {"a": None, "b": "01"},
        {"a": "2026-01-02T00:00:00", "b": {"k": None}},
    ]
    empty = io.StringIO()
    write_json(["a"], [], empty)
    assert json.loads(empty.getvalue()) == []

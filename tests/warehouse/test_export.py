"""Exports read back in the programs they are for, and hold nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import networkx
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

import warehouse
from pipeline.errors import UnknownNameError, UsageError
from tests.warehouse.golden import make_golden
from warehouse.export import export
from warehouse.reader import Reader


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    path = make_golden(tmp_path_factory.mktemp("golden") / "w.duckdb")
    with warehouse.open(path) as reader:
        yield reader


def test_tables(golden: Reader, tmp_path: Path) -> None:
    assert export(golden, "papers", tmp_path / "p.csv") == 3
    with (tmp_path / "p.csv").open(encoding="utf-8", newline="") as stream:
        titles = sorted(row["title"] for row in csv.DictReader(stream))
    export(golden, "papers", tmp_path / "p.json")
    export(golden, "papers", tmp_path / "p.parquet")
    export(golden, "cluster_profile", tmp_path / "c.xlsx")
    expected = ["Footballs of Sialkot", "Review of ball makers", "Sapatos do vale"]
    assert titles == expected
    assert sorted(row["title"] for row in json.loads((tmp_path / "p.json").read_text())) == expected
    assert sorted(pq.read_table(tmp_path / "p.parquet")["title"].to_pylist()) == expected
    sheet = load_workbook(tmp_path / "c.xlsx").active
    assert sheet is not None
    names = {row[1] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert names == {"Sialkot footballs", "Agra footwear"}
    assert list(tmp_path.glob("*.new")) == []


def test_a_formula_is_made_harmless_in_excel(tmp_path: Path) -> None:
    import pyarrow as pa

    from warehouse.export import write_excel
    from warehouse.reader import Result

    cells = ["=HYPERLINK(1)", "+1", "-1", "@x", "\t=1", "plain", None]
    write_excel(Result(pa.table({"=a": cells, "n": [1, -2, 3, 4, 5, 6, 7]})), tmp_path / "f.xlsx")
    sheet = load_workbook(tmp_path / "f.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("'=a", "n")
    assert [row[0] for row in rows[1:]] == [
        "'=HYPERLINK(1)", "'+1", "'-1", "'@x", "'\t=1", "plain", None,
    ]  # fmt: skip
    assert [cell.data_type for cell in sheet["A"]] == ["s"] * 7 + ["n"]
    assert rows[2][1] == -2


def test_references(golden: Reader, tmp_path: Path) -> None:
    assert export(golden, "works", tmp_path / "w.ris") == 3
    ris = (tmp_path / "w.ris").read_text(encoding="utf-8")
    assert re.findall(r"^TI  - (.*)$", ris, re.M) == [
        "Counting stitchers again", "Footballs of Sialkot", "Shifting ties in a cluster",
    ]  # fmt: skip
    assert ris.count("ER  - \n") == 3
    assert export(golden, "papers", tmp_path / "p.bib") == 3
    bib = (tmp_path / "p.bib").read_text(encoding="utf-8")
    assert re.findall(r"^@misc\{(\w+),$", bib, re.M) == ["A2010", "B2015", "C2018"]
    with pytest.raises(UsageError, match="papers or works"):
        export(golden, "facts", tmp_path / "f.ris")


def test_graph(golden: Reader, tmp_path: Path) -> None:
    export(golden, "entities", tmp_path / "g.graphml")
    graph = networkx.read_graphml(tmp_path / "g.graphml")
    assert sorted(graph.edges(data="relation")) == [
        ("entity_chamber", "entity_sialkot", "active_in"),
        ("entity_sa8000", "entity_sialkot", "applied_in"),
    ]
    assert graph.nodes["entity_sialkot"]["name"] == "Sialkot footballs"


def test_report_stands_alone(golden: Reader, tmp_path: Path) -> None:
    export(golden, "report", tmp_path / "r.html")
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "0 of 2 papers" in html
    assert html.count("<svg") == 2
    assert "<script" not in html
    assert re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', html) == []


def test_unknown_things_are_told_the_known_ones(golden: Reader, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="evidence_map"):
        export(golden, "papers; DROP", tmp_path / "x.csv")
    with pytest.raises(UnknownNameError, match="xlsx"):
        export(golden, "papers", tmp_path / "x.doc")

"""Every named query gives a known answer on the golden warehouse; views hold what they promise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import warehouse
from pipeline.errors import UnknownNameError, UsageError
from tests.warehouse.golden import make_golden
from warehouse.formats import plain
from warehouse.kept import KEPT
from warehouse.named import named_queries
from warehouse.queries_page import PAGE, queries_page
from warehouse.reader import Reader

ANSWERS = json.loads(Path(__file__).with_name("golden_answers.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    path = make_golden(tmp_path_factory.mktemp("golden") / "w.duckdb")
    with warehouse.open(path) as reader:
        yield reader


def test_every_query_has_a_known_answer() -> None:
    assert sorted(named_queries()) == sorted(ANSWERS)
    assert len(ANSWERS) >= 25


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_named_query(golden: Reader, name: str) -> None:
    known = ANSWERS[name]
    got = [
        {column: plain(value) for column, value in row.items() if column != "ingested_at"}
        for row in golden.named(name, known["params"]).dicts()
    ]
    assert got == known["rows"]


def test_every_query_says_what_it_is_for() -> None:
    assert [q.name for q in named_queries().values() if not q.purpose.endswith(".")] == []
    assert [
        (q.name, p.name) for q in named_queries().values() for p in q.parameters if not p.what
    ] == []


def test_the_page_of_queries_is_true() -> None:
    assert PAGE.read_text(encoding="utf-8") == queries_page()


def test_evidence_map_counts_each_work_once_and_unsure_apart(golden: Reader) -> None:
    rows = golden.sql("FROM evidence_map ORDER BY ALL")
    assert rows.columns == (
        "governance", "upgrading_path", "country", "decade", "n_passages", "n_papers", "n_own",
        "n_unsure",
    )  # fmt: skip
    assert rows.rows() == [
        ("private_horizontal", "cluster", "PK", 2000, 1, 1, 1, 0),
        ("private_horizontal", "cluster", "PK", 2010, 2, 2, 1, 0),
        ("private_vertical", "csr", "PK", 2000, 1, 1, 1, 0),
        ("public_horizontal", "public", "IN", 1990, 0, 0, 0, 1),
    ]


def test_a_cited_work_that_is_a_paper_here_is_no_second_source(golden: Reader) -> None:
    rows = golden.sql("FROM independent_facts ORDER BY value")
    assert rows.columns == (
        "entity_id", "metric", "year", "value", "unit", "n_independent", "n_mentions", "works",
    )  # fmt: skip
    assert rows.rows() == [
        ("entity_sialkot", "employment", 2005, 4000.0, "persons", 1, 2, ["work_3"]),
        ("entity_sialkot", "employment", 2005, 6000.0, "persons", 1, 1, ["work_2"]),
    ]
    contradictions = golden.sql("FROM contradictions")
    assert contradictions.columns == (
        "entity_id", "metric", "year", "unit", "low", "high", "n_independent",
    )  # fmt: skip
    assert contradictions.rows() == [
        ("entity_sialkot", "employment", 2005, "persons", 4000.0, 6000.0, 2)
    ]


def test_columns_of_the_cluster_profile(golden: Reader) -> None:
    assert golden.sql("FROM cluster_profile").columns == (
        "entity_id", "name", "country", "sector", "isic", "n_papers", "n_passages", "employment",
        "employment_year", "firms", "firms_year", "governance", "upgrading_paths", "standards",
        "actors", "outcomes",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kept", "view"),
    [("evidence", "evidence_passages"), ("clusters", "cluster_profile"),
     ("spoken_of", "passage_clusters"), ("numbers", "independent_facts"),
     ("contradicted", "contradictions")],
)  # fmt: skip
def test_what_is_kept_is_the_view(golden: Reader, kept: str, view: str) -> None:
    assert kept in KEPT
    of_kept = golden.sql(f"FROM kept.{kept}").rows()
    assert of_kept
    assert sorted(map(repr, of_kept)) == sorted(map(repr, golden.sql(f"FROM {view}").rows()))


def test_every_view_and_column_has_a_comment(golden: Reader) -> None:
    bare = golden.sql(
        "SELECT view_name FROM duckdb_views() WHERE NOT internal AND schema_name = 'main'"
        " AND comment IS NULL AND view_name IN ('evidence_map', 'cluster_profile', 'codes_current',"
        " 'independent_facts', 'contradictions', 'passage_claims', 'passage_countries',"
        " 'passage_years', 'fact_origins', 'fact_spans', 'work_papers')"
        " UNION ALL SELECT table_name || '.' || column_name FROM duckdb_columns()"
        " WHERE schema_name = 'kept' AND comment IS NULL"
    ).rows()
    assert bare == []


def test_unknown_names_are_told_the_known_ones(golden: Reader) -> None:
    with pytest.raises(UnknownNameError, match="evidence_map"):
        golden.named("evidense_map")
    with pytest.raises(UnknownNameError, match="country"):
        golden.named("evidence_map", {"land": "PK"})
    with pytest.raises(UsageError, match="whole number"):
        golden.named("evidence_map", {"decade": "long ago"})
    with pytest.raises(UsageError, match="needs --param paper"):
        golden.named("papers_like")


def test_a_value_never_becomes_sql(golden: Reader) -> None:
    assert golden.named("cluster_profile", {"cluster": "' OR 1=1 --"}).rows() == []

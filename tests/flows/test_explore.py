"""The local page: every address answers, values are escaped, nothing comes from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from flows.explore.app import make_app
from tests.warehouse.golden import make_golden
from warehouse.writer import Writer

NASTY = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path: Path = make_golden(tmp_path_factory.mktemp("golden") / "w.duckdb")
    with Writer(path) as writer:
        with writer.transaction():
            writer.con.execute("UPDATE papers SET title = title || ?", [NASTY])
            writer.con.execute(
                "UPDATE entities SET name = name || ? WHERE kind != 'COUNTRY'", [NASTY]
            )
        writer.publish()
    with TestClient(make_app(path), base_url="http://127.0.0.1") as client:
        yield client


ADDRESSES = (
    "/", "/?country=PK&decade=2000", "/cell?governance=private_horizontal&path=cluster",
    "/search", "/search?q=inspector", f"/search?q={quote(NASTY)}&country=PK", "/clusters",
    f"/cluster?name={quote('Sialkot footballs' + NASTY)}", "/papers", "/paper/paper_a",
    "/passage/passage_a0", "/queries", "/query/evidence_map", "/query/papers_like",
    f"/query/cluster_profile?cluster={quote(NASTY)}", "/sql", "/sql?sql=FROM+papers",
    f"/sql?sql={quote('SELECT ' + NASTY)}",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_answers_safely(page: TestClient, address: str) -> None:
    answer = page.get(address)
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert re.findall(r'(?:src|href|action)="(?!/)[^"]*"', answer.text) == []
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_passage_shows_what_was_found_in_it(page: TestClient) -> None:
    text = page.get("/passage/passage_a0").text
    assert re.findall(r'<mark class="(\w+)" title="[^"]*">([^<]*)</mark>', text) == [
        ("CLUSTER", "Sialkot"), ("ACTOR", "Sialkot Chamber"), ("ACTOR", "ILO"),
        ("FACT", "4000 stitchers"),
    ]  # fmt: skip
    assert "private_horizontal" in text
    assert "a.txt" in text


@pytest.mark.parametrize("address", ["/passage/none", "/paper/none", "/query/none", "/?decade=x"])
def test_unknown_things_are_said(page: TestClient, address: str) -> None:
    answer = page.get(address)
    assert answer.status_code == 404
    assert 'class="error"' in answer.text


def test_sql_only_reads(page: TestClient, tmp_path: Path) -> None:
    for sql in (f"COPY papers TO '{tmp_path}/x'", "DELETE FROM papers",
                "SELECT * FROM read_text('/etc/passwd')", "SET threads=1"):  # fmt: skip
        assert 'class="error"' in page.get("/sql", params={"sql": sql}).text
    assert list(tmp_path.iterdir()) == []


def test_only_this_machine_may_ask(page: TestClient) -> None:
    assert page.get("/", headers={"host": "evil.example"}).status_code == 400

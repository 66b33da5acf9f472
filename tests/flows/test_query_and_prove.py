"""``sql``, ``status``, ``show``, ``verify``, ``correct`` and ``doctor`` from the command line."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.cli import main
from warehouse.writer import Writer

sys.path.insert(0, str(Path(__file__).parents[1] / "warehouse"))
from made_papers import bundle


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a published warehouse with one paper."""
    path = tmp_path_factory.mktemp("home") / "clusterlore.duckdb"
    with Writer(path) as writer:
        writer.describe_recipe("r1", {"parser": "1", "governance": "m1"})
        writer.load(bundle(title='=Gemstones, "cut"'), size=1, mtime_ns=2, recipe="r1")
        writer.sync_codebook([("1", "governance", "private_horizontal", "made")])
        writer.sync_models([{"model_id": "m1", "dimension": "governance", "status": "current"}])
        run_id = writer.start_run("ingest")
        writer.finish_run(run_id, "done", {"loaded": 1}, None)
        writer.publish()
    return path


class Ran:
    """What a command did."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def run(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Return a function that runs `clusterlore` with arguments."""

    def call(*arguments: str) -> Ran:
        argv = ["clusterlore", *arguments, "--warehouse", str(path)]
        monkeypatch.setattr(sys, "argv", argv)
        with pytest.raises(SystemExit) as ended:
            main()
            sys.exit(0)
        got = capsys.readouterr()
        return Ran(int(ended.value.code or 0), got.out, got.err)

    return call


def test_csv_is_complete_harmless_and_reads_back(run) -> None:
    ran = run("sql", "SELECT title, doi, n_words FROM papers", "--format", "csv")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("title,doi,n_words\n")
    assert "\r" not in ran.out
    rows = list(csv.reader(io.StringIO(ran.out)))
    assert rows[1] == ['\'=Gemstones, "cut"', "", rows[1][2]]


def test_json_limit_and_cut(run) -> None:
    whole = run("sql", "SELECT label FROM codes", "--format", "json")
    assert json.loads(whole.out) == [{"label": "private_horizontal"}] * 3
    cut = run("sql", "SELECT label FROM codes", "--format", "json", "--limit", "2")
    assert len(json.loads(cut.out)) == 2
    assert "cut at 2 rows" in cut.err


def test_parquet_needs_a_file(run, tmp_path: Path) -> None:
    assert run("sql", "SELECT 1 AS a", "--format", "parquet").code == 2
    out = tmp_path / "out.parquet"
    assert run("sql", "SELECT 1 AS a", "--format", "parquet", "--out", str(out)).code == 0
    assert pq.read_table(out).to_pylist() == [{"a": 1}]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("sql", "no_such_query"), 2, "No query 'no_such_query'"),
        (("sql", "SELECT 1", "--format", "xml"), 2, "Known: csv, json, parquet, table"),
        (("sql",), 2, "nothing to ask"),
        (("sql", "SELECT nothing FROM papers"), 1, "Binder Error"),
        (("sql", "DELETE FROM papers"), 1, "DELETE refused"),
        (("sql", "SELECT 1", "--out", "/no/such/folder/x.csv"), 1, "can't write"),
        (("show", "fact_none"), 2, "nothing has the id"),
        (("correct", "fact", "fact_none", "--reason", "x"), 2, "No fact 'fact_none'"),
        (("correct", "label", "p", "governence", "x", "--reason", "x"), 2, "No dimension"),
    ],
)
def test_what_goes_wrong_is_one_clear_line(run, arguments, code: int, says: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err
    assert len(ran.err.splitlines()) == 1


def test_show_opens_a_fact_to_its_quote(run) -> None:
    fact_id = json.loads(run("sql", "SELECT fact_id FROM facts", "--format", "json").out)[0]
    shown = json.loads(run("show", fact_id["fact_id"], "--json").out)
    passage = shown["passage"]
    assert shown["quote"] == passage["text"][passage["start"] : passage["end"]]
    assert shown["paper"]["source"] == "a.txt"
    assert shown["derived"]["recipe_parts"] == {"parser": "1", "governance": "m1"}
    text = run("show", fact_id["fact_id"]).out
    assert f"»{shown['quote']}«" in text


IDS = """
SELECT unnest([
    (SELECT any_value(paper_id) FROM papers), (SELECT any_value(passage_id) FROM passages),
    (SELECT any_value(section_id) FROM sections), (SELECT any_value(table_id) FROM tables),
    (SELECT any_value(work_id) FROM works), (SELECT any_value(citation_id) FROM citations),
    (SELECT any_value(entity_id) FROM mentions), (SELECT any_value(mention_id) FROM mentions),
    (SELECT any_value(sentence_id) FROM sentences), (SELECT any_value(relation_id) FROM relations),
    (SELECT any_value(model_id) FROM models), (SELECT any_value(run_id) FROM runs), 'a.txt'
]) AS id
"""


def test_show_opens_every_kind_of_id(run) -> None:
    whats = []
    for row in json.loads(run("sql", IDS, "--format", "json").out):
        shown = json.loads(run("show", row["id"], "--json").out)
        assert run("show", row["id"]).code == 0
        whats.append(shown["what"])
    assert whats == [
        "paper", "passage", "section", "table", "work", "citation", "entity", "mention",
        "sentence", "relation", "model", "run", "source",
    ]  # fmt: skip


def test_status_and_verify(run) -> None:
    found = json.loads(run("status", "--json").out)
    assert (found["rows"]["papers"], found["runs"][0]["counts"]) == (1, {"loaded": 1})
    ran = run("verify", "--no-sources", "--json")
    assert {one["check"]: one["offenders"] for one in json.loads(ran.out) if one["offenders"]} == {}
    assert ran.code == 0


def test_verify_fails_on_an_offence(tmp_path: Path, monkeypatch, capsys) -> None:
    path = tmp_path / "bad.duckdb"
    with Writer(path) as writer:
        writer.load(bundle(), size=1, mtime_ns=2, recipe="r1")
        with writer.transaction():
            writer.con.execute("UPDATE facts SET quote = 'other words'")
        writer.publish()
    monkeypatch.setattr(
        sys, "argv", ["clusterlore", "verify", "--no-sources", "--warehouse", str(path)]
    )
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert "facts_quote: 1 offenders" in capsys.readouterr().err


def test_a_correction_is_seen_at_once(tmp_path: Path, monkeypatch, capsys) -> None:
    path = tmp_path / "c.duckdb"
    with Writer(path) as writer:
        writer.load(bundle(), size=1, mtime_ns=2, recipe="r1")
        writer.publish()
        ((fact_id,),) = writer.con.execute("SELECT fact_id FROM facts").fetchall()

    def call(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["clusterlore", *arguments, "--warehouse", str(path)])
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code
        return capsys.readouterr().out

    made = call("correct", "fact", fact_id, "--reason", "wrong").strip()
    count = ("sql", "SELECT count(*) AS n FROM facts", "--format", "csv")
    assert call(*count) == "n\n0\n"
    changed = json.loads(call("changes", "--from", "2000-01-01", "--json"))
    assert {(one["kind"], one["change"]) for one in changed} == {
        ("code", "added"),
        ("paper", "added"),
    }
    call("correct", "undo", made)
    assert call(*count) == "n\n1\n"


def test_the_command_line_imports_no_heavy_room(root: Path) -> None:
    code = (
        "import sys, flows.cli, flows.settings; flows.cli.application();"
        "print({'duckdb', 'pyarrow', 'pandas', 'numpy', 'pydantic', 'prefect'} & set(sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "set()"

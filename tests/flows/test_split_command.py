"""``correct split``: the other entity has the country that linking gives it, or is reviewed."""

from __future__ import annotations

import sys
from pathlib import Path

from flows.splitting import split
from warehouse.writer import Writer

sys.path.insert(0, str(Path(__file__).parents[1] / "warehouse"))
from made_papers import CLUSTER, bundle

WHO = {"by": "ann", "reason": "another place"}
MADE = "SELECT name, country, sector IS NOT NULL FROM entities WHERE kind = 'CLUSTER' ORDER BY name"
ISSUES = "SELECT paper_id, problem FROM issues WHERE stage = 'linking'"
SURFACE = "SELECT surface FROM mentions WHERE entity_id = ?"


def test_a_split_takes_the_country_of_its_place_and_is_undone(tmp_path: Path) -> None:
    with Writer(tmp_path / "w.duckdb") as writer:
        writer.load(bundle(), size=1, mtime_ns=2, recipe="r1")
        con = writer.con
        before = con.execute(MADE).fetchall()
        (surface,) = con.execute(SURFACE, [CLUSTER.entity_id]).fetchall()[0]
        made = split(
            writer.corrections, CLUSTER.entity_id, surface, "Sialkot footballs", None, **WHO
        )
        assert ("Sialkot footballs", "PK", True) in con.execute(MADE).fetchall()
        assert con.execute(ISSUES).fetchall() == []
        writer.corrections.undo(made)
        assert con.execute(MADE).fetchall() == before
        split(writer.corrections, CLUSTER.entity_id, surface, "Quandor tiles", "KE", **WHO)
        assert ("Quandor tiles", "KE", True) in con.execute(MADE).fetchall()


def test_a_split_whose_country_stays_open_is_reviewed(tmp_path: Path) -> None:
    with Writer(tmp_path / "w.duckdb") as writer:
        writer.load(bundle(), size=1, mtime_ns=2, recipe="r1")
        con = writer.con
        con.execute("DELETE FROM mentions WHERE kind = 'COUNTRY'")
        (surface,) = con.execute(SURFACE, [CLUSTER.entity_id]).fetchall()[0]
        made = split(writer.corrections, CLUSTER.entity_id, surface, "Quandor tiles", None, **WHO)
        assert ("Quandor tiles", None, True) in con.execute(MADE).fetchall()
        assert con.execute(ISSUES).fetchall() == [(None, "ambiguous cluster")]
        writer.corrections.undo(made)
        assert con.execute(ISSUES).fetchall() == []

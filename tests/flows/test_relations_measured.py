"""The marked relations: enough of them, both halves kept apart, and found well enough."""

from __future__ import annotations

import json
from pathlib import Path

from flows.evaluation import evaluate
from flows.evaluation.relations import GOLDEN
from flows.settings import Settings


def test_relations_are_found_in_marked_documents(tmp_path: Path) -> None:
    results = evaluate("relations", Settings(home=tmp_path), None)
    for half in ("dev", "test"):
        one = results["sets"][half]
        assert one["documents"] == 8
        assert one["pair and assertion"]["f1"] >= 0.85
        assert one["pair and assertion"]["f1"] > one[
            "baseline: every pair of the right kinds"]["f1"] + 0.15  # fmt: skip
        assert one["negatives"] >= 30
    page = (tmp_path / "errors" / "relations.html").read_text(encoding="utf-8")
    assert "dev-" in page
    assert "test-" not in page


def test_every_relation_names_what_is_marked_in_its_sentence() -> None:
    rows = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    told = [(row["marked"], one) for row in rows for one in row["relations"]]
    assert len(told) >= 80
    for marked, one in told:
        assert f"[{one['subject']}|" in marked
        assert one["relation"] == "in_sector" or f"[{one['object']}|" in marked
    assert {one["assertion"] for _, one in told} == {
        "affirmed", "negated", "hypothetical", "planned",
    }  # fmt: skip

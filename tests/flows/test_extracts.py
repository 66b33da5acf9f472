"""Extracts by other hands: the golden files hold together, and are compared as the manual says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.evaluation.comparing_facts import figures
from flows.evaluation.extracts import FOLDER, HALVES, coded_spans, mention_rows, read_extracts
from flows.evaluation.facts import extract_cases, second_coder_cases
from pipeline.protocols import NoJudge
from pipeline.records import ENTITY_KINDS

METRICS = {
    "area", "employment", "export_share", "exports", "firms", "founded", "growth", "investment",
    "market_share", "output", "wage",
}  # fmt: skip


def rows(half: str) -> list[dict]:
    path: Path = FOLDER / f"extracts_{half}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("half", HALVES)
def test_every_code_stands_in_its_paragraph(half: str) -> None:
    for row in rows(half):
        assert len(row["passages"]) == 2, row["doc"]
        surfaces = {surface for _, kind, surface, _ in row["mentions"] if kind == "CLUSTER"}
        for number, kind, surface, _ in row["mentions"]:
            assert kind in ENTITY_KINDS
            assert surface in row["passages"][number], (row["doc"], surface)
        for fact in row["facts"]:
            assert fact["metric"] in METRICS
            assert fact["passage"] in (0, 1)
            assert fact.get("cluster") is None or fact["cluster"] in surfaces, row["doc"]


def test_no_document_is_in_both_halves() -> None:
    test, dev = ({row["doc"] for row in rows(half)} for half in HALVES)
    assert not test & dev
    assert (len(test), len(dev)) == (100, 276)


def test_a_surface_counts_wherever_it_stands_whole_and_longest() -> None:
    text = "Agra's Agra shoe cluster is in Agraland."
    mentions = [[0, "CLUSTER", "Agra", {}], [0, "CLUSTER", "Agra shoe cluster", {}]]
    assert coded_spans(text, mentions, 0) == (("CLUSTER", 0, 4), ("CLUSTER", 7, 24))
    assert coded_spans(text, mentions, 1) == ()


def test_facts_and_mentions_of_both_halves_are_compared() -> None:
    for half in HALVES:
        coded = sum(len(row["facts"]) for row in rows(half))
        assert figures(extract_cases(half, NoJudge()))["gold"] == coded
        told = {(kind, measure) for _, kind, measure, *_ in mention_rows(half, NoJudge())}
        assert told == {
            (kind, measure) for kind in ENTITY_KINDS for measure in ("exact", "overlap")
        }
    assert len(read_extracts("test", NoJudge())) == 200


def test_a_second_coder_saw_documents_of_the_test_half() -> None:
    told = figures(second_coder_cases())
    assert told["documents"] == 52
    assert 0.9 < told["f1"] < 1 and 0.8 < told["year_right"] < 1

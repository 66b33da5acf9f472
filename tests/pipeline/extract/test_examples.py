"""What papers of the examples say of themselves: where they stand and who says their numbers."""

from __future__ import annotations

from pathlib import Path

from pipeline.extract import Extractor
from pipeline.readers import read_bytes
from pipeline.records import Evidence
from pipeline.structure import structure

PAPERS = Path(__file__).resolve().parents[3] / "examples" / "papers"


def evidence(name: str, extractor: Extractor) -> Evidence:
    data = (PAPERS / name).read_bytes()
    reading = structure(read_bytes(data, name), source=name, sha256="0" * 64)
    return extractor.extract([reading])[0].evidence


def test_a_town_that_buyers_moved_to_is_not_where_the_paper_is(extractor: Extractor) -> None:
    told = evidence("13-moradabad-brassware.txt", extractor)
    assert {fact.country for fact in told.facts if fact.metric != "other"} == {"IN"}
    counted = [fact for fact in told.facts if fact.value in (134_000, 25_000)]
    assert [(fact.metric, fact.claim_source) for fact in counted] == [
        ("employment", "own"), ("firms", "own"),
    ]  # fmt: skip


def test_wire_harnesses_are_car_parts(extractor: Extractor) -> None:
    told = evidence("12-timisoara-wire-harness.md", extractor)
    assert {(e.name, e.country, e.isic) for e in told.entities if e.kind == "CLUSTER"} == {
        ("Timişoara auto parts", "RO", "29")
    }

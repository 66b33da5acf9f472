"""Golden sentences: the whole set of mentions is compared, so that an extra find fails too."""

from __future__ import annotations

import pytest
from golden import Golden, load, parse

from pipeline.extract import Extractor

SENTENCES = load()


@pytest.mark.parametrize("golden", SENTENCES, ids=lambda one: f"line{one.line}")
def test_golden_sentence(golden: Golden, extractor: Extractor) -> None:
    evidence = extractor.extract_loose([golden.text], [[]])[0].evidence
    entities = {one.entity_id: one for one in evidence.entities}
    found = {}
    for mention in evidence.mentions:
        entity = entities[mention.entity_id]
        detail = entity.actor_type or entity.standard_type or entity.country
        wanted = golden.spans.get((mention.start, mention.end, mention.kind), ("?", "?"))
        # A detail or name that the sentence leaves open is not compared.
        found[mention.start, mention.end, mention.kind] = (
            detail if wanted[0] is not None else None,
            entity.name if wanted[1] is not None else None,
        )
    assert found == golden.spans


def test_golden_set_holds_many_negatives() -> None:
    assert len(SENTENCES) >= 120
    assert sum(not one.spans for one in SENTENCES) >= 40


def test_marks_are_read_and_taken_out() -> None:
    golden = parse("The [Agra footwear cluster|CLUSTER:IN=Agra footwear] fell.")
    assert golden.text == "The Agra footwear cluster fell."
    assert golden.spans == {(4, 25, "CLUSTER"): ("IN", "Agra footwear")}

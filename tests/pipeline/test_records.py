"""Records that can't exist are refused in words."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import pytest

from pipeline.document import Block
from pipeline.errors import IllegalRecord
from pipeline.records import (
    CODED_ROLES,
    EVIDENCE_ROLES,
    ROLES,
    Citation,
    Code,
    Entity,
    Fact,
    Issue,
    Mention,
    Passage,
    Relation,
    Section,
    Sentence,
)  # fmt: skip

FACT: dict[str, Any] = {
    "fact_id": "f", "passage_id": "p", "sentence_id": None, "entity_id": None, "country": "PK",
    "metric": "firms", "value": 40.0, "value_from": None, "change_from": None, "unit": "firms",
    "year": 1999, "year_from": None, "year_to": None, "qualifier": None, "quote": "40 firms",
    "start": 0, "end": 8, "claim_source": "own", "work_id": None, "assertion": "affirmed",
}  # fmt: skip
RELATION: dict[str, Any] = {
    "relation_id": "r", "passage_id": "p", "subject_id": "a", "relation": "exports_to",
    "object_id": "b", "start": 0, "end": 3, "confidence": 0.5, "claim_source": "own",
    "work_id": None, "assertion": "affirmed",
}  # fmt: skip


def passage(**changed: Any) -> Passage:
    parts: dict[str, Any] = {
        "passage_id": "p", "paper_id": "a", "section_id": "s", "ordinal": 0, "page": None,
        "page_to": None, "start": 3, "end": 8, "text": "Firms",
    }  # fmt: skip
    return Passage(**{**parts, **changed})


REFUSED = [
    (lambda: passage(start=8, end=3), "Passage from 8 to 3; expected 0 <= start < end"),
    (lambda: passage(text="Firm"), "Passage of 4 characters at 3:8; expected the exact slice"),
    (
        lambda: Section("s", "a", 0, 1, None, "preface"),
        "Section.role is 'preface'; expected one of front",
    ),  # type: ignore[arg-type]
    (lambda: Citation("c", "p", None, "x", 4, 4), "Citation from 4 to 4"),
    (lambda: Entity("e", "PERSON", "Weber"), "Entity.kind is 'PERSON'; expected one of CLUSTER"),  # type: ignore[arg-type]
    (lambda: Mention("m", "p", "ACTOR", "e", "x", -1, 4, "rule", 1.0), "Mention from -1 to 4"),
    (lambda: Sentence("s", "p", 0, 4, "rumour", "affirmed"), "Sentence.claim_source is 'rumour'"),  # type: ignore[arg-type]
    (lambda: Sentence("s", "p", 0, 4, "own", "maybe"), "Sentence.assertion is 'maybe'"),  # type: ignore[arg-type]
    (lambda: Fact(**{**FACT, "value": math.nan}), "Fact.value is nan; expected a finite number"),
    (lambda: Relation(**{**RELATION, "end": 0}), "Relation from 0 to 0"),
    (lambda: Code("p", "claim", "theory", 1.5, True, "yes", "m", "1"), "Code.probability is 1.5"),
    (lambda: Code("p", "claim", "theory", 0.5, True, "no!", "m", "1"), "Code.decision is 'no!'"),  # type: ignore[arg-type]
    (lambda: Block("paragraph", " "), "an empty paragraph block"),
    (lambda: Block("sidebar", "x"), "block kind 'sidebar'"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("make", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_illegal_records_are_refused_in_words(make: Any, words: str) -> None:
    with pytest.raises(IllegalRecord) as refusal:
        make()
    assert str(refusal.value).startswith(words)


def test_legal_records_are_frozen() -> None:
    for record in (
        passage(),
        Fact(**FACT),
        Relation(**RELATION),
        Section("s", "a", 0, 1, None, "body"),
    ):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(record, dataclasses.fields(record)[0].name, "q")


def test_roles_of_evidence_are_roles() -> None:
    assert set(ROLES) >= EVIDENCE_ROLES > CODED_ROLES
    assert sorted(CODED_ROLES) == ["abstract", "appendix", "body", "note"]


def test_an_issue_has_the_id_of_its_content() -> None:
    one, two = Issue.of("p", "read", "gap", "page 3"), Issue.of("p", "read", "gap", "page 3")
    assert one == two
    assert one.issue_id != Issue.of("p", "read", "gap", "page 4").issue_id

"""Relations, by the marked examples of ``relations.yaml`` themselves."""

from __future__ import annotations

import pytest
from golden import parse

from pipeline.codebook import CODEBOOK_FOLDER
from pipeline.extract.cluster_words import ClusterWords
from pipeline.extract.context import PassageContext
from pipeline.extract.relations import RelationFinder, RelationRow, RelationsFile
from pipeline.records import Entity, Mention, Sentence
from pipeline.vocabulary import load_vocabulary
from pipeline.yamldata import load_yaml

FINDER = RelationFinder(CODEBOOK_FOLDER, ClusterWords(load_vocabulary()))
ROWS = load_yaml(CODEBOOK_FOLDER / "relations.yaml", RelationsFile).relations
POSITIVE = [(row, text) for row in ROWS for text in row.examples if row.object != ("sector",)]


def relations(sentence: str) -> set[str]:
    """Return the names of the relations found in a marked sentence."""
    golden = parse(sentence)
    entities, mentions = {}, []
    for (start, end, kind), (detail, _) in sorted(golden.spans.items()):
        surface = golden.text[start:end]
        entity = Entity(
            f"e{start}",
            kind,  # type: ignore[arg-type]
            detail if kind == "COUNTRY" else surface,  # type: ignore[arg-type]
            country=detail if kind in ("CLUSTER", "COUNTRY") else None,
            actor_type=detail if kind == "ACTOR" else None,
        )
        entities[entity.entity_id] = entity
        mentions.append(
            Mention(f"m{start}", "p", kind, entity.entity_id, surface, start, end, "rule:x", 0.9)  # type: ignore[arg-type]
        )
    context = PassageContext("p", golden.text, mentions=tuple(mentions), entities=entities)
    sentences = [Sentence("s", "p", 0, len(golden.text), "own", "affirmed")]
    return {one.relation for one in FINDER.find(context, sentences)}


@pytest.mark.parametrize(("row", "text"), POSITIVE, ids=lambda v: getattr(v, "name", None))
def test_examples_hold(row: RelationRow, text: str) -> None:
    assert row.name in relations(text)


@pytest.mark.parametrize(
    "text",
    [
        "The [Agra footwear cluster|CLUSTER:IN] imports its soles from [China|COUNTRY:CN].",
        "[Adidas|ACTOR:firm] opened a shop near the [Sialkot football cluster|CLUSTER:PK].",
    ],
)
def test_no_relation_without_its_words(text: str) -> None:
    assert relations(text) <= {"active_in"}


def test_only_firms_buy() -> None:
    told = relations("[UNIDO|ACTOR:international_organisation] buys from [Sialkot|CLUSTER:PK].")
    assert "buys_from" not in told


def test_the_six_relations_are_there() -> None:
    assert {row.name for row in ROWS} == {
        "located_in", "in_sector", "active_in", "applied_in", "adopts_or_enforces", "buys_from",
    }  # fmt: skip

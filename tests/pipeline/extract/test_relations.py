"""Relations, by the marked examples of ``relations.yaml`` themselves."""

from __future__ import annotations

import pytest
from golden import parse

from pipeline.codebook import CODEBOOK_FOLDER
from pipeline.extract.assertion import assertion_of
from pipeline.extract.cluster_words import ClusterWords
from pipeline.extract.context import PassageContext
from pipeline.extract.relations import RelationFinder, RelationRow, RelationsFile
from pipeline.records import Entity, Mention, Sentence
from pipeline.vocabulary import load_vocabulary
from pipeline.yamldata import load_yaml

FINDER = RelationFinder(CODEBOOK_FOLDER, ClusterWords(load_vocabulary()))
ROWS = load_yaml(CODEBOOK_FOLDER / "relations.yaml", RelationsFile).relations
POSITIVE = [(row, text) for row in ROWS for text in row.examples if row.object != ("sector",)]


def found(sentence: str) -> set[tuple[str, str, str, str]]:
    """Return name, subject, object and assertion of the relations in a marked sentence."""
    golden = parse(sentence)
    entities, mentions = {}, []
    for (start, end, kind), (detail, sector) in sorted(golden.spans.items()):
        surface = golden.text[start:end]
        entity = Entity(
            f"e{start}",
            kind,  # type: ignore[arg-type]
            detail if kind == "COUNTRY" else surface,  # type: ignore[arg-type]
            country=detail if kind in ("CLUSTER", "COUNTRY") else None,
            sector=sector,
            actor_type=detail if kind == "ACTOR" else None,
        )
        entities[entity.entity_id] = entity
        mentions.append(
            Mention(f"m{start}", "p", kind, entity.entity_id, surface, start, end, "rule:x", 0.9)  # type: ignore[arg-type]
        )
    context = PassageContext("p", golden.text, mentions=tuple(mentions), entities=entities)
    how = assertion_of(golden.text)
    sentences = [Sentence("s", "p", 0, len(golden.text), "own", how)]
    names = {key: one.name for key, one in entities.items()}
    return {
        (one.relation, names[one.subject_id], names.get(one.object_id, one.object_id),
         one.assertion)
        for one in FINDER.find(context, sentences)
    }  # fmt: skip


def relations(sentence: str) -> set[str]:
    """Return the names of the relations found in a marked sentence."""
    return {one[0] for one in found(sentence)}


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


WHOLE: dict[str, set[tuple[str, str, str, str]]] = {
    "[Orbital|ACTOR:firm] demands [SA8000|STANDARD], whereas [Linden|ACTOR:firm] asks nothing.": {
        ("adopts_or_enforces", "Orbital", "SA8000", "affirmed"),
    },
    "[Orbital|ACTOR:firm] adopted [SA8000|STANDARD] but never signed the [Accord|STANDARD].": {
        ("adopts_or_enforces", "Orbital", "SA8000", "affirmed"),
        ("adopts_or_enforces", "Orbital", "Accord", "negated"),
    },
    "[Orbital|ACTOR:firm] does not buy from the [Agra shoe cluster|CLUSTER:IN=footwear].": {
        ("buys_from", "Orbital", "Agra shoe cluster", "negated"),
        ("in_sector", "Agra shoe cluster", "footwear", "affirmed"),
    },
    "[UNIDO|ACTOR:international_organisation] trained cutters in [Agra|CLUSTER:IN=footwear], and"
    " [Orbital|ACTOR:firm] fell silent.": {("active_in", "UNIDO", "Agra", "affirmed")},
    "[Oxfam|ACTOR:ngo_community] read of [Agra|CLUSTER:IN=footwear] and of the"
    " [Water Act|STANDARD].": set(),
}


@pytest.mark.parametrize("text", WHOLE)
def test_each_clause_tells_its_own(text: str) -> None:
    assert found(text) == WHOLE[text]

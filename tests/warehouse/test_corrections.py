"""What people correct holds, survives a new reading, and can be taken back."""

from __future__ import annotations

import pytest
from made_papers import CLUSTER, bundle
from snapshots import column, one, rows
from test_loading import load, offenders

from pipeline.errors import UsageError
from pipeline.records import Entity
from warehouse.writer import Writer

WHO = {"by": "ann", "reason": "checked on paper"}
OTHER = Entity("entity_other", "CLUSTER", "Moshi stones", "TZ")


def second() -> object:
    """Another paper on the same cluster."""
    return bundle("b.txt", title="Two", body=("Second body of other words.", "And a tail of it."))


def test_a_denied_fact_stays_out_after_a_new_reading(writer: Writer) -> None:
    load(writer, bundle())
    fact_id = one(writer, "SELECT fact_id FROM facts")
    made = writer.corrections.deny_fact(fact_id, **WHO)
    assert column(writer, "SELECT fact_id FROM facts") == []
    load(writer, bundle(), "r2")
    assert column(writer, "SELECT fact_id FROM facts") == []
    writer.corrections.undo(made)
    assert column(writer, "SELECT fact_id FROM facts") == [fact_id]
    assert offenders(writer) == {}


def test_a_denied_fact_stays_out_when_its_passage_is_cut_otherwise(writer: Writer) -> None:
    load(writer, bundle())
    writer.corrections.deny_fact(one(writer, "SELECT fact_id FROM facts"), **WHO)
    body = ("The Arusha gemstone cluster employed about 4100 workers in 2017. And more.",)
    load(writer, bundle(body=body))
    assert column(writer, "SELECT fact_id FROM facts") == []


def test_a_label_set_by_a_person_replaces_the_models_word(writer: Writer) -> None:
    made = bundle()
    load(writer, made)
    passage_id = made.codes[0].passage_id
    before = rows(writer)["main.codes"]
    sql = "SELECT label || ' ' || selected || ' ' || model_id FROM codes WHERE passage_id = ?"
    first = writer.corrections.set_label(
        passage_id, "governance", "public_horizontal", selected=True, alone=False, **WHO
    )
    expected = ["private_horizontal true m1", "public_horizontal true person:ann"]
    assert column(writer, sql, passage_id) == expected
    load(writer, bundle(model="m2"), "r2")
    expected = ["private_horizontal true m2", "public_horizontal true person:ann"]
    assert column(writer, sql, passage_id) == expected
    again = writer.corrections.set_label(
        passage_id, "governance", "private_horizontal", selected=False, alone=False, **WHO
    )
    assert column(writer, sql, passage_id) == ["public_horizontal true person:ann"]
    writer.corrections.undo(first)
    assert column(writer, sql, passage_id) == []
    writer.corrections.undo(again)
    load(writer, bundle(), "r3")
    assert rows(writer)["main.codes"] == before
    assert offenders(writer) == {}


def test_where_one_label_alone_can_hold_the_others_give_way(writer: Writer) -> None:
    made = bundle()
    load(writer, made)
    passage_id = made.codes[0].passage_id
    for label in ("mixed", "improved"):
        writer.corrections.set_label(
            passage_id, "governance", label, selected=True, alone=True, **WHO
        )
    sql = "SELECT label || ' ' || selected FROM codes WHERE passage_id = ?"
    assert column(writer, sql, passage_id) == ["improved true", "private_horizontal false"]


def test_entities_merge_split_and_get_names_and_all_of_it_is_undone(writer: Writer) -> None:
    load(writer, bundle())
    load(writer, second())
    before = {k: v for k, v in rows(writer).items() if "withdrawn" not in k}
    make = writer.corrections
    split = make.split_entity(CLUSTER.entity_id, "Second bod", OTHER, **WHO)
    assert column(writer, "SELECT entity_id FROM mentions") == [CLUSTER.entity_id, "entity_other"]
    assert column(writer, "SELECT entity_id FROM facts") == [CLUSTER.entity_id, "entity_other"]
    named = make.rename_entity("entity_other", "Moshi gems", **WHO)
    merged = make.merge_entities(CLUSTER.entity_id, "entity_other", **WHO)
    assert column(writer, "SELECT name FROM entities WHERE kind = 'CLUSTER'") == ["Moshi gems"]
    assert column(writer, "SELECT DISTINCT entity_id FROM facts") == ["entity_other"]
    load(writer, bundle(), "r2")
    assert column(writer, "SELECT DISTINCT entity_id FROM mentions") == ["entity_other"]
    assert offenders(writer) == {}
    for one_ in (merged, named, split):
        make.undo(one_)
    load(writer, bundle(), "r1")
    after = rows(writer)
    for table in ("main.entities", "main.mentions", "main.facts", "main.relations"):
        assert after[table] == before[table]


def test_a_withdrawn_paper_is_out_of_everything_and_comes_back(writer: Writer) -> None:
    load(writer, bundle())
    load(writer, second())
    before = rows(writer)
    paper_id = second().reading.paper.paper_id
    writer.corrections.withdraw(paper_id, **WHO)
    for table in ("passages", "codes", "facts", "mentions", "paper_texts", "sentences"):
        assert paper_id not in column(writer, f"SELECT paper_id FROM {table}")
    assert offenders(writer) == {}
    load(writer, second(), "r2")
    assert paper_id not in column(writer, "SELECT paper_id FROM passages")
    writer.corrections.restore(paper_id)
    load(writer, second(), "r1")
    after = rows(writer)
    for table in before:
        if "history" not in table and table != "main.corrections" and "withdrawn" not in table:
            assert after[table] == before[table], table
    assert offenders(writer) == {}


def test_corrections_that_lost_their_place_are_listed(writer: Writer) -> None:
    load(writer, bundle())
    fact_id, passage_id = one(writer, "SELECT fact_id FROM facts"), bundle().codes[1].passage_id
    writer.corrections.deny_fact(fact_id, **WHO)
    writer.corrections.set_label(
        passage_id, "governance", "social_vertical", selected=True, alone=False, **WHO
    )
    writer.corrections.rename_entity(CLUSTER.entity_id, "Arusha gems", **WHO)
    assert column(writer, "SELECT kind FROM corrections_lost") == []
    other = bundle("a.txt", title="Stones", body=("Nothing of it is left here.",))
    load(writer, type(other)(other.reading, type(other.evidence)()))
    assert column(writer, "SELECT kind FROM corrections_lost") == [
        "deny_fact", "rename_entity", "set_label",
    ]  # fmt: skip


def test_what_is_not_there_can_not_be_corrected(writer: Writer) -> None:
    load(writer, bundle())
    make = writer.corrections
    before = rows(writer)
    for wrong in (
        lambda: make.deny_fact("fact_none", **WHO),
        lambda: make.merge_entities(CLUSTER.entity_id, CLUSTER.entity_id, **WHO),
        lambda: make.merge_entities(CLUSTER.entity_id, "entity_none", **WHO),
        lambda: make.restore(bundle().reading.paper.paper_id),
        lambda: make.undo("correction_none"),
    ):
        with pytest.raises(UsageError):
            wrong()
    assert rows(writer) == before

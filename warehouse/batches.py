"""A paper's records as Arrow batches, one per table; column names are those of the warehouse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pipeline.ids import sha256_text
from pipeline.records import Code, Entity, Issue, PaperBundle, Reading, Work

if TYPE_CHECKING:
    import pyarrow as pa

Getter = Callable[[Any], Any]
Spec = dict[str, tuple[str, Getter]]
"""Column name to Arrow type (by name) and how to get it from a record."""


def _same(types: str, names: str) -> Spec:
    """Columns that are named as the record's fields, all of one type."""
    return {name: (types, attrgetter(name)) for name in names.split()}


def _from(types: str, column: str, path: str) -> Spec:
    return {column: (types, attrgetter(path))}


SPECS: dict[str, Spec] = {
    "sections": _same("text", "section_id paper_id heading role") | _same("int", "ordinal level"),
    "passages": _same("text", "passage_id paper_id section_id text")
    | _same("int", "ordinal page page_to start end heading_end")
    | {"passage_sha256": ("text", lambda passage: sha256_text(passage.text))},
    "passage_boxes": _from("text", "passage_id", "passage_id")
    | _from("int", "page", "box.page")
    | {side: ("float", attrgetter(f"box.{side}")) for side in ("left", "top", "right", "bottom")},
    "tables": _same("text", "table_id paper_id caption section_id")
    | _same("int", "page")
    | {"cells": ("rows", lambda table: [list(row) for row in table.cells])},
    "works": _same("text", "work_id year title container doi")
    | {"authors": ("texts", lambda work: list(work.authors))},
    "citations": _same("text", "citation_id passage_id work_id surface")
    | _same("int", "start end"),
    "entities": _same("text", "entity_id kind name country sector isic actor_type standard_type"),
    "mentions": _same("text", "mention_id passage_id kind entity_id surface method reason")
    | _same("int", "start end")
    | _same("float", "confidence")
    | _from("text", "read_entity_id", "entity_id"),
    "sentences": _same("text", "sentence_id passage_id claim_source assertion")
    | _same("int", "start end"),
    "facts": _same(
        "text",
        "fact_id passage_id sentence_id entity_id country metric unit qualifier quote"
        " claim_source work_id assertion rule",
    )
    | _same("double", "value value_from change_from")
    | _same("int", "year year_from year_to start end")
    | _from("text", "read_entity_id", "entity_id"),
    "relations": _same(
        "text",
        "relation_id passage_id subject_id relation object_id claim_source work_id assertion",
    )
    | _same("int", "start end")
    | _same("float", "confidence")
    | _from("text", "read_subject_id", "subject_id")
    | _from("text", "read_object_id", "object_id"),
    "codes": _same("text", "passage_id dimension label decision model_id codebook_version")
    | _same("float", "probability")
    | _same("bool", "selected"),
    "issues": _same("text", "issue_id paper_id stage problem detail"),
}


@cache
def arrow_type(name: str) -> pa.DataType:
    """Return the Arrow type that a spec names."""
    import pyarrow as pa

    return {
        "text": pa.string(),
        "int": pa.int32(),
        "long": pa.int64(),
        "float": pa.float32(),
        "double": pa.float64(),
        "bool": pa.bool_(),
        "bytes": pa.binary(),
        "time": pa.timestamp("us"),
        "texts": pa.list_(pa.string()),
        "rows": pa.list_(pa.list_(pa.string())),
        "floats": pa.list_(pa.float32()),
        "hashes": pa.list_(pa.uint64()),
        "pairs": pa.map_(pa.string(), pa.string()),
        "counts": pa.map_(pa.string(), pa.int64()),
    }[name]


def batch(table: str, records: Sequence[Any], **same: Any) -> pa.Table:
    """Return the records as an Arrow table; `same` adds columns of one value (text or time)."""
    import pyarrow as pa

    columns = {
        name: pa.array([get(record) for record in records], arrow_type(kind))
        for name, (kind, get) in SPECS[table].items()
    }
    for name, value in same.items():
        kind = "time" if isinstance(value, datetime) else "text"
        columns[name] = pa.array([value] * len(records), arrow_type(kind))
    return pa.table(columns)


def rows_batch(rows: Sequence[Sequence[Any]], **kinds: str) -> pa.Table:
    """Return plain rows as an Arrow table; `kinds` maps column to type, in order."""
    import pyarrow as pa

    return pa.table(
        {
            name: pa.array([row[at] for row in rows], arrow_type(kind))
            for at, (name, kind) in enumerate(kinds.items())
        }
    )


def paper_batches(bundle: PaperBundle, *, recipe: str, at: datetime) -> dict[str, pa.Table]:
    """Return table name to batch for all that is one paper's alone; empty ones are left out.

    What papers share (works, entities, issues) is in `shared_batches`.
    """
    reading, evidence = bundle.reading, bundle.evidence
    paper_id = reading.paper.paper_id
    own = {"paper_id": paper_id}
    made = {
        "papers": _paper_row(reading, recipe, at),
        "paper_texts": rows_batch([(paper_id, reading.text)], paper_id="text", text="text"),
        "sections": batch("sections", reading.sections),
        "passages": batch("passages", reading.passages),
        "passage_boxes": batch("passage_boxes", reading.boxes, **own),
        "passage_vectors": rows_batch(
            [(passage_id, paper_id, vector) for passage_id, vector in bundle.vectors],
            passage_id="text", paper_id="text", vector="bytes",
        ),
        "tables": batch("tables", reading.tables),
        "paper_works": _paper_works(once(reading.works, "work_id"), paper_id),
        "citations": batch("citations", reading.citations, **own),
        "mentions": batch("mentions", evidence.mentions, **own),
        "sentences": batch("sentences", evidence.sentences, **own),
        "sentence_works": rows_batch(
            [
                (sentence.sentence_id, work_id, paper_id)
                for sentence in evidence.sentences
                for work_id in dict.fromkeys(sentence.works)
            ],
            sentence_id="text", work_id="text", paper_id="text",
        ),
        "facts": batch("facts", evidence.facts, **own, recipe=recipe, made_at=at),
        "relations": batch("relations", evidence.relations, **own),
        "codes": batch("codes", bundle.codes, **own, made_at=at),
    }  # fmt: skip
    return {name: table for name, table in made.items() if table.num_rows}


def shared_batches(bundles: Sequence[PaperBundle], issues: Sequence[Issue]) -> dict[str, pa.Table]:
    """Return table name to batch for what papers share; each record once, empty ones left out.

    Parameters
    ----------
    bundles : sequence of PaperBundle
        Papers that go in together, in order.
    issues : sequence of Issue
        What the warehouse itself has to say of them, beside what the papers bring.
    """
    said = [issue for one in bundles for issue in (*one.reading.issues, *one.evidence.issues)]
    made = {
        "works": batch(
            "works", once([work for one in bundles for work in one.reading.works], "work_id")
        ),
        "entities": batch(
            "entities", _joined([e for one in bundles for e in one.evidence.entities])
        ),
        "issues": batch("issues", once([*said, *issues], "issue_id")),
    }
    return {name: table for name, table in made.items() if table.num_rows}


def codes_batch(codes: Sequence[Code], at: datetime) -> pa.Table:
    """Return codes alone, for recoding."""
    return batch("codes", codes, made_at=at)


def issues_batch(issues: Sequence[Issue]) -> pa.Table:
    """Return issues alone."""
    return batch("issues", issues)


def entities_batch(entities: Sequence[Entity]) -> pa.Table:
    """Return entities alone."""
    return batch("entities", entities)


def _paper_row(reading: Reading, recipe: str, at: datetime) -> pa.Table:
    paper = reading.paper
    kinds = {
        "paper_id": "text", "title": "text", "authors": "texts", "year": "int", "doi": "text",
        "language": "text", "abstract": "text", "keywords": "texts", "source": "text",
        "sha256": "text", "media_type": "text", "n_pages": "int", "n_words": "int",
        "parser_version": "text", "ingested_at": "time", "metadata_origin": "pairs",
        "text_sha256": "text", "recipe": "text",
    }  # fmt: skip
    more = {
        "authors": list(paper.authors),
        "keywords": list(paper.keywords),
        "ingested_at": at,
        "metadata_origin": list(paper.metadata_origin),
        "text_sha256": sha256_text(reading.text),
        "recipe": recipe,
    }
    row = [more[name] if name in more else getattr(paper, name) for name in kinds]
    return rows_batch([row], **kinds)


def _paper_works(works: Sequence[Work], paper_id: str) -> pa.Table:
    return rows_batch(
        [(paper_id, work.work_id, at, work.raw, work.key) for at, work in enumerate(works)],
        paper_id="text", work_id="text", ordinal="int", raw="text", key="text",
    )  # fmt: skip


def once(records: Sequence[Any], key: str) -> list[Any]:
    """Return the records without those whose `key` stood before, in order."""
    return list({getattr(record, key): record for record in reversed(records)}.values())[::-1]


def _joined(entities: Iterable[Entity]) -> list[Entity]:
    """Return each entity once, with what any paper knows of it.

    Where two differ the least in the alphabet stays, as in the statement that puts them in.
    """
    found: dict[str, Entity] = {}
    for entity in entities:
        before = found.setdefault(entity.entity_id, entity)
        if before != entity:
            said = {name: (getattr(before, name), getattr(entity, name)) for name in _MAY_DIFFER}
            least: dict[str, Any] = {
                name: min((one for one in pair if one is not None), default=None)
                for name, pair in said.items()
            }
            found[entity.entity_id] = replace(before, **least)
    return list(found.values())


_MAY_DIFFER = ("country", "sector", "isic", "actor_type", "standard_type")

"""The annotation loop over the warehouse: what to code next, out to tools and back, agreement."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from flows.settings import Settings
from flows.stored_annotations import stored_annotations
from models.annotated import ADJUDICATED
from models.annotation.agreement import disputed, label_agreement, pair_agreement
from models.annotation.formats import Dimensions, import_records
from models.annotation.records import CoderRecord, check_records
from models.annotation.sampling import Candidate, choose_next
from models.passages import MEASURED_ORIGINS
from pipeline.codebook import Codebook, load_codebook
from pipeline.errors import UsageError


def dimension_labels(codebook: Codebook, names: Sequence[str]) -> Dimensions:
    """Return dimension → labels of the named dimensions, all where none is named."""
    wanted = names or list(codebook.dimensions)
    return {name: codebook.dimension(name).label_names for name in wanted}


def next_passages(
    settings: Settings, n: int, way: str, label: tuple[str, str] | None, seed: int
) -> list[CoderRecord]:
    """Return passages that nobody annotated, chosen by the way to sample.

    Raises
    ------
    WarehouseMissing
        Nothing was ingested yet.
    """
    import warehouse

    with warehouse.open(settings.warehouse_path) as reader:
        rows = reader.named("passages_to_annotate").dicts()
    chosen = choose_next([_candidate(row) for row in rows], n, way, label=label, seed=seed)
    return [CoderRecord(one.text, one.group, one.passage_id) for one in chosen]


def _candidate(row: dict[str, Any]) -> Candidate:
    vector = row["vector"]
    return Candidate(
        passage_id=row["passage_id"],
        group=row["paper_id"],
        text=row["text"],
        impact=float(row["impact"] or 0.0),
        probabilities={
            (one["dimension"], one["label"]): float(one["probability"])
            for one in row["probabilities"] or []
        },
        vector=(
            np.frombuffer(vector, dtype="<f2").astype(np.float32)
            if vector
            else np.zeros(384, dtype=np.float32)
        ),
    )


def import_file(
    path: Path, tool: str, settings: Settings, *, coder: str | None, origin: str | None = None
) -> int:
    """Bring a tool's export into the warehouse; return how many rows were stored.

    Raises
    ------
    UsageError, UnknownNameError
        Not the tool's format, an unknown label, no coder: nothing is stored then.
    """
    if not path.is_file():
        raise UsageError(f"{path}: no such file; expected a {tool} export")
    codebook = load_codebook()
    text = path.read_text(encoding="utf-8-sig")
    records = import_records(text, tool, dimension_labels(codebook, ()))
    if coder:
        records = [
            CoderRecord(r.text, r.group, r.passage_id, r.coder or coder, r.labels) for r in records
        ]
    coded = check_records([r for r in records if r.labels], codebook)
    return store(coded, settings, codebook.version, origin or tool)


def store(
    records: Sequence[CoderRecord], settings: Settings, codebook_version: str, origin: str
) -> int:
    """Write records to the warehouse and publish them."""
    from warehouse.annotations import NewAnnotation, add_annotations
    from warehouse.writer import Writer

    rows = [
        NewAnnotation(
            r.passage_sha256, r.passage_id or None, r.text, r.group or r.passage_sha256, r.coder,
            r.labels,
        )
        for r in records
    ]  # fmt: skip
    with Writer(settings.warehouse_path) as writer:
        n = add_annotations(writer, rows, codebook_version=codebook_version, origin=origin)
        writer.publish()
    return n


def stored_records(settings: Settings, names: Sequence[str]) -> list[CoderRecord]:
    """Return the annotations in the warehouse as records, one per passage and coder."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in stored_annotations(settings):
        if names and row.dimension not in names:
            continue
        one = found.setdefault(
            (row.passage_sha256, row.coder), {"text": row.text, "group": row.group, "labels": {}}
        )
        labels = one["labels"].setdefault(row.dimension, [])
        if row.label:
            labels.append(row.label)
    return [
        CoderRecord(
            one["text"],
            one["group"],
            "",
            coder,
            {name: tuple(sorted(labels)) for name, labels in sorted(one["labels"].items())},
        )
        for (_, coder), one in sorted(found.items())
    ]


def agreement(settings: Settings, names: Sequence[str]) -> dict[str, Any]:
    """Return alpha by label and kappa and F1 by pair of coders."""
    codebook = load_codebook()
    rows = stored_annotations(settings)
    labels, pairs = [], []
    for name, label_names in dimension_labels(codebook, names).items():
        labels += [one for one in label_agreement(rows, name, label_names) if one.n]
        pairs += pair_agreement(rows, name, label_names)
    return {"labels": labels, "pairs": pairs}


def disputes(settings: Settings, names: Sequence[str]) -> list[dict[str, Any]]:
    """Return what coders disagree about and nobody settled."""
    codebook = load_codebook()
    rows = stored_annotations(settings)
    texts = {row.passage_sha256: row.text for row in rows}
    return [
        {"passage_sha256": sha, "dimension": name, "coders": by_coder, "text": texts[sha]}
        for name in dimension_labels(codebook, names)
        for sha, by_coder in disputed(rows, name)
    ]


def adjudicate(
    settings: Settings, sha_prefix: str, dimension: str, labels: Sequence[str], by: str
) -> str:
    """Settle a passage in one dimension; return its hash.

    Raises
    ------
    UsageError
        No annotated passage, or several, begin with the hash.
    """
    codebook = load_codebook()
    found = {r.passage_sha256: r for r in stored_annotations(settings)}
    hits = [sha for sha in found if sha.startswith(sha_prefix)]
    if len(hits) != 1:
        raise UsageError(
            f"{len(hits)} annotated passages begin with {sha_prefix!r}; expected one:"
            " see 'clusterlore annotate adjudicate' for those in dispute"
        )
    row = found[hits[0]]
    record = CoderRecord(row.text, row.group, "", by, {dimension: tuple(labels)})
    check_records([record], codebook)
    store([record], settings, codebook.version, ADJUDICATED)
    return hits[0]


def audit(settings: Settings, real: Path | None, names: Sequence[str]) -> list[dict[str, Any]]:
    """Return labels of annotated (and real, where at hand) passages that are likely wrong."""
    from flows.learning import material_of, passages_at_hand
    from models.annotation.audit import suspects
    from models.crossval import held_out
    from models.registry import loaded_in_use
    from models.training import training_set

    codebook = load_codebook()
    passages = passages_at_hand(stored_annotations(settings), real)
    material, encoder = material_of(passages, settings)
    by_text = {p.text: p for p in passages}
    out: list[dict[str, Any]] = []
    for name, model in loaded_in_use(settings.models_path).items():
        if (names and name not in names) or name not in codebook.dimensions:
            continue
        data = training_set(material, codebook.dimensions[name])
        probability = held_out(model.card, data, encoder.scheme.columns(name))
        for one in suspects(data, probability, codebook.dimensions[name].label_names):
            passage = by_text[data.rows[one.row].text]
            if passage.origin in MEASURED_ORIGINS:
                out.append(
                    {
                        "dimension": name,
                        "label": one.label,
                        "given": one.given,
                        "probability": round(one.probability, 3),
                        "passage": passage.passage_id,
                        "passage_sha256": passage.sha256,
                        "text": passage.text,
                    }
                )
    return out

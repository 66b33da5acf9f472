"""Exchange with annotation tools, both ways without loss: import(export(records)) == records."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from models.annotation.records import CoderRecord
from pipeline.errors import UnknownNameError, UsageError

Dimensions = dict[str, tuple[str, ...]]
"""Dimension to its label names, in the codebook's order."""

_KEEP = ("passage_id", "group", "coder")


def _meta(record: CoderRecord) -> dict[str, Any]:
    """Return what tools must carry along, with the dimensions that were coded at all."""
    return {
        "passage_sha256": record.passage_sha256,
        "passage_id": record.passage_id,
        "group": record.group,
        "coder": record.coder,
        "coded": sorted(record.labels),
    }


def _record(text: str, meta: dict[str, Any], labels: Dimensions, coder: str = "") -> CoderRecord:
    coded = meta.get("coded") or []
    whole = {name: tuple(labels.get(name, ())) for name in sorted({*coded, *labels})}
    who = coder or str(meta.get("coder") or "")
    return CoderRecord(
        text, str(meta.get("group") or ""), str(meta.get("passage_id") or ""), who, whole
    )


def _flat(record: CoderRecord) -> list[str]:
    return [f"{name}:{label}" for name in sorted(record.labels) for label in record.labels[name]]


def _unflat(flat: Iterable[str]) -> Dimensions:
    labels: dict[str, list[str]] = {}
    for one in flat:
        name, _, label = str(one).partition(":")
        labels.setdefault(name, []).append(label)
    return {name: tuple(found) for name, found in labels.items()}


def _lines(rows: Iterable[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _objects(text: str) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                rows.append(json.loads(line))
            except json.JSONDecodeError as error:
                raise UsageError(f"line {number}: {error.msg}; expected a JSON object") from error
    return rows


def to_jsonl(records: Sequence[CoderRecord], _: Dimensions) -> str:
    """One object a line, with labels by dimension."""
    return _lines({"text": r.text, **_meta(r), "labels": _lists(r)} for r in records)


def from_jsonl(text: str, _: Dimensions) -> list[CoderRecord]:
    """Read what `to_jsonl` writes."""
    return [_record(r["text"], r, _tuples(r.get("labels") or {})) for r in _objects(text)]


def _lists(record: CoderRecord) -> dict[str, list[str]]:
    return {name: list(record.labels[name]) for name in sorted(record.labels)}


def _tuples(labels: dict[str, Sequence[str]]) -> Dimensions:
    return {
        name: tuple([found] if isinstance(found, str) else found) for name, found in labels.items()
    }


def to_csv(records: Sequence[CoderRecord], dimensions: Dimensions) -> str:
    """One row a record, one column a dimension; labels parted by ``;``, ``-`` for coded none."""
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(["passage_sha256", *_KEEP, "text", *dimensions])
    for r in records:
        cells = [(";".join(r.labels[d]) or "-") if d in r.labels else "" for d in dimensions]
        writer.writerow([r.passage_sha256, *(getattr(r, k) for k in _KEEP), r.text, *cells])
    return sink.getvalue()


def from_csv(text: str, dimensions: Dimensions) -> list[CoderRecord]:
    """Read what `to_csv` writes; an empty cell says that the dimension was not coded."""
    out = []
    for row in csv.DictReader(io.StringIO(text, newline="")):
        if "text" not in row:
            raise UsageError(f"columns {', '.join(row)}; expected text and one per dimension")
        labels = {
            name: tuple(one.strip() for one in row[name].split(";") if one.strip() not in ("", "-"))
            for name in dimensions
            if (row.get(name) or "").strip()
        }
        out.append(_record(row["text"], dict(row), labels))
    return out


def to_label_studio(records: Sequence[CoderRecord], _: Dimensions) -> str:
    """Tasks with one annotation a coder (Label Studio's JSON import format)."""
    tasks: dict[str, dict[str, Any]] = {}
    for r in records:
        meta = _meta(r)
        coder, coded = meta.pop("coder"), meta.pop("coded")
        task = tasks.setdefault(
            r.passage_sha256, {"data": {"text": r.text, **meta}, "annotations": []}
        )
        result = [
            {"from_name": name, "to_name": "text", "type": "choices", "value": {"choices": labels}}
            for name, labels in _lists(r).items()
        ]
        if coder or result:
            task["annotations"].append(
                {"completed_by": {"email": coder}, "result": result, "coded": coded}
            )
    return json.dumps(list(tasks.values()), ensure_ascii=False, indent=1) + "\n"


def from_label_studio(text: str, _: Dimensions) -> list[CoderRecord]:
    """Read Label Studio's JSON export; each annotation becomes one coder's record."""
    out = []
    for task in json.loads(text):
        data = task["data"]
        if not task.get("annotations"):
            out.append(_record(data["text"], data, {}))
        for one in task.get("annotations") or []:
            who = one.get("completed_by")
            coder = str(who.get("email", "")) if isinstance(who, dict) else str(who or "")
            labels = {
                item["from_name"]: tuple(item["value"].get("choices", ()))
                for item in one.get("result") or []
                if item.get("type") == "choices"
            }
            meta = {**data, "coded": one.get("coded") or sorted(labels)}
            out.append(_record(data["text"], meta, labels, coder))
    return out


def to_doccano(records: Sequence[CoderRecord], _: Dimensions) -> str:
    """doccano's JSONL for text classification, labels as ``dimension:label``."""
    return _lines({"text": r.text, "label": _flat(r), **_meta(r)} for r in records)


def from_doccano(text: str, _: Dimensions) -> list[CoderRecord]:
    """Read doccano's JSONL export."""
    rows = _objects(text)
    return [
        _record(
            r["text"],
            {**r, **(r.get("meta") or {})},
            _unflat(r.get("label") or r.get("labels") or []),
        )
        for r in rows
    ]


def to_argilla(records: Sequence[CoderRecord], _: Dimensions) -> str:
    """Argilla records: one question a dimension, the coder as the response's user."""
    rows = []
    for r in records:
        responses = {
            name: [{"value": labels, "user_id": r.coder, "status": "submitted"}]
            for name, labels in _lists(r).items()
        }
        rows.append({"fields": {"text": r.text}, "metadata": _meta(r), "responses": responses})
    return _lines(rows)


def from_argilla(text: str, _: Dimensions) -> list[CoderRecord]:
    """Read Argilla records; several users' responses become several records."""
    out = []
    for row in _objects(text):
        by_user: dict[str, Dimensions] = {}
        for name, answers in (row.get("responses") or {}).items():
            for answer in answers:
                value = answer["value"]
                found = (value,) if isinstance(value, str) else tuple(value)
                by_user.setdefault(str(answer.get("user_id") or ""), {})[name] = found
        meta = row.get("metadata") or {}
        for user, labels in (by_user or {str(meta.get("coder") or ""): {}}).items():
            out.append(_record(row["fields"]["text"], meta, labels, user))
    return out


def to_prodigy(records: Sequence[CoderRecord], dimensions: Dimensions) -> str:
    """Prodigy's ``choice`` tasks with all labels as options."""
    options = [
        {"id": f"{name}:{label}", "text": f"{name}: {label}"}
        for name, labels in dimensions.items()
        for label in labels
    ]
    return _lines(
        {
            "text": r.text,
            "options": options,
            "accept": _flat(r),
            "answer": "accept",
            "meta": _meta(r),
            "_annotator_id": r.coder,
        }
        for r in records
    )


def from_prodigy(text: str, _: Dimensions) -> list[CoderRecord]:
    """Read Prodigy's JSONL; ignored and rejected tasks are left out, as Prodigy means them."""
    return [
        _record(
            r["text"],
            r.get("meta") or {},
            _unflat(r.get("accept") or []),
            str(r.get("_annotator_id") or ""),
        )
        for r in _objects(text)
        if r.get("answer", "accept") == "accept"
    ]


Writer = Callable[[Sequence[CoderRecord], Dimensions], str]
Reader = Callable[[str, Dimensions], list[CoderRecord]]
FORMATS: dict[str, tuple[Writer, Reader]] = {
    "jsonl": (to_jsonl, from_jsonl),
    "csv": (to_csv, from_csv),
    "label-studio": (to_label_studio, from_label_studio),
    "doccano": (to_doccano, from_doccano),
    "argilla": (to_argilla, from_argilla),
    "prodigy": (to_prodigy, from_prodigy),
}


def export_records(records: Sequence[CoderRecord], name: str, dimensions: Dimensions) -> str:
    """Return the records in a tool's format (UnknownNameError names the formats)."""
    return _format(name)[0](records, dimensions)


def import_records(text: str, name: str, dimensions: Dimensions) -> list[CoderRecord]:
    """Read a tool's export.

    Raises
    ------
    UsageError
        The text is not in the format.
    """
    try:
        return _format(name)[1](text, dimensions)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"not a {name} export: {type(error).__name__}: {error}") from error


def _format(name: str) -> tuple[Writer, Reader]:
    if name not in FORMATS:
        raise UnknownNameError("format", name, FORMATS)
    return FORMATS[name]

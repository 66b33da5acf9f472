"""A `Document` as JSON and back: what crosses the pipe to and from the guarded child."""

from __future__ import annotations

import json
from typing import Any

from pipeline.document import Block, Box, Document, MetaValue, Trouble
from pipeline.errors import ReadError


def to_json(document: Document) -> bytes:
    """Return the document as UTF-8 JSON; positions of fields, not names, keep it small."""
    return json.dumps(
        {
            "media_type": document.media_type,
            "n_pages": document.n_pages,
            "reader": document.reader,
            "extra": document.extra,
            "metadata": [[m.field, m.value, m.origin] for m in document.metadata],
            "troubles": [[t.problem, t.detail] for t in document.troubles],
            "blocks": [
                [
                    b.kind, b.text, b.level, b.page, b.page_to,
                    [[x.page, x.left, x.top, x.right, x.bottom] for x in b.boxes],
                    b.cells, b.marker,
                ]
                for b in document.blocks
            ],
        },
        ensure_ascii=False,
    ).encode("utf-8", "replace")  # fmt: skip


def from_json(data: bytes) -> Document:
    """Return the document; every record checks itself as it is built."""
    said: dict[str, Any] = json.loads(data)
    return Document(
        said["media_type"],
        tuple(_block(*parts) for parts in said["blocks"]),
        n_pages=said["n_pages"],
        metadata=tuple(MetaValue(*m) for m in said["metadata"]),
        troubles=tuple(Trouble(*t) for t in said["troubles"]),
        reader=said["reader"],
        extra=said["extra"],
    )


def _block(
    kind: Any, text: str, level: int, page: int | None, page_to: int | None,
    boxes: list[list[Any]], cells: list[list[str]], marker: str | None,
) -> Block:  # fmt: skip
    return Block(
        kind, text, level=level, page=page, page_to=page_to,
        boxes=tuple(Box(*box) for box in boxes),
        cells=tuple(tuple(row) for row in cells), marker=marker,
    )  # fmt: skip


def error_to_json(error: ReadError) -> bytes:
    """Return a rejection as JSON."""
    return json.dumps([error.reason, error.detail, error.stage]).encode("utf-8")


def error_from_json(data: bytes) -> ReadError:
    """Return the rejection."""
    reason, detail, stage = json.loads(data)
    return ReadError(reason, detail, stage=stage)

"""The last steps every format shares, in their order: from drafts to a finished `Document`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from pipeline.document import Document, MetaValue, Trouble
from pipeline.readers.draft import Draft, finish
from pipeline.readers.front import mark_front, mark_references
from pipeline.readers.merge import join_broken
from pipeline.readers.notes import drop_marks, take_notes

_CAPTION = re.compile(
    r"^(?:fig(?:ure|\.)?|table|tab\.|chart|box|map|exhibit|graph|abbildung|tabelle|figura|tabla|tableau)"
    r"\s*(?:[A-Z]{0,2}[.\-]?\d{1,3}(?:[.\-]\d{1,2})?[a-z]?|[IVX]{1,5})\b[.:)\s—–|-]*",
    re.IGNORECASE,
)
_SOURCE_LINE = re.compile(r"^(?:sources?|notes?)\b\s*[:.]?\s", re.IGNORECASE)


def is_caption(text: str) -> bool:
    """Say whether a short paragraph is the caption of a figure or table."""
    if len(text) > 900:
        return False
    found = _CAPTION.match(text)
    if not found:
        return False
    rest = text[found.end() :]
    # "Table 2 summarizes key drivers" is a sentence about the table, not its caption.
    return not rest or not rest[0].islower() or found.group().rstrip()[-1] in ".:)—–|-"


def mark_captions(drafts: list[Draft]) -> None:
    """Set captions, and source lines under tables, apart from the body."""
    for i, draft in enumerate(drafts):
        if draft.kind not in ("paragraph", "heading") or draft.fixed:
            continue
        near = any(
            drafts[j].kind in ("table", "caption") for j in (i - 1, i + 1) if 0 <= j < len(drafts)
        )
        if is_caption(draft.text) or (
            near and len(draft.text) < 250 and _SOURCE_LINE.match(draft.text)
        ):
            draft.kind, draft.level = "caption", 0


def assemble(
    media_type: str,
    drafts: list[Draft],
    glue: Callable[[str, str], str],
    *,
    reader: str,
    n_pages: int | None = None,
    metadata: Iterable[MetaValue] = (),
    troubles: Iterable[Trouble] = (),
    extra: dict[str, str] | None = None,
) -> Document:
    """Join what pages broke, name the parts, and freeze the blocks.

    Parameters
    ----------
    glue : callable
        Joins two pieces of a paragraph, mending a hyphen between them.
    """
    drafts = [draft for draft in drafts if draft.text.strip() or draft.cells]
    take_notes(drafts)
    mark_captions(drafts)
    mark_front(drafts)
    mark_references(drafts)
    drafts = join_broken(drafts, glue)
    drop_marks(drafts)
    return Document(
        media_type,
        finish(drafts),
        n_pages=n_pages,
        metadata=tuple(value for value in metadata if value.value.strip()),
        troubles=tuple(troubles),
        reader=reader,
        extra=extra or {},
    )

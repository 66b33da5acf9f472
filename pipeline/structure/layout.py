"""Blocks sorted into sections with roles, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.document import Block
from pipeline.records import Role
from pipeline.structure.entries import entries_in
from pipeline.structure.lexicon import role_of_heading, run_in_front

__all__ = ["Part", "arrange"]

_FRONT_KINDS = frozenset({"title", "authors", "keywords", "front"})
_RUN_IN_LIMIT = 1500
_STRAY = 20
"""Words; less than that before the first heading is no body."""


@dataclass(slots=True)
class Part:
    """A section in the making: numbers of its blocks; `heading` the number of its heading.

    An `aside` (a note, or a table with its caption) stands behind block `after` of the section
    `owner`; a paragraph that goes on behind it is not cut by it.
    """

    role: Role
    level: int
    heading: int | None = None
    blocks: list[int] = field(default_factory=list)
    after: int | None = None
    owner: Part | None = None
    aside: bool = False


def arrange(blocks: Sequence[Block]) -> list[Part]:
    """Return the sections of a paper in running order; every block is in exactly one."""
    builder = _Builder(blocks)
    for number in range(len(blocks)):
        builder.add(number)
    parts = [part for part in builder.parts if part.blocks or part.heading is not None]
    for part in parts:
        if part.role == "body":
            part.role = _told_by_content(blocks, parts, part)
    return parts


def _told_by_content(blocks: Sequence[Block], parts: Sequence[Part], part: Part) -> Role:
    """Return the role of a body section where its content is plainly something else.

    A reference list under a heading of its own making ("Works I used"), and a line or two that
    stand before the paper begins.
    """
    texts = [blocks[i].text for i in part.blocks]
    held = [entries_in(text) for text in texts]
    least = 2 if part.heading is not None else 4
    if sum(held) >= least and sum(map(bool, held)) >= 0.7 * len(held):
        return "references"
    opening = all(p.role != "body" or p is part for p in parts[: parts.index(part)])
    if part.heading is None and opening and sum(len(text.split()) for text in texts) < _STRAY:
        following = parts[parts.index(part) + 1 : parts.index(part) + 2]
        return "front" if following and following[0].role != "table" else part.role
    return part.role


class _Builder:
    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.parts: list[Part] = []
        self.prose: Part | None = None
        self.last_prose: int | None = None
        self.base = min((max(b.level, 1) for b in blocks if b.kind == "heading"), default=1)
        self.stack: list[tuple[int, Role | None]] = []

    def add(self, number: int) -> None:
        kind = self.blocks[number].kind
        if kind == "heading":
            self._heading(number)
        elif kind == "note":
            self._note(number)
        elif kind in ("table", "caption"):
            self._table(number)
        elif kind in _FRONT_KINDS:
            self._prose(number, "front")
        elif kind == "reference":
            self._prose(number, "references")
        elif kind == "abstract":
            self._prose(number, "abstract")
        else:
            self._paragraph(number)

    def _heading(self, number: int) -> None:
        if self._in_table(number):
            self.parts[-1].blocks.append(number)
            return
        block = self.blocks[number]
        level = max(block.level, 1) - self.base + 1
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()
        inherited = self.stack[-1][1] if self.stack else None
        role = role_of_heading(block.text)
        if role == "abstract" and any(part.role == "body" and part.blocks for part in self.parts):
            role = None  # A "Summary" behind the body sums up; it is no abstract.
        if role is None:
            role = inherited or "body"
        if role == "note":
            following = self.blocks[number + 1].kind if number + 1 < len(self.blocks) else ""
            role = "note" if following in ("note", "list_item", "paragraph") else role
        self.stack.append(
            (level, role if role in ("appendix", "note", "references", "abstract") else None)
        )
        self._open(role, level, number)

    def _open(self, role: Role, level: int, heading: int | None) -> Part:
        part = Part(role, level, heading)
        self.parts.append(part)
        self.prose = part
        self.last_prose = None
        return part

    def _prose(self, number: int, role: Role) -> None:
        part = self.prose
        if part is None or (
            part.role != role and not (role == "front" and part.role == "appendix")
        ):
            # What stands apart inside another section is a section of its own, without heading.
            part = self._open(role, 1, None)
        part.blocks.append(number)
        self.last_prose = number

    def _paragraph(self, number: int) -> None:
        text = self.blocks[number].text
        if len(text) < _RUN_IN_LIMIT and run_in_front().match(text):
            self._prose(number, "front")
            return
        part = self.prose
        if (
            part is None
            or (part.heading is None and part.role != "body")
            or (part.role == "abstract" and self._behind_abstract(part))
        ):
            part = self._open("body", 1, None)
        part.blocks.append(number)
        self.last_prose = number

    def _behind_abstract(self, part: Part) -> bool:
        """Say whether the reader named the abstract's blocks, so that this one is not of it."""
        return any(self.blocks[i].kind == "abstract" for i in part.blocks)

    def _note(self, number: int) -> None:
        if self.prose is not None and self.prose.role == "note":
            self.prose.blocks.append(number)
            return
        self._aside("note", number)

    def _aside(self, role: Role, number: int) -> None:
        part = Part(role, 1, blocks=[number], after=self.last_prose, owner=self.prose, aside=True)
        self.parts.append(part)

    def _in_table(self, number: int) -> bool:
        """Say whether this heading stands between a bare caption ("Table 1:") and its table."""
        if number == 0 or number + 1 >= len(self.blocks):
            return False
        before, after = self.blocks[number - 1], self.blocks[number + 1]
        return before.kind == "caption" and len(before.text) < 20 and after.kind == "table"

    def _table(self, number: int) -> None:
        last = self.parts[-1] if self.parts else None
        block = self.blocks[number]
        starts = block.kind == "caption" and not block.text.casefold().startswith(
            ("source", "note")
        )
        if last is not None and last.role == "table" and last.blocks[-1] == number - 1:
            full = any(self.blocks[i].kind == "table" for i in last.blocks)
            if not full or (block.kind == "caption" and not starts):
                last.blocks.append(number)
                return
        self._aside("table", number)

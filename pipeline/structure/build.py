"""From a `Document` to a `Reading`: the paper's text, its sections and passages, and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline import versions
from pipeline.document import Block, Document
from pipeline.ids import content_id, sha256_text
from pipeline.records import (
    Citation,
    Issue,
    Paper,
    Passage,
    PassageBox,
    Reading,
    Section,
    Table,
    Work,
)
from pipeline.structure.boxes import boxes_of
from pipeline.structure.citations import find_citations
from pipeline.structure.entries import entries_of
from pipeline.structure.layout import Part, arrange
from pipeline.structure.metadata import describe
from pipeline.structure.passages import MAX_WORDS, MIN_WORDS, Atom, Piece, atoms_of, count, plan
from pipeline.structure.references import parse_references
from pipeline.structure.resolve import Resolver

__all__ = ["structure"]

_EVIDENCE = frozenset({"body", "abstract", "appendix"})
_CITING = _EVIDENCE | {"note"}
_TABLE_WORDS = 600


@dataclass(slots=True)
class _Draft:
    """A passage in the making: its section, the headings before it, the pieces in it."""

    part: Part
    headings: list[int]
    pieces: list[Piece]


@dataclass(slots=True)
class _Text:
    """The paper's text as it grows; knows where each block last ended."""

    chunks: list[str] = field(default_factory=list)
    length: int = 0
    last: Piece | None = None

    def add(self, blocks: Sequence[Block], piece: Piece) -> tuple[int, int]:
        """Append a piece behind what is there; return its span."""
        text = blocks[piece.block].text
        if self.last is not None:
            same = self.last.block == piece.block and self.last.end <= piece.start
            gap = text[self.last.end : piece.start] if same else "\n\n"
            self.chunks.append(gap)
            self.length += len(gap)
        start = self.length
        self.chunks.append(text[piece.start : piece.end])
        self.length += piece.end - piece.start
        self.last = piece
        return start, self.length


def structure(document: Document, *, source: str, sha256: str) -> Reading:
    """Make a paper of a document's blocks.

    Parameters
    ----------
    document : Document
        What a reader found.
    source, sha256 : str
        The path as given and the hash of the file's bytes, kept in the paper's row.

    Returns
    -------
    Reading
        The passages tile the text up to white space. All ids come from the content.
    """
    blocks = document.blocks
    parts = arrange(blocks)
    drafts = list(_drafts(blocks, parts))
    text = _Text()
    spans = []
    for draft in drafts:
        marks = [text.add(blocks, Piece(i, 0, len(blocks[i].text))) for i in draft.headings]
        body = [text.add(blocks, piece) for piece in draft.pieces]
        start = (marks or body)[0][0]
        heading_end = (body[0][0] if body else marks[-1][1]) - start if marks else 0
        spans.append((start, (body or marks)[-1][1], heading_end))
    whole = "".join(text.chunks)
    paper_id = content_id("paper", sha256_text(whole))
    sections = _sections(blocks, parts, paper_id)
    passages: list[Passage] = []
    boxes: list[PassageBox] = []
    for ordinal, (draft, (start, end, heading_end)) in enumerate(zip(drafts, spans, strict=True)):
        pieces = [Piece(i, 0, len(blocks[i].text)) for i in draft.headings] + draft.pieces
        page, page_to, covered = boxes_of(blocks, pieces)
        passage_id = content_id("passage", paper_id, start, end)
        passages.append(
            Passage(
                passage_id, paper_id, sections[id(draft.part)].section_id, ordinal, page, page_to,
                start, end, whole[start:end], heading_end,
            )
        )  # fmt: skip
        boxes += [PassageBox(passage_id, box) for box in covered]
    works = _works(blocks, parts, paper_id)
    citations, unresolved = _citations(passages, sections, drafts, works)
    issues = [Issue.of(paper_id, "read", t.problem, t.detail) for t in document.troubles]
    if unresolved:
        issues.append(_unresolved(paper_id, unresolved, len(citations)))
    facts = describe(document, works)
    issues += [
        Issue.of(paper_id, "structure", problem, detail) for problem, detail in facts.troubles
    ]
    paper = Paper(
        paper_id, facts.title, facts.authors, facts.year, facts.doi, facts.language, facts.abstract,
        facts.keywords, source, sha256, document.media_type, document.n_pages, len(whole.split()),
        f"{versions.READERS}+{versions.STRUCTURE}", facts.origin,
    )  # fmt: skip
    unique = {section.section_id: section for section in sections.values()}
    return Reading(
        paper,
        whole,
        tuple(unique.values()),
        tuple(passages),
        tables=_tables(blocks, parts, sections, paper_id),
        works=works,
        citations=citations,
        boxes=tuple(boxes),
        issues=tuple({issue.issue_id: issue for issue in issues}.values()),
    )


def _works(blocks: Sequence[Block], parts: Sequence[Part], paper_id: str) -> tuple[Work, ...]:
    texts = [blocks[i].text for part in parts if part.role == "references" for i in part.blocks]
    return parse_references([entry for _, entry in entries_of(texts)], paper_id)


def _citations(
    passages: Sequence[Passage],
    sections: dict[int, Section],
    drafts: Sequence[_Draft],
    works: Sequence[Work],
) -> tuple[tuple[Citation, ...], list[str]]:
    """Return the citations of all prose and notes, and the surfaces of those without a work."""
    resolver = Resolver(works)
    numbered = any(work.key for work in works)
    found: dict[str, Citation] = {}
    unresolved: list[str] = []
    for passage, draft in zip(passages, drafts, strict=True):
        if sections[id(draft.part)].role not in _CITING:
            continue
        for span in find_citations(passage.text):
            if span.start < passage.heading_end or (span.number is not None and not numbered):
                continue
            work = resolver(span)
            if work is None and not span.sure:
                continue
            if work is None:
                unresolved.append(span.surface)
            work_id = work.work_id if work else None
            citation_id = content_id(
                "citation", passage.passage_id, span.start, span.end, span.number, work_id
            )
            found[citation_id] = Citation(
                citation_id, passage.passage_id, work_id, span.surface, span.start, span.end
            )
    return tuple(found.values()), unresolved


def _unresolved(paper_id: str, surfaces: list[str], total: int) -> Issue:
    shown = "; ".join(dict.fromkeys(surfaces[:8]))
    detail = f"{len(surfaces)} of {total} citations match no work of the reference list: {shown}"
    return Issue.of(paper_id, "structure", "citations_unresolved", detail[:400])


def _drafts(blocks: Sequence[Block], parts: Sequence[Part]) -> Iterator[_Draft]:
    """Yield the passages in the order of the text, asides behind the passage they hang on."""
    asides: dict[int, list[Part]] = {}
    for part in parts:
        if part.aside:
            asides.setdefault(id(part.owner) if part.owner else 0, []).append(part)
    for aside in asides.get(0, ()):
        yield from _planned(blocks, aside, [])
    pending: list[int] = []
    owner = None
    for part in (part for part in parts if not part.aside):
        hanging = asides.get(id(part), [])
        if part.heading is not None:
            pending.append(part.heading)
        if not part.blocks and not hanging:
            owner = part
            continue  # A heading over nothing but other headings stands before the next passage.
        yield from _with_asides(blocks, part, pending, hanging)
        pending, owner = [], None
    if pending and owner is not None:
        yield _Draft(owner, pending, [])


def _with_asides(
    blocks: Sequence[Block], part: Part, headings: list[int], asides: Sequence[Part]
) -> Iterator[_Draft]:
    """Yield a section's passages, each aside behind the last passage of the block before it."""
    drafts = list(_planned(blocks, part, headings)) or [_Draft(part, headings, [])]
    last = {piece.block: n for n, draft in enumerate(drafts) for piece in draft.pieces}
    for number, draft in enumerate(drafts):
        yield draft
        for aside in asides:
            behind = aside.after if aside.after is not None else next(iter(part.blocks), None)
            if last.get(-1 if behind is None else behind, 0) == number:
                yield from _planned(blocks, aside, [])


def _planned(blocks: Sequence[Block], part: Part, headings: list[int]) -> Iterator[_Draft]:
    evidence = part.role in _EVIDENCE
    words = sum(count(blocks[i].text)[1] for i in headings)
    if part.role == "table":
        rows = [atom for i in part.blocks for atom in _rows(i, blocks[i])]
        groups = plan(rows, words, least=0, most=_TABLE_WORDS)
    else:
        atoms: list[Atom] = []
        room = max(60, MAX_WORDS - words)
        before: Block | None = None
        for i in part.blocks:
            cut, join = _costs(before, blocks[i], evidence, part.role == "note")
            atoms += atoms_of(i, blocks[i].text, cut, join, room, whole=not evidence)
            before, room = blocks[i], MAX_WORDS
        groups = plan(atoms, words, least=MIN_WORDS if evidence else 0)
    for number, pieces in enumerate(groups):
        yield _Draft(part, headings if number == 0 else [], pieces)


def _costs(before: Block | None, block: Block, evidence: bool, note: bool) -> tuple[float, float]:
    """Return the costs of a cut and of none before a block."""
    if not evidence:
        return (0.0, 5.0) if note else (0.0, 0.0)
    if before is None:
        return 0.0, 0.0
    led = before.text.rstrip().endswith(":")
    if block.kind == "list_item":
        if before.kind == "list_item":
            return 2.0, 0.0
        return (20.0, 0.0) if led else (3.0, 1.0)
    return (6.0, 0.0) if led else (0.0, 3.0)


def _rows(number: int, block: Block) -> Iterator[Atom]:
    at = 0
    for line in block.text.split("\n"):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            yield Atom(
                Piece(number, start, at + len(line.rstrip())), *count(line), 4.0 if at else 1.0, 0.0
            )
        at += len(line) + 1


def _sections(blocks: Sequence[Block], parts: Sequence[Part], paper_id: str) -> dict[int, Section]:
    """Return each part's section; the notes at the pages' feet are one section together."""
    made: dict[int, Section] = {}
    notes: Section | None = None
    ordinal = 0
    for part in parts:
        if part.aside and part.role == "note" and notes is not None:
            made[id(part)] = notes
            continue
        heading = None if part.heading is None else blocks[part.heading].text
        if part.role == "table" and part.aside:
            heading = _caption(blocks, part)
        section = Section(
            content_id("section", paper_id, ordinal, part.role, heading),
            paper_id, ordinal, part.level, heading, part.role,
        )  # fmt: skip
        if part.aside and part.role == "note":
            notes = section
        made[id(part)] = section
        ordinal += 1
    return made


def _caption(blocks: Sequence[Block], part: Part) -> str | None:
    words = []
    for i in part.blocks:
        if blocks[i].kind == "table":
            break
        words.append(blocks[i].text)
    return " ".join(words) or None


def _tables(
    blocks: Sequence[Block], parts: Sequence[Part], sections: dict[int, Section], paper_id: str
) -> tuple[Table, ...]:
    tables = []
    for part in parts:
        if part.role != "table":
            continue
        for i in part.blocks:
            block = blocks[i]
            if block.kind == "table" and block.cells:
                caption = _caption(blocks, part)
                tables.append(
                    Table(
                        content_id("table", paper_id, i, block.cells), paper_id, caption,
                        block.page, block.cells, sections[id(part)].section_id,
                    )
                )  # fmt: skip
    return tuple(tables)

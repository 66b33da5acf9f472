"""The frozen, validated records that travel between rooms.

Field names are the column names of the warehouse contract. Starts and ends of a `Passage` count
characters of the paper's text; all others count characters of the passage, from 0, end excluded.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pipeline.document import Box
from pipeline.errors import IllegalRecord
from pipeline.ids import content_id

Role = Literal["front", "abstract", "body", "table", "note", "references", "appendix"]
EntityKind = Literal["CLUSTER", "COUNTRY", "ACTOR", "STANDARD"]
ClaimSource = Literal["own", "cited", "synthesis", "unclear"]
Assertion = Literal["affirmed", "negated", "hypothetical", "planned"]
Decision = Literal["yes", "no", "unsure"]
Qualifier = Literal["about", "more_than", "less_than", "up_to"]

ROLES: tuple[str, ...] = Role.__args__  # type: ignore[attr-defined]
CODED_ROLES = frozenset({"abstract", "body", "note", "appendix"})
"""Roles whose passages are coded, and told sentence by sentence who says so."""
EVIDENCE_ROLES = CODED_ROLES | {"table"}
"""Roles whose passages hold mentions and facts."""
ENTITY_KINDS: tuple[str, ...] = EntityKind.__args__  # type: ignore[attr-defined]
CLAIM_SOURCES: tuple[str, ...] = ClaimSource.__args__  # type: ignore[attr-defined]
ASSERTIONS: tuple[str, ...] = Assertion.__args__  # type: ignore[attr-defined]


def _check_span(what: object, start: int, end: int) -> None:
    if not 0 <= start < end:
        raise IllegalRecord(
            f"{type(what).__name__} from {start} to {end}; expected 0 <= start < end"
        )


def _check_in(what: object, name: str, value: object, known: tuple[str, ...]) -> None:
    if value not in known:
        raise IllegalRecord(
            f"{type(what).__name__}.{name} is {value!r}; expected one of {', '.join(known)}"
        )


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper; `metadata_origin` says per field where its value came from."""

    paper_id: str
    title: str | None
    authors: tuple[str, ...]
    year: int | None
    doi: str | None
    language: str | None
    abstract: str | None
    keywords: tuple[str, ...]
    source: str
    sha256: str
    media_type: str
    n_pages: int | None
    n_words: int
    parser_version: str
    metadata_origin: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section; `level` 1 is the highest; `heading` None where the paper prints none."""

    section_id: str
    paper_id: str
    ordinal: int
    level: int
    heading: str | None
    role: Role

    def __post_init__(self) -> None:
        _check_in(self, "role", self.role, ROLES)


@dataclass(frozen=True, slots=True)
class Passage:
    """An exact slice of the paper's text.

    `heading_end` counts the characters at its start that are the section's heading: they are
    part of the reading text and are never evidence.
    """

    passage_id: str
    paper_id: str
    section_id: str
    ordinal: int
    page: int | None
    page_to: int | None
    start: int
    end: int
    text: str
    heading_end: int = 0

    def __post_init__(self) -> None:
        _check_span(self, self.start, self.end)
        if len(self.text) != self.end - self.start:
            raise IllegalRecord(
                f"Passage of {len(self.text)} characters at {self.start}:{self.end};"
                " expected the exact slice"
            )


@dataclass(frozen=True, slots=True)
class Table:
    """A table's caption and cells (rows of strings); `section_id` holds its passage."""

    table_id: str
    paper_id: str
    caption: str | None
    page: int | None
    cells: tuple[tuple[str, ...], ...]
    section_id: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """A work of a reference list; `raw` is the entry as printed, `key` its number if any."""

    work_id: str
    authors: tuple[str, ...]
    year: str | None
    title: str | None
    container: str | None
    doi: str | None
    paper_id: str = ""
    raw: str = ""
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited work at one place; `work_id` None where the reference list holds no match."""

    citation_id: str
    passage_id: str
    work_id: str | None
    surface: str
    start: int
    end: int

    def __post_init__(self) -> None:
        _check_span(self, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Entity:
    """A canonical entity. The id is made of kind and name (and country for clusters)."""

    entity_id: str
    kind: EntityKind
    name: str
    country: str | None = None
    sector: str | None = None
    isic: str | None = None
    actor_type: str | None = None
    standard_type: str | None = None

    def __post_init__(self) -> None:
        _check_in(self, "kind", self.kind, ENTITY_KINDS)


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names an entity; `method` says how it was found, `reason` how linked."""

    mention_id: str
    passage_id: str
    kind: EntityKind
    entity_id: str
    surface: str
    start: int
    end: int
    method: str
    confidence: float
    reason: str = ""

    def __post_init__(self) -> None:
        _check_span(self, self.start, self.end)
        _check_in(self, "kind", self.kind, ENTITY_KINDS)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, who says it, how surely; `works` only where `claim_source` is cited."""

    sentence_id: str
    passage_id: str
    start: int
    end: int
    claim_source: ClaimSource
    assertion: Assertion
    works: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_span(self, self.start, self.end)
        _check_in(self, "claim_source", self.claim_source, CLAIM_SOURCES)
        _check_in(self, "assertion", self.assertion, ASSERTIONS)


@dataclass(frozen=True, slots=True)
class Fact:
    """A number said of a cluster or a country's industry. `quote` is passage.text[start:end]."""

    fact_id: str
    passage_id: str
    sentence_id: str | None
    entity_id: str | None
    country: str | None
    metric: str
    value: float
    value_from: float | None
    change_from: float | None
    unit: str
    year: int | None
    year_from: int | None
    year_to: int | None
    qualifier: Qualifier | None
    quote: str
    start: int
    end: int
    claim_source: ClaimSource
    work_id: str | None
    assertion: Assertion
    rule: str = ""

    def __post_init__(self) -> None:
        _check_span(self, self.start, self.end)
        _check_in(self, "claim_source", self.claim_source, CLAIM_SOURCES)
        if not math.isfinite(self.value):
            raise IllegalRecord(f"Fact.value is {self.value}; expected a finite number")


@dataclass(frozen=True, slots=True)
class Relation:
    """`subject` stands in `relation` to `object`; the span is the evidence."""

    relation_id: str
    passage_id: str
    subject_id: str
    relation: str
    object_id: str
    start: int
    end: int
    confidence: float
    claim_source: ClaimSource
    work_id: str | None
    assertion: Assertion

    def __post_init__(self) -> None:
        _check_span(self, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Code:
    """One label's verdict on a passage by one model."""

    passage_id: str
    dimension: str
    label: str
    probability: float
    selected: bool
    decision: Decision
    model_id: str
    codebook_version: str

    def __post_init__(self) -> None:
        if not 0.0 <= self.probability <= 1.0:
            raise IllegalRecord(f"Code.probability is {self.probability}; expected 0 to 1")
        _check_in(self, "decision", self.decision, ("yes", "no", "unsure"))


@dataclass(frozen=True, slots=True)
class PassageBox:
    """A box on a page that a passage covers, for highlighting."""

    passage_id: str
    box: Box


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that surprised a stage; counted in SQL, never swallowed."""

    issue_id: str
    paper_id: str | None
    stage: str
    problem: str
    detail: str

    @classmethod
    def of(cls, paper_id: str | None, stage: str, problem: str, detail: str) -> Issue:
        """Build an issue with its content id."""
        return cls(
            content_id("issue", paper_id, stage, problem, detail), paper_id, stage, problem, detail
        )


@dataclass(frozen=True, slots=True)
class Reject:
    """A source that could not be loaded: the reason in words that a person can act on."""

    source: str
    sha256: str | None
    stage: str
    reason: str
    detail: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """A structured paper: what `pipeline.structure` makes of a `Document`."""

    paper: Paper
    text: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    tables: tuple[Table, ...] = ()
    works: tuple[Work, ...] = ()
    citations: tuple[Citation, ...] = ()
    boxes: tuple[PassageBox, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What extraction found in one paper (or a batch of loose passages)."""

    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    facts: tuple[Fact, ...] = ()
    relations: tuple[Relation, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperBundle:
    """All that one paper brings to the warehouse: loaded in one transaction.

    `vectors` holds one encoder vector (little-endian float16 bytes) per coded passage id.
    """

    reading: Reading
    evidence: Evidence
    codes: tuple[Code, ...] = ()
    vectors: tuple[tuple[str, bytes], ...] = ()

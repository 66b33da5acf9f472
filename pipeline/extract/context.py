"""What is known of one passage when its sentences, facts and relations are worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.protocols import PassageVerdict, SentenceView
from pipeline.records import Citation, Entity, Mention, Role, Table, Work


@dataclass(frozen=True, slots=True)
class PassageContext:
    """A passage with everything found in it so far.

    All starts and ends count characters of `text`, heading included. It is built in steps: at
    first without sentences and verdict (`sentence_views.views` makes the sentences), then with
    the judge's verdict, then with linked mentions; `dataclasses.replace` adds what a step brings.

    Attributes
    ----------
    passage_id : str
    text : str
        The passage's text; ``text[start_of_body:]`` is what it says, before that its heading.
    start_of_body : int
    sentences : tuple of SentenceView
        In order, as handed to the judge; empty before `views` ran.
    mentions : tuple of Mention
        Linked mentions in order of start, none nested.
    entities : mapping of str to Entity
        By entity id: all entities of the paper, at least those of `mentions`.
    citations : tuple of Citation
        Citations of this passage in order of start.
    citation_regions : tuple of (int, int)
        Stretches that belong to citations (brackets included): nothing is reported from inside.
    works : mapping of str to Work
        By work id: the paper's reference list.
    tables : tuple of Table
        The tables that this passage prints (one, for a passage with role ``table``).
    role : Role
        Role of the passage's section.
    verdict : PassageVerdict
        What the trained models say; its sentences stand in the order of `sentences`.
    previous : PassageContext or None
        The passage before it in the same section; for what carries over to this one.
    paper_country : str or None
        ISO alpha-2 code of the country the paper is mostly about.
    paper_year : int or None
        Year of publication.
    paper_authors : tuple of str
        Authors of the paper, to tell citations of their own earlier work.
    paper_voice : tuple of (str, float)
        How the paper speaks as a whole (`paper_voice.voice_of`); empty for a loose passage.
    """

    passage_id: str
    text: str
    start_of_body: int = 0
    sentences: tuple[SentenceView, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: Mapping[str, Entity] = field(default_factory=dict)
    citations: tuple[Citation, ...] = ()
    citation_regions: tuple[tuple[int, int], ...] = ()
    works: Mapping[str, Work] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()
    role: Role = "body"
    verdict: PassageVerdict = field(default_factory=PassageVerdict)
    previous: PassageContext | None = None
    paper_country: str | None = None
    paper_year: int | None = None
    paper_authors: tuple[str, ...] = ()
    paper_voice: tuple[tuple[str, float], ...] = ()

    @property
    def body(self) -> str:
        """What the passage says, without its heading."""
        return self.text[self.start_of_body :]

    def mentions_in(self, start: int, end: int) -> tuple[Mention, ...]:
        """Return the mentions that lie within a stretch of the passage."""
        return tuple(m for m in self.mentions if start <= m.start and m.end <= end)

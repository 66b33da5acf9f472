"""Mentions of one paper: vocabularies, shapes and patterns, joined with the trained tagger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.candidates import Candidate, longest
from pipeline.extract.cluster_doubts import CommonWords, place_keys
from pipeline.extract.cluster_memory import BarePlaces, ClusterMemory
from pipeline.extract.cluster_words import ClusterWords, Marks
from pipeline.extract.joining import join
from pipeline.extract.mentions_actors import ActorShapes
from pipeline.extract.mentions_clusters import ClusterFinder
from pipeline.extract.mentions_names import NameFinder
from pipeline.extract.mentions_patterns import StandardPatterns
from pipeline.extract.mentions_standards import StandardShapes
from pipeline.extract.phrases import PhraseIndex
from pipeline.extract.tokens import Tokens, words
from pipeline.protocols import TaggedSpan
from pipeline.vocabulary import Vocabulary

SURE = 0.5
_OF_ONE_COUNTRY = frozenset({"union", "business_association", "government"})
REPEATED = 0.695
"""Confidence from which a name beyond the vocabularies holds in the whole paper."""


@dataclass(frozen=True, slots=True)
class Source:
    """A passage to look through.

    `blank` are stretches where nothing is a mention: the heading, citations. `tags` are what the
    trained tagger proposes, in characters of `text`; None where there is no tagger. `titled` says
    that capitals tell no names there, as in the cells of a table.
    """

    text: str
    blank: tuple[tuple[int, int], ...] = ()
    tags: tuple[TaggedSpan, ...] | None = None
    titled: bool = False


class MentionFinder:
    """Finds the mentions of a paper's passages; holds no state between papers."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.words = ClusterWords(vocabulary)
        self.names = NameFinder(vocabulary)
        self._patterns = StandardPatterns(vocabulary)
        self._standards = StandardShapes(vocabulary)
        self._actors = ActorShapes(vocabulary)
        self._clusters = ClusterFinder(vocabulary, self.words)
        self._places = BarePlaces(self.words)

    def headings(self, texts: Iterable[str]) -> list[Heading]:
        """Read title and headings: they hold no mentions, but say what later words may mean."""
        drafts = [self._first(Source(text)) for text in dict.fromkeys(texts)]
        return [Heading(one, self._joined(one, one.found, low=SURE)) for one in drafts]

    def find(
        self, sources: Sequence[Source], headings: Sequence[Heading] = ()
    ) -> list[list[Candidate]]:
        """Return the mentions of each passage of one paper, in order, none nested.

        Names introduced in one passage, or in one of the `headings` (an acronym, the place of a
        cluster), hold in all.
        """
        drafts = [self._first(source) for source in sources]
        heads = [one.draft for one in headings]
        self._drop_no_places((*drafts, *heads))
        seen = frozenset(
            c.name for d in (*drafts, *heads) for c in d.found
            if c.name and c.kind in ("ACTOR", "COUNTRY") and c.confidence >= 0.9
        )  # fmt: skip
        told = [self._joined(draft, draft.found, low=0.4) for draft in drafts]
        acronyms = self._acronyms((*drafts, *heads), (*told, *(one.named for one in headings)))
        repeated = _repeated(told, drafts)
        paper = ClusterMemory()
        for draft in drafts:
            draft.memory.learn(draft.found, self.words)
            paper.learn(draft.found, self.words)
        for head in heads:
            paper.learn(head.found, self.words)
        return [
            self._second(draft, here, seen, acronyms, repeated, paper)
            for draft, here in zip(drafts, told, strict=True)
        ]

    def _first(self, source: Source) -> _Draft:
        tokens = Tokens.of(source.text, source.blank)
        marks = self.words.mark(tokens)
        found = [
            *self.names.find(tokens),
            *self._patterns.find(tokens),
            *self._standards.find(tokens),
            *self._actors.find(tokens),
            *self._clusters.find(marks),
        ]
        found += _of_that_country(found, tokens.folded)
        return _Draft(source, tokens, marks, _no_prefix(found), ClusterMemory())

    def _drop_no_places(self, drafts: Sequence[_Draft]) -> None:
        """Drop clusters whose place is none: common words, or what but a title or a cell says."""
        common = CommonWords(self.words, (draft.tokens for draft in drafts))
        for draft in drafts:
            draft.found[:] = [one for one in draft.found if not common.are_place_of(one)]
        told = place_keys(c for d in drafts if not d.source.titled for c in d.found)
        for draft in drafts:
            if draft.source.titled:
                draft.found[:] = [
                    one for one in draft.found if common.knows(one) or place_keys([one]) <= told
                ]

    def _acronyms(
        self, drafts: Sequence[_Draft], told: Sequence[Sequence[Candidate]]
    ) -> PhraseIndex[Candidate]:
        """Tie short forms to the names that introduce them, over the whole paper."""
        index: PhraseIndex[Candidate] = PhraseIndex()
        known: dict[str, str] = {}
        for draft, here in zip(drafts, told, strict=True):
            names = [c for c in here if c.kind in ("ACTOR", "STANDARD")]
            for acronym in self._actors.acronyms(draft.tokens, names):
                if known.setdefault(acronym.short, acronym.candidate.kind):
                    name = acronym.candidate.name or acronym.full
                    index.add(
                        acronym.short,
                        replace(acronym.candidate, name=name, confidence=0.9),
                    )
        return index

    def _second(
        self,
        draft: _Draft,
        told: Sequence[Candidate],
        seen: frozenset[str],
        acronyms: PhraseIndex[Candidate],
        repeated: PhraseIndex[Candidate],
        paper: ClusterMemory,
    ) -> list[Candidate]:
        tokens, marks = draft.tokens, draft.marks
        found = [c for c in draft.found if c.confidence >= SURE or c.kind != "ACTOR"]
        # Doubtful forms may be settled by a full name elsewhere in the paper.
        found += [c for c in self.names.find(tokens, seen) if c.confidence >= SURE]
        found += [c for c in draft.found if c.kind == "ACTOR" and c.confidence < SURE]
        for i, j, named in acronyms.find(tokens.words):
            one = named[0]
            found.append(replace(one, start=tokens.starts[i], end=tokens.ends[j - 1]))
            full = any(c.end < tokens.starts[i] and c.name == one.name for c in draft.found)
            if full and one.method == "rule:weak head":
                found.append(replace(one, confidence=0.7))
        for i, j, named in repeated.find(tokens.words):
            one = replace(named[0], start=tokens.starts[i], end=tokens.ends[j - 1])
            if not any((c.kind, *c.span) == (one.kind, *one.span) for c in told):
                found.append(one)
        weak = [c for c in found if c.method == "rule:trade"]
        found = [c for c in found if c.method != "rule:trade"]
        found += self._places.phrases(weak, draft.memory, paper, marks)
        found += self._places.find(marks, draft.memory, paper)
        return self._joined(draft, found, low=SURE)

    def _joined(self, draft: _Draft, found: Iterable[Candidate], low: float) -> list[Candidate]:
        joined = join(found, draft.source.tags, draft.source.text)
        return longest(
            c for c in joined if c.confidence >= low and not self._school(c, draft.source.text)
        )

    def _school(self, one: Candidate, text: str) -> bool:
        """Say whether the tagger took a kind of cluster for one: "Marshallian districts"."""
        if one.kind != "CLUSTER" or one.method != "tagger":
            return False
        capitals = [w for w in words(text[one.start : one.end]) if w[0].isupper()]
        return all(word in self.words.never_places for word in capitals)


def _repeated(
    told: Sequence[Sequence[Candidate]], drafts: Sequence[_Draft]
) -> PhraseIndex[Candidate]:
    """Return names that the tagger is sure of somewhere in the paper: they hold everywhere."""
    index: PhraseIndex[Candidate] = PhraseIndex()
    for draft, here in zip(drafts, told, strict=True):
        for one in here:
            surface = draft.source.text[one.start : one.end]
            if (
                one.kind in ("ACTOR", "STANDARD")
                and (one.method == "tagger" or one.method.startswith("both (rule"))
                and one.confidence >= REPEATED
                and len(surface) > 3
                and surface[0].isupper()
                and not index.get(surface)
            ):
                index.add(surface, replace(one, method="memory", confidence=SURE))
    return index


@dataclass(frozen=True, slots=True)
class _Draft:
    source: Source
    tokens: Tokens
    marks: Marks
    found: list[Candidate]
    memory: ClusterMemory


@dataclass(frozen=True, slots=True)
class Heading:
    """A title or heading, and what it names."""

    draft: _Draft
    named: list[Candidate]

    @property
    def text(self) -> str:
        """What stands there."""
        return self.draft.source.text


def _no_prefix(found: list[Candidate]) -> list[Candidate]:
    """Drop "UK Ethical Trading Initiative" where country and known name stand apart."""
    countries = {c.start: c.end for c in found if c.kind == "COUNTRY"}
    known = {
        c.span
        for c in found
        if c.method.startswith("vocabulary:actor") and c.subtype not in _OF_ONE_COUNTRY
    }
    return [
        c
        for c in found
        if not (
            c.method.startswith("rule:")
            and c.kind == "ACTOR"
            and c.start in countries
            and (countries[c.start] + 1, c.end) in known
        )
    ]


def _of_that_country(found: list[Candidate], text: str) -> list[Candidate]:
    """Return unions and associations with the country before them in their names.

    "Namibia Food and Allied Workers Union" is another than the union that a vocabulary knows by
    the words behind Namibia.
    """
    countries = {c.end: c.start for c in found if c.kind == "COUNTRY"}
    return [
        replace(c, start=countries[c.start - 1], method="rule:head", name=None, confidence=0.95)
        for c in found
        if c.method.startswith("vocabulary:actor")
        and c.subtype in _OF_ONE_COUNTRY
        and c.start - 1 in countries
        and text[c.start - 1] == " "
    ]

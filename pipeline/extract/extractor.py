"""The extractor: structured papers, or loose passages, become evidence and codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import cast

from pipeline.codebook import Codebook
from pipeline.errors import IllegalRecord
from pipeline.extract.attribution import attribute
from pipeline.extract.context import PassageContext
from pipeline.extract.corrections import Correction
from pipeline.extract.facts import find_facts
from pipeline.extract.linking import LinkedPaper, Linker
from pipeline.extract.loose import LooseResult, loose_reading
from pipeline.extract.mentions import MentionFinder, Source
from pipeline.extract.paper_voice import voice_of
from pipeline.extract.relations import RelationFinder
from pipeline.extract.sentence_views import views
from pipeline.protocols import Judge, PassageInput, PassageVerdict, TaggedSpan
from pipeline.records import (
    CODED_ROLES,
    EVIDENCE_ROLES,
    Citation,
    Code,
    Decision,
    Evidence,
    Fact,
    Reading,
    Relation,
    Sentence,
)
from pipeline.structure.citations import citation_regions
from pipeline.vocabulary import Vocabulary, load_vocabulary

REPORTED_FROM = 0.05
"""Codes below this probability are not kept unless selected (warehouse contract, `codes`)."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in one paper; `vectors` holds the encoder's vector per coded passage id."""

    evidence: Evidence
    codes: tuple[Code, ...]
    vectors: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class _Draft:
    """A paper on its way: its contexts before and after the judge."""

    reading: Reading
    contexts: tuple[PassageContext, ...]


class Extractor:
    """Finds mentions, sentences, facts, relations and codes; one call of the judge per batch.

    Parameters
    ----------
    codebook : Codebook
    judge : Judge
        The trained models, or `NoJudge` for rules alone.
    vocabulary : Vocabulary, optional
        By default that of the codebook's folder.
    corrections : sequence of Correction
        A person's decisions on entities, applied after linking.
    """

    def __init__(
        self,
        codebook: Codebook,
        judge: Judge,
        *,
        vocabulary: Vocabulary | None = None,
        corrections: Sequence[Correction] = (),
    ) -> None:
        if vocabulary is None:
            vocabulary = load_vocabulary(codebook.folder / "vocabulary")
        self._codebook, self._judge = codebook, judge
        self._corrections = tuple(corrections)
        self._finder = MentionFinder(vocabulary)
        self._linker = Linker(vocabulary, self._finder.words, self._finder.names)
        self._relations = RelationFinder(codebook.folder, self._finder.words)

    def judged_by(self, judge: Judge) -> Extractor:
        """Return an extractor with the same rules and another judge: making rules takes time."""
        other = copy(self)
        other._judge = judge
        return other

    def extract(self, readings: Sequence[Reading]) -> list[Extraction]:
        """Return one extraction per reading, in order; independent of batching.

        Only passages with a role of `EVIDENCE_ROLES` in papers in English are evidence; tables
        give mentions and facts alone. A paper of unknown language counts as English.
        """
        drafts = self._judged([_draft(reading) for reading in readings], "balanced")
        found = []
        for draft in drafts:
            evidence, contexts = self._evidence(draft)
            coded = [c for c in contexts if c.role in CODED_ROLES]
            codes = [code for context in coded for code in self._codes(context)]
            vectors = [(c.passage_id, c.verdict.vector) for c in coded if c.verdict.vector]
            found.append(Extraction(evidence, tuple(codes), tuple(vectors)))
        return found

    def contexts(self, readings: Sequence[Reading]) -> list[list[PassageContext]]:
        """Return each paper's passages with their linked mentions: what facts are read from."""
        drafts = self._judged([_draft(reading) for reading in readings], "balanced")
        return [self._evidence(draft)[1] for draft in drafts]

    def extract_loose(
        self,
        texts: Sequence[str],
        references: Sequence[Sequence[str]],
        *,
        point: str = "balanced",
    ) -> list[LooseResult]:
        """Return one result per loose passage, in order; each stands by itself.

        Parameters
        ----------
        texts : sequence of str
        references : sequence of sequence of str
            The reference list of each passage's paper, empty where not given.
        point : str
            Working point of the codes: balanced, precise or sensitive.
        """
        readings = [
            loose_reading(text, works) for text, works in zip(texts, references, strict=True)
        ]
        drafts = self._judged([_draft(reading, loose=True) for reading in readings], point)
        results = []
        for draft in drafts:
            evidence, contexts = self._evidence(draft)
            # A passage that says nothing is judged as well: every label has its probability.
            verdict = (
                contexts[0].verdict if contexts else self._judge.judge([PassageInput("")], point)[0]
            )
            results.append(
                LooseResult(
                    point,
                    evidence,
                    verdict.codes,
                    self._judge.model_ids,
                    self._codebook.version,
                    draft.reading.works,
                )
            )
        return results

    def _judged(self, drafts: Sequence[_Draft], point: str) -> list[_Draft]:
        """Hand all coded passages to the judge at once; shift its spans back."""
        coded = [c for d in drafts for c in d.contexts if c.role in CODED_ROLES]
        verdicts = iter(self._judge.judge([_input(c) for c in coded], point) if coded else [])
        return [
            replace(
                draft,
                contexts=tuple(
                    replace(c, verdict=_shifted(next(verdicts), c.start_of_body))
                    if c.role in CODED_ROLES
                    else c
                    for c in draft.contexts
                ),
            )
            for draft in drafts
        ]

    def _evidence(self, draft: _Draft) -> tuple[Evidence, list[PassageContext]]:
        contexts = draft.contexts
        tagged = "tagger" in self._judge.model_ids or any(c.verdict.spans for c in contexts)
        headings = self._finder.headings(_headings(draft))
        found = self._finder.find([_source(c, tagged=tagged) for c in contexts], headings)
        linked = self._linker.link(
            draft.reading.paper.paper_id,
            [(c.passage_id, c.text, one) for c, one in zip(contexts, found, strict=True)],
            self._corrections,
            draft.reading.paper.title or "",
            [(one.text, one.named) for one in headings],
        )
        return self._gather(draft.reading, contexts, linked)

    def _gather(
        self, reading: Reading, contexts: Sequence[PassageContext], linked: LinkedPaper
    ) -> tuple[Evidence, list[PassageContext]]:
        sentences: list[Sentence] = []
        facts: list[Fact] = []
        relations: list[Relation] = []
        done: list[PassageContext] = []
        sections = {p.passage_id: p.section_id for p in reading.passages}
        last: dict[str, PassageContext] = {}
        for draft in contexts:
            # Footnotes and tables stand between passages of a section without parting them.
            section = sections[draft.passage_id]
            context = replace(
                draft,
                mentions=linked.mentions[draft.passage_id],
                entities=linked.entities,
                paper_country=linked.country,
                previous=last.get(section),
            )
            told = attribute(context) if context.role in CODED_ROLES else ()
            sentences += told
            facts += find_facts(context, told)
            if context.role in CODED_ROLES:
                relations += self._relations.find(context, told)
            done.append(context)
            last[section] = context
        mentions = [m for c in done for m in c.mentions]
        used = {m.entity_id for m in mentions} | {f.entity_id for f in facts}
        entities = tuple(e for e in linked.entities.values() if e.entity_id in used)
        evidence = Evidence(
            entities,
            tuple(mentions),
            tuple(sentences),
            tuple(facts),
            tuple(relations),
            linked.issues,
        )
        return evidence, done

    def _codes(self, context: PassageContext) -> list[Code]:
        ids = self._judge.model_ids
        return [
            Code(
                context.passage_id,
                one.dimension,
                one.label,
                one.probability,
                one.selected,
                _decision(one.decision),
                ids.get(one.dimension, ""),
                self._codebook.version,
            )
            for one in context.verdict.codes
            if one.selected or one.probability >= REPORTED_FROM
        ]


def _draft(reading: Reading, *, loose: bool = False) -> _Draft:
    """Build the contexts of a paper's passages that are evidence or hold facts.

    A loose passage has no paper whose voice could be told.
    """
    if reading.paper.language not in (None, "en"):
        return _Draft(reading, ())
    roles = {s.section_id: s.role for s in reading.sections}
    works = {work.work_id: work for work in reading.works}
    citations: dict[str, list[Citation]] = {}
    for one in reading.citations:
        citations.setdefault(one.passage_id, []).append(one)
    contexts = []
    for passage in sorted(reading.passages, key=lambda p: p.ordinal):
        role = roles[passage.section_id]
        if role not in EVIDENCE_ROLES or not passage.text[passage.heading_end :].strip():
            continue
        context = PassageContext(
            passage.passage_id,
            passage.text,
            passage.heading_end,
            citations=tuple(citations.get(passage.passage_id, ())),
            citation_regions=tuple(citation_regions(passage.text)),
            works=works,
            tables=tuple(t for t in reading.tables if t.section_id == passage.section_id),
            role=role,
            paper_year=reading.paper.year,
            paper_authors=reading.paper.authors,
        )
        contexts.append(replace(context, sentences=views(context)))
    voice = () if loose else voice_of([c for c in contexts if c.role in CODED_ROLES])
    return _Draft(reading, tuple(replace(c, paper_voice=voice) for c in contexts))


def _headings(draft: _Draft) -> list[str]:
    """Return title and headings: a name introduced there may stand short in the text."""
    heads = [c.text[: c.start_of_body].strip() for c in draft.contexts if c.start_of_body]
    return [text for text in (draft.reading.paper.title or "", *heads) if text]


def _decision(word: str) -> Decision:
    if word not in ("yes", "no", "unsure"):
        raise IllegalRecord(f"decision {word!r} of the judge; expected yes, no or unsure")
    return cast("Decision", word)


def _input(context: PassageContext) -> PassageInput:
    by = -context.start_of_body
    return PassageInput(
        context.body,
        tuple(replace(one, start=one.start + by, end=one.end + by) for one in context.sentences),
    )


def _shifted(verdict: PassageVerdict, by: int) -> PassageVerdict:
    spans = tuple(replace(s, start=s.start + by, end=s.end + by) for s in verdict.spans)
    return replace(verdict, spans=spans)


def _source(context: PassageContext, *, tagged: bool) -> Source:
    blank = context.citation_regions
    if context.start_of_body:
        blank = ((0, context.start_of_body), *blank)
    tags: tuple[TaggedSpan, ...] | None = context.verdict.spans if tagged else None
    if context.role in CODED_ROLES:
        return Source(context.text, blank, tags)
    # A name never runs from one row of a table into the next.
    rows = [match.span() for match in re.finditer(r"\n", context.text)]
    return Source(context.text, (*blank, *rows), None, titled=True)


__all__ = ["Extraction", "Extractor"]

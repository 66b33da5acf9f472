"""Sentences, attribution and facts, behind the three functions that extraction calls."""

from __future__ import annotations

from pipeline.extract.context import PassageContext
from pipeline.ids import content_id
from pipeline.protocols import SentenceView
from pipeline.records import Fact, Sentence
from pipeline.structure.sentences import split_sentences

try:
    from pipeline.extract.attribution import attribute
    from pipeline.extract.facts import find_facts
    from pipeline.extract.sentence_views import views
except ModuleNotFoundError:

    def views(context: PassageContext) -> tuple[SentenceView, ...]:
        """Return the sentences of the body."""
        at = context.start_of_body
        return tuple(SentenceView(at + s, at + e) for s, e in split_sentences(context.body))

    def attribute(context: PassageContext) -> tuple[Sentence, ...]:
        """Return all sentences as the authors' own."""
        return tuple(
            Sentence(
                content_id("sentence", context.passage_id, one.start, one.end),
                context.passage_id, one.start, one.end, "own", "affirmed",
            )  # fmt: skip
            for one in context.sentences
        )

    def find_facts(context: PassageContext, sentences: tuple[Sentence, ...]) -> tuple[Fact, ...]:
        """Return no facts."""
        return ()


__all__ = ["attribute", "find_facts", "views"]

"""Who says so: the authors, a cited work, a literature, or nobody told."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from pipeline.extract.assertion import assertion_of
from pipeline.extract.attribution_signs import load_attribution
from pipeline.extract.context import PassageContext
from pipeline.extract.paper_voice import with_voice
from pipeline.extract.sentence_views import masked, sources_in
from pipeline.ids import content_id
from pipeline.protocols import SentenceView
from pipeline.records import CLAIM_SOURCES, ClaimSource, Sentence

SYNTHESIS_FROM = 3
"""Works from which on a sentence is synthesis (coding manual, "Who says so")."""


def attribute(context: PassageContext) -> tuple[Sentence, ...]:
    """Return the passage's sentences with claim source, assertion and cited works.

    Citations decide where they stand; elsewhere signs and the judge's probabilities are weighed
    (`weights` of ``codebook/attribution.yaml``). Works are ids of the reference list.
    """
    done: list[Sentence] = []
    works_at = [_works(context, one) for one in context.sentences]
    for i, view in enumerate(context.sentences):
        told = context.verdict.sentences
        verdict = told[i] if i < len(told) and told[i].claim_source else None
        source = claim_source(view, verdict.claim_source if verdict else (), context.paper_voice)
        works: tuple[str, ...] = ()
        if source == "cited":
            works = works_at[i] or _carried_works(view, i, works_at, done)
        how = assertion_of(
            masked(context, view.start, view.end), verdict.assertion if verdict else ()
        )
        done.append(
            Sentence(
                content_id("sentence", context.passage_id, view.start, view.end),
                context.passage_id,
                view.start,
                view.end,
                source,
                how,
                works,
            )
        )
    return tuple(done)


def claim_source(
    view: SentenceView,
    probabilities: Sequence[float] = (),
    voice: Sequence[tuple[str, float]] = (),
) -> ClaimSource:
    """Return the claim source of one sentence.

    Parameters
    ----------
    view : SentenceView
        With its features.
    probabilities : sequence of float
        The judge's, in the order of `CLAIM_SOURCES`; empty where there is none.
    voice : sequence of (str, float)
        How the paper speaks as a whole (`paper_voice.voice_of`).
    """
    has = with_voice(dict(view.features), voice)
    works = has.get("works", 0.0)
    if works or has.get("ibid"):
        return _with_citation(has, works)
    scores = scores_of(has, probabilities)
    found: ClaimSource = max(scores, key=lambda name: scores[name])  # type: ignore[arg-type]
    return found


def _with_citation(has: dict[str, float], works: float) -> ClaimSource:
    if has.get("points") or has.get("lead_voice"):
        return "own"
    if has.get("own_voice") and not has.get("narrative"):
        return "own"
    if works >= SYNTHESIS_FROM:
        return "synthesis"
    if has.get("literature") and not has.get("narrative"):
        return "synthesis"
    return "cited"


def scores_of(has: Mapping[str, float], probabilities: Sequence[float]) -> dict[str, float]:
    """Return each class's score of a sentence without a citation, by its features."""
    data = load_attribution()
    scores = {}
    for i, name in enumerate(CLAIM_SOURCES):
        weights = data.weights.get(name, {})
        scores[name] = weights.get("bias", 0.0) + sum(
            weights.get(feature, 0.0) * value for feature, value in has.items()
        )
        likely = probabilities[i] if probabilities else data.prior.get(name, 0.25)
        scores[name] += data.judge_weight * math.log(likely + 0.01)
    return scores


def _works(context: PassageContext, view: SentenceView) -> tuple[str, ...]:
    found = (one.work_id for one in sources_in(context, view.start, view.end))
    return tuple(dict.fromkeys(work for work in found if work))


def _carried_works(
    view: SentenceView, i: int, works_at: Sequence[tuple[str, ...]], done: Sequence[Sentence]
) -> tuple[str, ...]:
    """Return the works of the sentence before, or else of the one after that closes this one."""
    has = dict(view.features)
    if has.get("after_cited") or has.get("reported") or has.get("ibid"):
        for before in reversed(done):
            if before.works:
                return before.works
    if i + 1 < len(works_at) and works_at[i + 1]:
        return works_at[i + 1]
    return done[-1].works if done else ()

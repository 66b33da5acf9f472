"""Several clusters in one sentence: numbers that leave out their noun, lists told respectively."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.context import PassageContext
from pipeline.extract.facts_subject import Subject
from pipeline.extract.facts_words import Verdict
from pipeline.extract.quantities import Amount
from pipeline.records import Mention

_SHORT = re.compile(
    r"[\s,(]*(?:(?:which|that|it|its|has|had|have|with|only|just|some|about|around|nearly|almost|over"
    r"|counts?|counted|numbers?|numbered|employs?|employed|to|at|the|another)\s+)*\(?"
)
"""What may stand between a cluster and a number that leaves out its noun."""
_CHANGE = re.compile(
    r"(?:\s+in\s+(?:the\s+)?(?:\d{4}s?|\w+\s+year))?\s*,?\s*"
    r"(?:to|had become|have become|became|and)\s+"
    r"(?:only\s+|just\s+|some\s+|about\s+|nearly\s+)?"
)
_ENDS = re.compile(r"\s*(?:$|[.,;:)]|(?:and|but|while|whereas|are|is|respectively|today)\b)")
_TO_NAME = re.compile(r"\s+(?:in|of|at|for|around)\s+(?:the\s+|that of\s+|the\s+one\s+in\s+)?$")
_COUNTED = ("firms", "employment", "output", "area", "exports", "wage")


def gapped(
    context: PassageContext,
    sentence: tuple[int, int],
    amount: Amount,
    told: Sequence[tuple[Amount, Verdict, Subject]],
) -> tuple[Amount, Verdict, Subject] | None:
    """Return a bare number with the metric of the one before: "800 in Tiruppur", "Cebu 30,000".

    Only where the number stands next to a cluster that has no number of that metric yet.
    """
    if not told or amount.kind not in (None, "count") or amount.unit is not None:
        return None
    last, verdict, _ = told[-1]
    if verdict.metric not in _COUNTED or last.kind != "count" or last.end > amount.start:
        return None
    start, end = sentence[0] + amount.start, sentence[0] + amount.end
    clusters = [m for m in context.mentions_in(*sentence) if m.kind == "CLUSTER"]
    shrunk = _became(context.text, sentence, amount, last)
    if shrunk is not None:
        subject = told[-1][2]
        return shrunk, replace(verdict, rule=f"{verdict.rule}, later"), subject
    found = _behind(context.text, clusters, end) or _before(
        context.text, clusters, (sentence[0] + last.end, start), end
    )
    if found is None:
        return None
    if any(
        subject.entity_id == found.entity_id and one.metric == verdict.metric
        for _, one, subject in told
    ):
        return None
    entity = context.entities.get(found.entity_id)
    subject = Subject(
        found.entity_id, entity.country if entity else None, "cluster next to the number"
    )
    rule = f"{verdict.rule}, left out"
    return replace(amount, unit=last.unit, kind="count"), replace(verdict, rule=rule), subject


def _became(text: str, sentence: tuple[int, int], amount: Amount, last: Amount) -> Amount | None:
    """Return the later number of a change: "from 500 firms to about 60", "930 had become 320"."""
    between = text[sentence[0] + last.end : sentence[0] + amount.start]
    if _CHANGE.fullmatch(between) is None or re.match(
        r"\s*[\w%]*\s*(?:%|per ?cent)", text[sentence[0] + amount.end :]
    ):
        return None
    earlier = None if "and" in between.split() else last.value
    return replace(amount, unit=last.unit, kind="count", change_from=earlier)


def _behind(text: str, clusters: Sequence[Mention], end: int) -> Mention | None:
    for one in clusters:
        if one.start > end and _TO_NAME.fullmatch(text[end : one.start]):
            return one
    return None


def _before(
    text: str, clusters: Sequence[Mention], stretch: tuple[int, int], end: int
) -> Mention | None:
    """Return the last cluster between two numbers, where it stands right before the second."""
    inside = [m for m in clusters if stretch[0] <= m.start and m.end <= stretch[1]]
    if not inside or _ENDS.match(text, end) is None:
        return None
    return inside[-1] if _SHORT.fullmatch(text[inside[-1].end : stretch[1]]) else None


def respectively(
    context: PassageContext,
    sentence: tuple[int, int],
    numbers: Sequence[tuple[Amount, Verdict, Subject]],
) -> list[tuple[Amount, Verdict, Subject]]:
    """Give the numbers of a list to the clusters of a list, one by one, where it says so."""
    clusters = [m for m in context.mentions_in(*sentence) if m.kind == "CLUSTER"]
    names = list(dict.fromkeys(m.entity_id for m in clusters))
    if (
        len(numbers) != len(names)
        or len(names) < 2
        or re.search(r"\brespectively\b", context.text[slice(*sentence)]) is None
    ):
        return list(numbers)
    done = []
    for (amount, verdict, _), name in zip(numbers, names, strict=True):
        entity = context.entities.get(name)
        subject = Subject(name, entity.country if entity else None, "told respectively")
        done.append((amount, verdict, subject))
    return done


def parted(
    context: PassageContext, sentence: tuple[int, int], text: str, amount: Amount
) -> list[Amount]:
    """Part "EUR 1.9 billion, against EUR 640 million for Biella": two clusters, not a change."""
    if amount.change_from is None:
        return [amount]
    match = re.search(r"[\s,]+(?:against|compared (?:with|to))\s+", text[amount.start : amount.end])
    clusters = [m for m in context.mentions_in(*sentence) if m.kind == "CLUSTER"]
    behind = _behind(context.text, clusters, sentence[0] + amount.end)
    if match is None or behind is None or not any(m.end <= behind.start for m in clusters):
        return [amount]
    cut = amount.start + match.start()
    other = amount.start + match.end()
    return [
        replace(amount, end=cut, change_from=None),
        replace(amount, start=other, value=amount.change_from, change_from=None),
    ]


__all__ = ["gapped", "parted", "respectively"]

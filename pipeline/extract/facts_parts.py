"""Parts of what was just counted: "nine in ten of them", "of whom 73 per cent were women"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.facts_bare import counted
from pipeline.extract.facts_series import again
from pipeline.extract.facts_words import Around, Verdict
from pipeline.extract.quantities import Amount
from pipeline.extract.quantities_lexicon import Lexicon

_OF_THEM = re.compile(
    r"\s+of\s+(?:them|these|those|whom|which)\b(?!\s+(?!(?:were|are|was|had|have|has|hold|held|work\w*"
    r"|now|still)\b)\w)"
)
_THEM = re.compile(
    r"\s+of\s+(?:(?:them|which|whom)\b|it\s+(?:women|female|men|male|migrants?|foreign)\b)"
)
_OTHER_THINGS = re.compile(r"\b\d[\d,.]*\s+(?:[a-z]+\s+)?[a-z]+s\b")
"""What the sentence itself counts before "a third of them"; here neither firms nor people."""
_OF_WHOM = re.compile(r"\bof\s+(?:whom|which|these|them)\s+(?:[\w-]+\s+){0,4}$")
_SIZE = re.compile(
    r"\s+(?:of\s+(?:them|these|those|which|whom)\s+)?(?:(?:have|has|had|having|with|employ\w*|are|were"
    r"|count\w*)\s+)?"
    r"(?:fewer|less|under|below|up\s+to|at\s+most|no\s+more|not\s+more|more|over|above)?\s*(?:than\s+)?"
    r"[\w-]+\s+(?:workers?|employees|persons|people|hands|men|staff|jobs)\b"
)
_SIZED = re.compile(
    r"\b(?:have|has|had|having|with|employ\w*)\b|\b(?:fewer|less|under|more|over)\b"
)
_OPEN = re.compile(r"(?:^|[.;:,(]|\band|\bsome|\bof\s+which|\bwhom|\bthat)\s*$")


def part_metric(  # noqa: PLR0911
    amount: Amount,
    near: Around,
    verdict: Verdict | None,
    told: Sequence[tuple[Amount, Verdict]],
    lexicon: Lexicon,
) -> Verdict | None:
    """Return the metric of a share that says of what it is part only by a pronoun.

    A share has the metric of the thing shared (coding manual, ruling 14): "4,720 workshops, nine in
    ten of them rented" is a share of firms. A share that has "fewer than five workers" is one of
    firms, too.
    """
    if verdict is None and amount.unit is None:
        return again(amount, near, told, lexicon)
    if amount.unit != "percent" or verdict is None or verdict.rule == "share of a sample":
        return verdict
    size = _SIZE.match(near.after)
    if size and _SIZED.search(size.group()) and _OPEN.search(near.before):
        return Verdict("firms", "share of firms by size")
    if verdict.metric != "other" or verdict.rule.startswith(("change", "target", "growth")):
        return verdict
    partly = _THEM.match(near.after) or _OF_THEM.match(near.after) or _OF_WHOM.search(near.lead)
    if not partly:
        return verdict
    for one, its in reversed(told):
        if its.metric in ("firms", "employment") and one.kind != "share":
            return replace(its, rule=f"part of {its.metric}", unit="", sign=1)
    if told or _OTHER_THINGS.search(near.lead):
        return verdict
    before = counted(near.earlier, lexicon)
    if before is None or lexicon.signs["sample"].search(near.earlier + near.sentence):
        return verdict
    metric = "firms" if before[0] == "firms" else "employment"
    return Verdict(metric, f"part of {metric} told before")


__all__ = ["part_metric"]

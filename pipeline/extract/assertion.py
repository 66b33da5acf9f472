"""How surely a sentence is said: affirmed, negated, hypothetical or planned."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from pipeline.extract.attribution_signs import load_attribution, load_signs
from pipeline.records import ASSERTIONS, Assertion

_SUBORDINATE = re.compile(
    r"\b(?:which|who|whom|whose|where|whereas|although|though|because|since|while|even if|when"
    r"|unless|as if|that|until|before|after)\b[^,;.]*"
)
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|[“\"'‘][^”\"]{3,}?[”\"]")
_NEXT_CLAUSE = re.compile(r";|:|—| – |,\s+(?:and|but|yet|so|nor|or)\s+")
_DENIES = re.compile(
    r"\b(?:do|does|did|has|have|had|is|are|was|were|be|been|can|could|will|would|should|must|may"
    r"|might)\s?(?:\w+\s)?(?:not|never|hardly|scarcely|barely|rarely|seldom|nowhere|no|neither)\b"
    r"|n['’]t\b|\bcannot\b|\bnever\b|\b(?:lacks?|lacked|fails? to|failed to|refused? to"
    r"|refuses to|(?:is|are) (?:absent|missing)|little is known)\b",
    re.IGNORECASE,
)
_BEGINS_DENYING = re.compile(
    r"^\W*(?:[\w ’'-]{0,30},\s*)?(?:No|None|Nobody|Nothing|Neither|Nor|Not one|Not a|Hardly any"
    r"|Little is|Few|no|none|nobody|nothing|neither)\b"
)
_CONTRAST = re.compile(r"\bnot\b[^;.]*\b(?:but|rather)\b|\bless\b[^;.]*\bthan\b")
_MODAL = re.compile(r"\b(?:may|might|could|would)\b")
_BEGINS_IF = re.compile(r"\W*(?:If|Were|Had)\b")


def assertion_of(sentence: str, probabilities: Sequence[float] = ()) -> Assertion:
    """Return how surely a sentence is said (coding manual, "Who says so").

    Parameters
    ----------
    sentence : str
        With its citations blanked.
    probabilities : sequence of float
        The judge's, in the order of `ASSERTIONS`; empty where there is none.
    """
    scores = _rules(sentence)
    if probabilities:
        weight = load_attribution().assertion_judge_weight
        for name, p in zip(ASSERTIONS, probabilities, strict=True):
            scores[name] += weight * math.log(p + 0.01)
    found: Assertion = max(scores, key=lambda name: scores[name])  # type: ignore[arg-type]
    return found


def _rules(sentence: str) -> dict[str, float]:
    """Score by the first main clause: what hangs on it or follows does not decide.

    "Certification schemes have to include labour or say that they don't" denies nothing.
    """
    signs = load_signs()
    plain = signs["not_negated"].sub(" ", _ASIDE.sub(" ", sentence))
    main = _SUBORDINATE.sub(" ", _NEXT_CLAUSE.split(plain)[0])
    scores = {"affirmed": 1.0, "negated": 0.0, "hypothetical": 0.0, "planned": 0.0}
    denied = _DENIES.search(main) or _BEGINS_DENYING.search(main)
    if denied and not _CONTRAST.search(main) and not _MODAL.search(main):
        scores["negated"] = 2.2
    elif signs["negated"].search(plain):
        scores["negated"] = 0.8
    perhaps = signs["not_hypothetical"].sub(" ", main)
    if _BEGINS_IF.match(plain) or signs["hypothetical"].search(perhaps):
        scores["hypothetical"] = 2.1
    elif signs["hypothetical"].search(plain):
        scores["hypothetical"] = 0.8
    if signs["planned"].search(main):
        scores["planned"] = 2.0
    elif signs["planned"].search(plain):
        scores["planned"] = 0.8
    return scores

"""How surely a sentence is said: affirmed, negated, hypothetical or planned."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from pipeline.extract.attribution_signs import load_attribution, load_signs
from pipeline.records import ASSERTIONS, Assertion

_SUBORDINATE = re.compile(
    r"\b(?:which|who|whom|where|whereas|although|though|because|since|while|even if|when)\b"
    r"[^,;.]*"
)


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
    signs = load_signs()
    plain = signs["not_negated"].sub(" ", sentence)
    scores = {"affirmed": 1.0, "negated": 0.0, "hypothetical": 0.0, "planned": 0.0}
    main = _SUBORDINATE.sub(" ", plain)
    if signs["negated"].search(plain):
        scores["negated"] = 1.9 if signs["negated"].search(main) else 0.8
    perhaps = signs["not_hypothetical"].sub(" ", plain)
    if signs["hypothetical"].search(perhaps):
        scores["hypothetical"] = (
            2.0 if signs["hypothetical"].search(_SUBORDINATE.sub(" ", perhaps)) else 0.9
        )
    if signs["planned"].search(plain):
        scores["planned"] = 2.1 if signs["planned"].search(main) else 0.9
    return scores

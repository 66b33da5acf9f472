"""What the rules for metrics share: the words around an amount, the verdict, where signs stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.quantities_lexicon import Lexicon


def last_match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the last match of a pattern, or None."""
    found = None
    for found in pattern.finditer(text):  # noqa: B007 - the last one is wanted
        pass
    return found


@dataclass(frozen=True, slots=True)
class Verdict:
    """A metric with the sign of the value, the unit to record and the rule that found it."""

    metric: str
    rule: str
    sign: int = 1
    rate: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """The words around an amount: its clause before and behind it, and the sentence."""

    before: str
    after: str
    sentence: str
    lead: str = ""
    """The last 120 characters before the amount, over the borders of clauses."""
    earlier: str = ""
    """The sentence before, where a pronoun may take its subject from."""


def last_place(pattern: re.Pattern[str], text: str) -> int:
    """Return where a sign stands last, -1 where nowhere."""
    at = -1
    for match in pattern.finditer(text):
        at = match.start()
    return at


def first_place(pattern: re.Pattern[str], text: str) -> int:
    """Return where a sign stands first; far behind where nowhere."""
    match = pattern.search(text)
    return match.start() if match else 10**6


def of_wage(text: str, lexicon: Lexicon) -> bool:
    """Say whether words speak of pay, not of a country's earnings."""
    plain = lexicon.signs["not_wage"].sub(" ", text)
    return lexicon.signs["wage"].search(plain) is not None

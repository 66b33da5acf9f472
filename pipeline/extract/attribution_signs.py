"""The signs of who speaks and how surely, read from ``codebook/attribution.yaml``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

from pipeline.codebook import CODEBOOK_FOLDER
from pipeline.yamldata import Strict, load_yaml

GAP = "…"
_ITEM = re.compile(r"\{[^{}]*\}|\S+")


class Definition(Strict):
    """One value of ``claim_source`` or ``assertion`` as the manual defines it."""

    name: str
    definition: str
    examples: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


class Signs(Strict):
    """Phrases by what they tell; the file says how they are written."""

    own_voice: tuple[str, ...]
    own_hint: tuple[str, ...]
    literature: tuple[str, ...]
    reported: tuple[str, ...]
    carries_on: tuple[str, ...]
    turns: tuple[str, ...]
    see_also: tuple[str, ...]
    world: tuple[str, ...]
    negated: tuple[str, ...]
    not_negated: tuple[str, ...]
    hypothetical: tuple[str, ...]
    not_hypothetical: tuple[str, ...]
    planned: tuple[str, ...]


class AttributionFile(Strict):
    """``codebook/attribution.yaml``.

    `weights` holds, for each class, what the judge's log-probability and each feature of a
    sentence add to its score.
    """

    version: str
    source: str
    claim_source: tuple[Definition, ...]
    assertion: tuple[Definition, ...]
    order: tuple[str, ...]
    rulings: tuple[str, ...] = ()
    signs: Signs
    weights: dict[str, dict[str, float]] = Field(default_factory=dict)
    judge_weight: float = 1.0
    assertion_judge_weight: float = 1.0
    prior: dict[str, float] = Field(default_factory=dict)


@dataclass(frozen=True)
class SignPatterns:
    """Compiled signs: one pattern each."""

    patterns: dict[str, re.Pattern[str]]

    def __getitem__(self, name: str) -> re.Pattern[str]:
        return self.patterns[name]


def phrase_pattern(phrase: str) -> str:
    """Return a phrase as a regular expression: ``{a|b}``, ``*`` and ``…`` as the file says."""
    parts: list[str] = []
    gap = ""
    for item in _ITEM.findall(phrase):
        if item == GAP:
            gap = r"(?:[\w'’-]+,?\s+){0,3}"
            continue
        options = item[1:-1].split("|") if item.startswith("{") else [item]
        one = "(?:" + "|".join(_option(option) for option in options) + ")"
        parts.append((r"\s+" + gap if parts else gap) + one)
        gap = ""
    return "".join(parts)


def any_phrase(phrases: Sequence[str]) -> re.Pattern[str]:
    """Compile phrases into one pattern of whole words.

    A look at the first letter alone refuses most places before the alternatives are tried.
    """
    both = "|".join(phrase_pattern(phrase) for phrase in phrases)
    firsts: set[str] = set()
    for phrase in phrases:
        item = _ITEM.findall(phrase)[0]
        for option in item[1:-1].split("|") if item.startswith("{") else [item]:
            firsts |= {option[0]} if option != option.lower() else {option[0], option[0].upper()}
    gate = "" if GAP in firsts or "*" in firsts else f"(?=[{re.escape(''.join(sorted(firsts)))}])"
    return re.compile(rf"(?<!\w){gate}(?:{both})(?!\w)")


def _option(words: str) -> str:
    body = re.escape(words).replace(r"\*", r"\w*").replace(r"\ ", r"\s+").replace("'", "['’]")
    # A capital stands only for itself; the rest may begin a sentence.
    if words != words.lower() or not words[0].isalpha():
        return body
    return f"[{words[0].upper()}{words[0]}]{body[1:]}"


@cache
def load_attribution(folder: Path = CODEBOOK_FOLDER) -> AttributionFile:
    """Load the file; raise `CodebookError` naming the line of what does not belong there."""
    return load_yaml(folder / "attribution.yaml", AttributionFile)


@cache
def load_signs(folder: Path = CODEBOOK_FOLDER) -> SignPatterns:
    """Compile the signs of the file."""
    signs = load_attribution(folder).signs
    return SignPatterns({name: any_phrase(getattr(signs, name)) for name in Signs.model_fields})

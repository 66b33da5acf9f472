"""Words of numbers, units, scales and metrics, read from ``codebook/quantities.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from pipeline.codebook import CODEBOOK_FOLDER
from pipeline.extract.attribution_signs import any_phrase
from pipeline.yamldata import Strict, load_yaml

MAX_UNIT_WORDS = 3


class Metric(Strict):
    """One metric of the closed list."""

    name: str
    definition: str
    default_units: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


class Unit(Strict):
    """One unit of the closed list with the words that stand for it."""

    name: str
    kind: str
    country: str | None = None
    forms: tuple[str, ...]


class AmbiguousUnit(Strict):
    """A sign shared by several units; the country of the passage decides."""

    form: str
    default: str
    candidates: tuple[str, ...]


class Per(Strict):
    """What may follow a unit and goes into its name."""

    name: str
    forms: tuple[str, ...]


class Scale(Strict):
    """A word that multiplies the number before it."""

    name: str
    factor: float
    case: Literal["exact", "any"] = "any"
    forms: tuple[str, ...]


class QualifierCues(Strict):
    """Words that qualify a number."""

    name: str
    cues: tuple[str, ...]


class Change(Strict):
    """Words of change."""

    down: tuple[str, ...]
    up: tuple[str, ...]
    from_: tuple[str, ...] = Field(alias="from")
    to: tuple[str, ...]
    range: tuple[str, ...]
    multiples: dict[str, float]


class QuantitiesFile(Strict):
    """``codebook/quantities.yaml``."""

    version: str
    source: str
    rulings: tuple[str, ...] = ()
    metrics: tuple[Metric, ...]
    units: tuple[Unit, ...]
    ambiguous_units: tuple[AmbiguousUnit, ...]
    per: tuple[Per, ...]
    scales: tuple[Scale, ...]
    qualifiers: tuple[QualifierCues, ...]
    weak_qualifiers: tuple[str, ...]
    change: Change
    number_words: dict[str, float]
    ordinals: dict[str, int]
    fractions: dict[str, float]
    signs: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Lexicon:
    """The file compiled for matching.

    Attributes
    ----------
    units : dict
        Unit by name.
    forms : dict
        Words of a form (small letters) to unit name; the first unit that lists it.
    prefix, per, fraction, qualifier_before, qualifier_after : re.Pattern
    signs : dict of str to re.Pattern
    """

    data: QuantitiesFile
    units: dict[str, Unit]
    forms: dict[tuple[str, ...], str]
    ambiguous: dict[str, AmbiguousUnit]
    prefix: re.Pattern[str]
    prefix_units: dict[str, str]
    per: re.Pattern[str]
    per_names: dict[str, str]
    scale: re.Pattern[str]
    scales: dict[str, float]
    words: dict[str, float]
    word_number: re.Pattern[str]
    phrases: dict[str, float]
    fraction: re.Pattern[str]
    fractions: dict[str, float]
    qualifier_before: re.Pattern[str]
    qualifiers: dict[str, str]
    signs: dict[str, re.Pattern[str]]


def _any(forms: Iterable[str]) -> str:
    ordered = sorted(set(forms), key=lambda form: (-len(form), form))
    return "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in ordered)


def squeezed(text: str) -> str:
    """Return a form in small letters with single blanks: the key of the lexicon's tables."""
    return " ".join(text.casefold().split())


def _prefixes(data: QuantitiesFile) -> dict[str, str]:
    """Currency signs and codes that stand before a number."""
    found: dict[str, str] = {}
    for unit in data.units:
        if unit.kind == "currency":
            for form in unit.forms:
                sign = not form[-1].isalpha() or form.isupper() or len(form) <= 3
                if sign or form in ("Rs", "Rs.", "Kshs", "KSh", "Tk", "US dollar"):
                    found.setdefault(form, unit.name)
    found.setdefault("US dollar", "USD")
    found.setdefault("US dollars", "USD")
    return found


@cache
def load_lexicon(folder: Path = CODEBOOK_FOLDER) -> Lexicon:
    """Load and compile the file; raise `CodebookError` naming the line of what is wrong."""
    data = load_yaml(folder / "quantities.yaml", QuantitiesFile)
    forms: dict[tuple[str, ...], str] = {}
    for unit in data.units:
        for form in unit.forms:
            if unit.kind == "currency" and len(form) == 1 and form.isalpha():
                continue  # "R" stands before a number, never behind it
            forms.setdefault(tuple(form.casefold().split()), unit.name)
    prefixes = _prefixes(data)
    scales = {
        (form if scale.case == "exact" else form.casefold()): scale.factor
        for scale in data.scales
        for form in scale.forms
    }
    singles = {word: value for word, value in data.number_words.items() if " " not in word}
    phrases = {word: value for word, value in data.number_words.items() if " " in word}
    big = ["hundred", "thousand", "lakh", "million", "crore", "billion", "trillion"]
    word = _any([*singles, *big])
    qualifiers = {squeezed(cue): one.name for one in data.qualifiers for cue in one.cues}
    exact = _any(form for scale in data.scales if scale.case == "exact" for form in scale.forms)
    loose = _any(form for scale in data.scales if scale.case == "any" for form in scale.forms)
    joint = (  # "three hundred and ten", but not "eleven and thirteen thousand"
        r"(?:[\s-]|(?:(?<=hundred)|(?<=thousand)|(?<=million)|(?<=lakh)|(?<=crore))\s+and\s+)"
    )
    return Lexicon(
        data=data,
        units={unit.name: unit for unit in data.units},
        forms=forms,
        ambiguous={squeezed(one.form): one for one in data.ambiguous_units},
        prefix=re.compile(rf"(?:(?<!\w)(?:{_any(prefixes)}))\s?$"),
        prefix_units={squeezed(form): name for form, name in prefixes.items()},
        per=re.compile(
            rf"\s*(?:{_any(form for one in data.per for form in one.forms)})(?!\w)", re.IGNORECASE
        ),
        per_names={squeezed(form): one.name for one in data.per for form in one.forms},
        scale=re.compile(
            rf"\s?(?:{exact})(?![\w/.]*\w)|[\s-]?(?i:(?:{loose}))(?!\w)(?:\s+of\s+(?=[€$£]))?"
        ),
        scales=scales,
        words={**singles, **{name: scales[name] for name in big}},
        word_number=re.compile(
            rf"(?<![\w-])(?:(?:{_any(phrases)})|(?:{word})(?:{joint}(?:{word}))*)(?!\w|-(?!odd\b))",
        ),
        phrases={squeezed(name): value for name, value in phrases.items()},
        fraction=re.compile(
            rf"(?<![\w-])(?:{_any(data.fractions)})(?![\w-])"
            r"|(?<![\w-])(?P<part>one|two|three|four|five|six|seven|eight|nine|\d{1,2})\s+"
            r"(?:out\s+of(?:\s+every)?|in(?:\s+every)?|of\s+every|of)\s+"
            r"(?P<whole>two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|hundred)(?![\w-])"
            # "four frames out of five now leave Italy", "one European chair in three."
            r"|(?<![\w-])(?P<some>one|two|three|four|five|six|seven|eight|nine)\s+"
            r"(?P<noun>[^\W\d_]+(?:\s+[^\W\d_]+)?)\s+(?:out\s+of(?:\s+every)?|in(?:\s+every)?)\s+"
            r"(?P<all>two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
            r"(?=\s*[.,;:)]|\s+(?:is|are|was|were|has|had|have|now|today|of|leaves?|goes|go|went"
            r"|works?|comes?|came|made|sold|exported)\b)",
        ),
        fractions={squeezed(name): value for name, value in data.fractions.items()},
        qualifier_before=re.compile(
            rf"(?:(?<!\w)(?:{_any(qualifiers)}))(?:\s+(?:a|an|another|the|only|still))?\s*$",
            re.IGNORECASE,
        ),
        qualifiers=qualifiers,
        signs={name: any_phrase(phrases_) for name, phrases_ in data.signs.items()},
    )

"""The headings of ``words.yaml``, read once, and what they say of a section."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

from pipeline.readers.lexicon import bare_heading, section_names
from pipeline.records import Role

_PATH = Path(__file__).with_name("words.yaml")
_LETTERED = re.compile(
    r"^(?:appendix|annex|annexe|anhang|anexo)\b(?:\s+[a-z0-9]{1,3}\b|\s*[:.—–-]|$)", re.IGNORECASE
)


@cache
def _names() -> dict[str, frozenset[str]]:
    # The base loader makes strings of everything: "on" and "no" are words here, not truth values.
    loaded = yaml.load(_PATH.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506
    return {key: frozenset(values) for key, values in loaded.items()}


def words(name: str) -> frozenset[str]:
    """Return one list of ``words.yaml`` as a set, case-folded."""
    return _names()[name]


def role_of_heading(heading: str) -> Role | None:
    """Return the role that a heading's words give its section, None where they give none."""
    if len(heading) > 120:
        return None
    if _LETTERED.match(heading):
        return "appendix"
    bare = bare_heading(heading)
    for role, names in _by_role():
        if bare in names:
            return role
    return None


@cache
def _by_role() -> tuple[tuple[Role, frozenset[str]], ...]:
    return (
        ("abstract", section_names("abstract")),
        ("references", section_names("references")),
        ("note", section_names("notes")),
        ("front", words("front")),
        ("appendix", words("appendix")),
    )


@cache
def run_in_front() -> re.Pattern[str]:
    """Return the pattern of a thanks paragraph's run-in heading ("Acknowledgments The …")."""
    names = "|".join(
        sorted((re.escape(n) for n in _names()["run_in_front"]), key=len, reverse=True)
    )
    return re.compile(rf"({names})\b(?:\s*[:.—–-]+\s*|\s+(?=[A-Z]))", re.IGNORECASE)

"""The words of ``words.yaml``, read once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PATH = Path(__file__).with_name("words.yaml")


@cache
def _data() -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = PATH.read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader
    return loaded


@cache
def words(name: str) -> frozenset[str]:
    """Return a flat list of ``words.yaml`` as a set."""
    return frozenset(_data()[name])


@cache
def section_names(kind: str) -> frozenset[str]:
    """Return the headings, case-folded, that name a part of a paper."""
    return frozenset(_data()["sections"][kind])


_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[IVX]{1,5}\.|[A-Z]\.)\s+")


def bare_heading(text: str) -> str:
    """Return a heading case-folded, without number, colon or emphasis."""
    return _NUMBER.sub("", text.strip().strip("*_# ")).strip(" *_:.—-").casefold()


def names_section(text: str, kind: str) -> bool:
    """Say whether a short line names that part of a paper."""
    return len(text) < 60 and bare_heading(text) in section_names(kind)

"""Joining lines: a hyphen goes where the word was cut and stays where it belongs."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers.clean import clean
from pipeline.readers.hyphens import Mender

SEEN = ["A long text of export-oriented firms, buyers and suppliers in the textile industry."]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["the indus-", "try grew"], "the industry grew"),
        (["an export-", "oriented firm"], "an export-oriented firm"),
        (["labour-", "intensive goods"], "labour-intensive goods"),
        (["Lund-", "Thomsen says"], "Lund-Thomsen says"),
        (["the CLUS-", "TER grew"], "the CLUSTER grew"),
        (["between 1990-", "1995 it"], "between 1990-1995 it"),
        (["short- and long-", "term gains"], "short- and long-term gains"),
        (["soft\u00ad", "ware made"], "software made"),
        (["see https://a.org/a-", "b for it"], "see https://a.org/a-b for it"),
        (["see https://a.org/x/", "y for it"], "see https://a.org/x/y for it"),
        (["a word—", "another"], "a word—another"),
        (["small- ", "and medium-sized"], "small- and medium-sized"),
        (["plain", "words"], "plain words"),
        ([], ""),
    ],
)
def test_lines_are_joined(lines: list[str], joined: str) -> None:
    assert Mender(SEEN).join(lines) == joined


@given(st.lists(st.text(alphabet="ab -\u00ad–", max_size=12), max_size=8))
def test_no_letter_is_lost(lines: list[str]) -> None:
    def letters(text: str) -> str:
        return "".join(char for char in text if char.isalpha())

    assert letters(Mender(lines).join(lines)) == letters("".join(lines))


def test_many_lines_take_linear_time() -> None:
    lines = ["some words of a line that goes on-", "ward and"] * 40_000
    start = time.process_time()
    Mender(lines).join(lines)
    assert time.process_time() - start < 8


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\n" not in once
    assert once == once.strip()

"""Sentences: written examples, and laws that hold for any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.structure.sentences import bracket_spans, split_sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


EXAMPLES = [
    "Firms export footballs (cf. Weber 1990: 12). |Others do not.",
    "The U.S. market grew, e.g. in Lahore. |Prices fell.",
    "Maro et al. (2005) show it. |So does Dr. A. B. Weber, in Vol. 3, No. 2, p. 14.",
    "They sold to the U.S. |The tariff rose.",
    "“We left the cluster.” |He said so in St. Gallen.",
    "Rivals share one chain.¹² |The next sentence.",
    "Rivals share one chain.[4] |Others share none. [5, 6] |None is left.",
    "No. 5 is out, Fig. 2 shows. |It rose to 3.5 per cent in approx. 40 firms.",
    "A claim closes here. (cf. Sedova 2002: 61) |Then comes more.",
    "Is it so? |Yes, it is! |They wait… |Nothing came.",
    "It costs Rs. 40 (or 0.5 U.S. dollars. That is little) a day. |It rose.",
    "The firm Weber & Co. Ltd. grew. |Sales in Jan. 2004 doubled.",
    "Exports fell by 5 per cent.12 |Imports rose.",
    "Work began at 6 a.m. in the dye house. |It ended at 9 p.m. |The owners slept.",
    "See sec. 2 and pp. 4–9 for J. Weber's view. |I doubt it.",
    "Vgl. hierzu Weber (z.B. Nr. 4). |Das genügt.",
    "One sentence without an end",
    "First paragraph without a stop\n\n|Second paragraph.",
]


@pytest.mark.parametrize("marked", EXAMPLES)
def test_written_examples_are_cut_at_the_bars_and_nowhere_else(marked: str) -> None:
    assert cut(marked.replace("|", "")) == [part.strip() for part in marked.split("|")]


@given(st.text(alphabet=st.sampled_from('abcA. !?…()[]“”"\n\t1²,;U.S.pé।。'), max_size=300))
def test_spans_cover_all_but_white_space_and_never_overlap(text: str) -> None:
    at = 0
    for start, end in split_sentences(text):
        assert at <= start < end
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@given(st.text(max_size=200))
def test_any_text_is_tiled(text: str) -> None:
    spans = split_sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


@settings(max_examples=50)
@given(st.lists(st.sampled_from(["Firms sell.", "It rose (by 4.5).", "Why?", "A. Weber left."])))
def test_cutting_a_sentence_again_changes_nothing(parts: list[str]) -> None:
    for sentence in cut(" ".join(parts)):
        assert cut(sentence) == [sentence]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "(" * 100_000,
        "([" * 50_000,
        "()" * 50_000,
        "." * 100_000,
        "A. " * 33_000,
        "\n \n" * 33_000,
        ". (" * 33_000,
        "[1] " * 25_000,
        "p. " * 33_000,
        " " * 100_000,
        "1999 (" * 16_000,
    ],
)
def test_long_hostile_lines_take_linear_time(text: str) -> None:
    started = time.process_time()
    split_sentences(text)
    assert time.process_time() - started < 3


def test_brackets_that_never_close_are_none() -> None:
    assert bracket_spans("a (b [c) d] e") == [(2, 8)]
    assert bracket_spans("a (b") == []
    assert bracket_spans("(" + "x" * 700 + ")") == []

"""Who says so and how surely: sentences with the expectation written beside."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.evaluation.attribution import kappa
from flows.evaluation.attribution_told import DEVELOPMENT, GOLDEN, context_of, load_golden
from pipeline.extract.assertion import assertion_of
from pipeline.extract.attribution import attribute
from pipeline.extract.attribution_signs import load_attribution, phrase_pattern
from pipeline.protocols import PassageVerdict, SentenceVerdict

SOURCES = {
    "We visited forty tanneries between May and July.": ("own", frozenset()),
    "The aim of this paper is to compare two districts.": ("own", frozenset()),
    "Turnover fell by a third (Okafor and Lind 2011).": ("cited", {"okafor 2011"}),
    "Ruiz (2004) counted ninety firms.": ("cited", {"ruiz 2004"}),
    "Trust is the glue of districts (Abe 1999; Costa 2003; Dahl 2008).": ("synthesis", frozenset()),
    "Trust is often seen as the glue of districts (Abe 1999).": ("synthesis", frozenset()),
    "Studies show that audits miss home work.": ("synthesis", frozenset()),
    "Many critics argue that codes change little (Abe 1999).": ("synthesis", frozenset()),
    "Following Ruiz (2004), the share was small (see also Abe 1999).": ("cited", {"ruiz 2004"}),
    "Adopting the terms of Ruiz (2004), we speculate that trust wanes.": ("own", frozenset()),
    "In line with Ruiz and Abe (2013), we tell three paths apart.": ("own", frozenset()),
    "According to Ruiz (2004), we live in an age of chains.": ("cited", {"ruiz 2004"}),
    "As Ruiz (2004) puts it, our society fears its own makers.": ("cited", {"ruiz 2004"}),
    "Ruiz (2004) argues that, where we see trust, there is fear.": ("cited", {"ruiz 2004"}),
    "The second and third sections review the literature on districts.": ("own", frozenset()),
    "Open markets grow.[51][52][53]": ("synthesis", frozenset()),
}


@pytest.mark.parametrize("text", SOURCES)
def test_claim_source_and_works(text: str) -> None:
    (one,) = attribute(context_of("p", text))
    assert (one.claim_source, frozenset(one.works)) == (
        SOURCES[text][0],
        frozenset(SOURCES[text][1]),
    )


def test_a_report_is_carried_on_with_its_work() -> None:
    text = "Ruiz (2004) counted ninety firms. He argues that half of them had no licence."
    told = attribute(context_of("p", text))
    assert [(one.claim_source, one.works) for one in told] == [("cited", ("ruiz 2004",))] * 2


HOWS = {
    "No firm in the valley holds a certificate.": "negated",
    "The audits did not reach the contractors.": "negated",
    "A joint label might lift prices.": "hypothetical",
    "The ministry will open two more centres.": "planned",
    "Most firms export.": "affirmed",
    "Not only large firms export.": "affirmed",
    "Governments should publish the names.": "affirmed",
    "Associations can help their members.": "affirmed",
}


@pytest.mark.parametrize("text", HOWS)
def test_assertion(text: str) -> None:
    assert assertion_of(text) == HOWS[text]


def test_the_judge_tips_what_no_citation_decides() -> None:
    from dataclasses import replace

    context = context_of("p", "Output tripled in ten years.")
    for index, name in ((0, "own"), (3, "unclear")):
        likely = tuple(0.97 if i == index else 0.01 for i in range(4))
        verdict = PassageVerdict(sentences=(SentenceVerdict(likely, (0.97, 0.01, 0.01, 0.01)),))
        (one,) = attribute(replace(context, verdict=verdict))
        assert one.claim_source == name


def test_definitions_of_the_codebook_hold_their_own_examples() -> None:
    data = load_attribution()
    wrong = [
        example
        for one in data.assertion
        for example in one.examples
        if assertion_of(example) != one.name
    ]
    assert wrong == []


@given(st.text(max_size=300))
def test_sentences_lie_in_the_text_in_order(text: str) -> None:
    told = attribute(context_of("p", text))
    assert all(text[one.start : one.end].strip() for one in told)
    assert all(a.end <= b.start for a, b in itertools.pairwise(told))
    assert all(not one.works for one in told if one.claim_source != "cited")


def test_signs_are_written_as_the_file_says() -> None:
    assert phrase_pattern("no… x*") != phrase_pattern("no x")


def test_kappa_of_equal_and_of_crossed_coders() -> None:
    assert kappa([("a", "a"), ("b", "b")]) == 1.0
    assert kappa([("a", "b"), ("b", "a")]) == -1.0


def test_golden_sentences_hold_positions_and_labels_only() -> None:
    rows = load_golden(GOLDEN)
    assert len(rows) >= 200
    known = {
        "n",
        "doc",
        "passage",
        "text_sha256",
        "start",
        "end",
        "a",
        "b",
        "adjudicated",
        "held_out",
        "third",
    }
    assert {key for row in rows for key in row} <= known


def test_no_sentence_that_weights_were_learned_from_is_measured() -> None:
    measured = load_golden(GOLDEN)
    learned = [
        (passage["passage"], start, end)
        for passage in load_golden(DEVELOPMENT)
        for start, end, *_ in passage["sentences"]
    ]
    assert (len(learned), len(measured)) == (3797, 240)
    assert [
        (name, start)
        for name, start, end in learned
        for other in measured
        if name == other["passage"] and start < other["end"] and other["start"] < end
    ] == []

"""Mentions over a whole paper: memory, blanked stretches, nesting, the tagger's word."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.candidates import Candidate, longest
from pipeline.extract.joining import join
from pipeline.extract.mentions import MentionFinder, Source
from pipeline.extract.spelling import close, key
from pipeline.extract.tokens import Tokens, fold
from pipeline.protocols import TaggedSpan
from pipeline.structure.citations import citation_regions
from pipeline.vocabulary import load_vocabulary

FINDER = MentionFinder(load_vocabulary())


def surfaces(texts: list[str], blank: list[tuple[tuple[int, int], ...]] | None = None) -> list:
    blank = blank or [()] * len(texts)
    found = FINDER.find([Source(t, b) for t, b in zip(texts, blank, strict=True)])
    return [
        [(one.kind, text[one.start : one.end]) for one in told]
        for text, told in zip(texts, found, strict=True)
    ]


def test_acronym_holds_in_later_passages_of_the_paper() -> None:
    texts = [
        "The Okra Growers Association of Tamale (OGAT) bought a truck.",
        "Last year OGAT sold it.",
    ]
    assert surfaces(texts) == [
        [("ACTOR", "Okra Growers Association of Tamale"), ("ACTOR", "OGAT")],
        [("ACTOR", "OGAT")],
    ]
    assert surfaces(texts[1:]) == [[]]


def test_place_of_a_cluster_holds_in_later_passages() -> None:
    texts = [
        "The Hai Duong ceramics cluster is old.",
        "Kiln owners of Hai Duong met twice.",
    ]
    first, second = surfaces(texts)
    assert first == [("CLUSTER", "Hai Duong ceramics cluster")]
    assert second == [("CLUSTER", "Hai Duong")]
    assert surfaces(["Kiln owners of Qua Binh met twice."]) == [[]]


def test_nothing_inside_citations_or_headings() -> None:
    text = "Wages in Kenya Wages rose (ILO 2010; World Bank, 2004) in Ghana."
    regions = tuple(citation_regions(text))
    assert surfaces([text], [((0, 14), *regions)]) == [[("COUNTRY", "Ghana")]]


def test_only_the_longest_of_nested_names() -> None:
    text = "The Vietnam Chamber of Commerce and Industry met in Vietnam."
    assert surfaces([text]) == [
        [("ACTOR", "Vietnam Chamber of Commerce and Industry"), ("COUNTRY", "Vietnam")]
    ]


def test_generic_body_counts_where_its_full_name_stands() -> None:
    alone = surfaces(["In 2007 PUMA sold shoes."])
    full = surfaces(["Puma SE is a firm. In 2007 PUMA sold shoes."])
    assert alone == [[]]
    assert full == [[("ACTOR", "Puma SE"), ("ACTOR", "PUMA")]]


def test_finder_keeps_nothing_between_papers() -> None:
    text = ["The Okra Growers Association of Tamale (OGAT) bought a truck."]
    before = surfaces(["OGAT came."])
    surfaces(text)
    assert surfaces(["OGAT came."]) == before


@pytest.mark.parametrize(
    ("score", "found"), [(0.99, [(0, 11, "tagger")]), (0.3, [])], ids=["sure", "unsure"]
)
def test_tagger_alone_needs_a_high_score(score: float, found: list) -> None:
    tags = (TaggedSpan("ACTOR", 0, 11, score, "firm"),)
    told = join([], tags, "Quorvex Bay hired them.")
    assert [(c.start, c.end, c.method) for c in told] == found


def test_a_rule_keeps_its_bounds_against_the_tagger() -> None:
    rule = Candidate("ACTOR", 4, 23, "rule:head", 0.8)
    told = join([rule], (TaggedSpan("ACTOR", 0, 23, 0.99),), "The Ministry of Labour met")
    assert [c.span for c in told] == [(4, 23)]


def test_agreement_raises_confidence_and_is_said() -> None:
    weak = Candidate("ACTOR", 0, 11, "rule:weak head", 0.4)
    told = join([weak], (TaggedSpan("ACTOR", 0, 11, 0.9, "firm"),), "Quorvex Bay hired them.")
    assert told[0].confidence > 0.8
    assert told[0].method == "both (rule:weak head)"
    assert told[0].subtype == "firm"


def test_without_names_rules_still_find_a_cluster() -> None:
    bare = MentionFinder(load_vocabulary().without(["Agra", "Agra footwear"]))
    text = "They left the Agra footwear cluster."
    found = bare.find([Source(text)])[0]
    assert [(c.kind, text[c.start : c.end]) for c in found] == [
        ("CLUSTER", "Agra footwear cluster")
    ]


@given(st.text(max_size=200))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *("The", "Agra", "footwear", "cluster", "in", "India", ",", "(", "ILO", ")", "and"),
                *("of", "Ministry", "Labour", "ISO", "9001", "'s", "-", "Sialkot", "—", "Ré"),
                *("2004", ".", "É", "Act", "Ltd", "\x00"),
            ]
        ),
        max_size=30,
    ).map(" ".join)
)
def test_mentions_lie_in_the_text_apart_and_in_order(text: str) -> None:
    found = FINDER.find([Source(text, tuple(citation_regions(text)))])[0]
    ends = [0]
    for one in found:
        assert ends[-1] <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        ends.append(one.end)


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(1, 10), st.sampled_from(["ACTOR", "NONE"])),
        max_size=12,
    )
)
def test_longest_leaves_no_overlap(rows: list[tuple[int, int, str]]) -> None:
    kept = longest(Candidate(kind, s, s + n, "rule:x", 0.9) for s, n, kind in rows)
    assert all(one.end <= other.start for one, other in pairwise(kept))
    assert all(one.kind != "NONE" for one in kept)


def test_words_are_whole() -> None:
    assert Tokens.of("Torreón's No.87").words == ["Torreon", "'", "s", "No", ".", "87"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("International Labor Organization", "International Labour Organisation", True),
        ("The Tannery Owners' Association", "Tannery Owners Association", True),
        ("Acme Ltd.", "Acme", True),
        ("North Board", "South Board", False),
    ],
)
def test_spellings_agree(one: str, other: str, same: bool) -> None:
    assert (key(one) == key(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("torreon", "turreon", True),
        ("ministry of agriculture", "ministry of agricultrue", True),
        ("iso 9001", "iso 9002", False),
        ("lima", "lama", False),
        ("ministry of labour", "ministry of nature", False),
    ],
)
def test_typing_errors_are_close(one: str, other: str, same: bool) -> None:
    assert close(one, other) is same


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # What the paper writes small elsewhere is no place; a landscape's name still is.
        ("Policies for Country Clusters. Each country has its own.", []),
        ("The Orpo shoe cluster is old. Each country has its own.", ["Orpo shoe cluster"]),
        ("The Rose Valley flower cluster grew. A rose is a rose.", ["Rose Valley flower cluster"]),
        ("The Como silk cluster grew, come what may.", ["Como silk cluster"]),
    ],
)
def test_common_words_name_no_cluster(text: str, found: list[str]) -> None:
    mentions = FINDER.find([Source(text)])[0]
    assert [text[c.start : c.end] for c in mentions if c.kind == "CLUSTER"] == found


def test_capitals_of_a_table_name_no_cluster_unless_the_text_does() -> None:
    text = "The Orpo shoe cluster is old."
    table = (
        "Main Topics\nClusters and Laws | Shrot Cluster\nOrpo shoe cluster | 40\nSialkot cluster"
    )
    found = FINDER.find([Source(text), Source(table, titled=True)])[1]
    told = [table[c.start : c.end] for c in found if c.kind == "CLUSTER"]
    assert told == ["Orpo shoe cluster", "Sialkot cluster"]


def test_a_union_of_another_country_is_not_the_known_one() -> None:
    text = "The Namibia Food and Allied Workers Union met the Pakistan Fair Labor Association."
    told = [(c.kind, c.name, text[c.start : c.end]) for c in FINDER.find([Source(text)])[0]]
    assert told == [
        ("ACTOR", None, "Namibia Food and Allied Workers Union"),
        ("COUNTRY", "PK", "Pakistan"),
        ("ACTOR", "Fair Labor Association", "Fair Labor Association"),
    ]


def test_a_known_place_within_a_longer_name_is_another() -> None:
    text = "Growers of the Villa Guerrero flower cluster met the Indian Tirupur knitwear cluster."
    told = [text[c.start : c.end] for c in FINDER.find([Source(text)])[0] if c.kind == "CLUSTER"]
    assert told == ["Villa Guerrero flower cluster", "Tirupur knitwear cluster"]


def test_a_long_run_of_joined_capitals_is_read_in_time() -> None:
    text = "Indian and Polish-" * 200 + "owned mills of the Union"
    started = time.process_time()
    FINDER.find([Source(text)])
    assert time.process_time() - started < 3


def test_a_school_of_thought_is_no_cluster_whatever_the_tagger_says() -> None:
    text = "Marshallian districts differ."
    tags = (TaggedSpan("CLUSTER", 0, 21, 0.99),)
    assert FINDER.find([Source(text, tags=tags)]) == [[]]

"""Facts: marked sentences with the expectation written beside, negatives too."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.evaluation.comparing_facts import figures
from flows.evaluation.facts import GOLDEN, facts_of_marked, read_marked, run
from flows.settings import Settings
from pipeline.extract.attribution import attribute
from pipeline.extract.context import PassageContext
from pipeline.extract.facts import find_facts
from pipeline.extract.quantities_lexicon import load_lexicon
from pipeline.extract.quantities_numbers import find_numbers, parse_number
from pipeline.extract.sentence_views import views
from pipeline.records import Citation, Entity, Mention, Table

CASES: dict[str, list[tuple[object, ...]]] = {
    "The [Sialkot football cluster|CLUSTER:PK] employs about 65,000 workers.": [
        ("employment", 65000.0, None, None, "persons", None, None, None, "about"),
    ],
    "Between 300 and 350 tanneries worked in the [Kasur tannery cluster|CLUSTER:PK] in 1994.": [
        ("firms", 350.0, 300.0, None, "firms", 1994, None, None, None),
    ],
    "The number of firms in the [Daedeok park|CLUSTER:KR] rose from 247 in 1999 to 900 in 2009.": [
        ("firms", 900.0, None, 247.0, "firms", 2009, 1999, 2009, None),
    ],
    "The [Agra shoe cluster|CLUSTER:IN] exported goods worth Rs 560 crore in 2004/05.": [
        ("exports", 5.6e9, None, None, "INR", None, 2004, 2005, None),
    ],
    "In the 1990s employment in the [Prato district|CLUSTER:IT] fell by a quarter.": [
        ("growth", -25.0, None, None, "percent", None, 1990, 1999, None),
    ],
    "Wages in the [Ambur leather cluster|CLUSTER:IN] rose from 80 to 100 rupees a day.": [
        ("wage", 100.0, None, 80.0, "INR per day", None, None, None, None),
    ],
    "The [Hsinchu park|CLUSTER:TW] houses 449 companies with 139,000 employees.": [
        ("firms", 449.0, None, None, "firms", None, None, None, None),
        ("employment", 139000.0, None, None, "persons", None, None, None, None),
    ],
    "The [Pirot jeans cluster|CLUSTER:RS] shrank from 500 firms to 60.": [
        ("firms", 60.0, None, 500.0, "firms", None, None, None, None),
    ],
    "Opened in 1998, the [Brno park|CLUSTER:CZ] now counts 177 firms with 32,000 workers.¹²": [
        ("founded", 1998.0, None, None, "year", 1998, None, None, None),
        ("firms", 177.0, None, None, "firms", None, None, None, None),
        ("employment", 32000.0, None, None, "persons", None, None, None, None),
    ],
    "Tanneries in [Kenya|COUNTRY:KE] employ more people than those of [Uganda|COUNTRY:UG]: 9,000"
    " workers.": [
        ("employment", 9000.0, None, None, "persons", None, None, None, None),
    ],
    "A stall in the [Gamarra cluster|CLUSTER:PE] measures six square metres.": [],
    "The state gives exporters in [Kenya|COUNTRY:KE] a tax rebate of 15 per cent of sales.": [],
    "In the [Ceper cluster|CLUSTER:ID] 320 foundries try to cast it.": [
        ("firms", 320.0, None, None, "firms", None, None, None, None),
    ],
    "Rao Leather Ltd. employs 400 workers in [India|COUNTRY:IN].": [],
    "See page 214 and section 3.2 (Chen 2004: 17) on [India|COUNTRY:IN].": [],
    "We interviewed 62 workers in the [Ambur leather cluster|CLUSTER:IN].": [],
    "The association was founded in 1987.": [],
    "We surveyed 212 firms in the [Denizli cluster|CLUSTER:TR].": [],
    "After 2007 workers left the [Arad cluster|CLUSTER:RO] for Italy.": [],
    "Over four decades local firms of the [Penang cluster|CLUSTER:MY] moved up.": [],
    "Most firms of the [Jepara cluster|CLUSTER:ID] have fewer than ten workers.": [],
    "The pollution board closed nine tanneries in the [Franca cluster|CLUSTER:BR].": [],
    "Accidents in the [Naivasha cluster|CLUSTER:KE] fell to 8 per 1,000 workers.": [],
    "The [Cebu cluster|CLUSTER:PH] fell from 320 firms in 1999 to 110 in 2014.": [
        ("firms", 110.0, None, 320.0, "firms", 2014, 1999, 2014, None),
    ],
    "In 1975 the [Penang cluster|CLUSTER:MY] had 31 plants and 19,600 workers; in 2018 it had"
    " 344 plants.": [
        ("firms", 31.0, None, None, "firms", 1975, None, None, None),
        ("employment", 19600.0, None, None, "persons", 1975, None, None, None),
        ("firms", 344.0, None, None, "firms", 2018, None, None, None),
    ],
    "The [Denizli cluster|CLUSTER:TR] shipped goods worth USD 2 billion, 71% of its output.": [
        ("exports", 2e9, None, None, "USD", None, None, None, None),
        ("export_share", 71.0, None, None, "percent", None, None, None, None),
    ],
}


def test_a_denial_elsewhere_in_the_sentence_is_not_the_numbers_own() -> None:
    said = "The [Naivasha cluster|CLUSTER:KE] employed 31,200 people, not 46,800 as was stated."
    denied = "The [Naivasha cluster|CLUSTER:KE] never employed 46,800 people."
    assert [
        (f.value, f.assertion) for one in (said, denied) for f in facts_of_marked("p", one)
    ] == [(31200.0, "affirmed"), (46800.0, "negated")]


@pytest.mark.parametrize("marked", CASES)
def test_facts_of_a_sentence(marked: str) -> None:
    found = [
        (f.metric, f.value, f.value_from, f.change_from, f.unit, f.year, f.year_from, f.year_to,
         f.qualifier)
        for f in facts_of_marked("p", marked)
        if f.metric != "other"
    ]  # fmt: skip
    assert found == CASES[marked]


def test_quote_is_the_exact_stretch_and_subject_its_mention() -> None:
    marked = "In 2015 the [Sialkot cluster|CLUSTER:PK] had 2,000 firms."
    (fact,) = facts_of_marked("p", marked)
    text = "In 2015 the Sialkot cluster had 2,000 firms."
    assert fact.quote == text[fact.start : fact.end] == "2,000 firms"
    assert (fact.entity_id, fact.country) == ("CLUSTER:Sialkot cluster", "PK")


@pytest.mark.parametrize(
    ("printed", "value"),
    [("1,000.5", 1000.5), ("1.000,5", 1000.5), ("12,34,567", 1234567.0), ("1.350", 1350.0),
     ("3,5", 3.5), ("0.125", 0.125), ("1 000", 1000.0), ("2,457,086", 2457086.0)],
)  # fmt: skip
def test_both_ways_of_writing_numbers(printed: str, value: float) -> None:
    assert parse_number(printed)[0] == value


@given(st.integers(min_value=1000, max_value=10**11))
def test_thousands_marks_do_not_change_a_number(number: int) -> None:
    english = f"{number:,}"
    assert parse_number(english)[0] == number
    assert parse_number(english.replace(",", "."))[0] == number


@given(st.text(max_size=200))
def test_any_text_gives_facts_inside_it(text: str) -> None:
    context = PassageContext("p", text)
    for one in find_facts(context, attribute(context)):
        assert text[one.start : one.end] == one.quote
    spans = [(n.start, n.end) for n in find_numbers(text, load_lexicon())]
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


def test_table_cells_take_header_row_and_caption() -> None:
    cells = (("Cluster", "Firms 2003", "Workers 2003"), ("Agra footwear", "5,000", "60,000"))
    text = "Table 1. Indian clusters\nCluster Firms 2003 Workers 2003\nAgra footwear 5,000 60,000"
    at = text.index("Agra")
    context = PassageContext(
        "p", text, mentions=(Mention("m", "p", "CLUSTER", "e", "Agra footwear", at, at + 13, "x", 1),),  # noqa: E501
        entities={"e": Entity("e", "CLUSTER", "Agra footwear", "IN")},
        tables=(Table("t", "paper", "Table 1. Indian clusters", None, cells),), role="table",
    )  # fmt: skip
    found = [
        (f.metric, f.value, f.unit, f.year, f.entity_id, f.quote) for f in find_facts(context, ())
    ]
    assert found == [
        ("firms", 5000.0, "firms", 2003, "e", "5,000"),
        ("employment", 60000.0, "persons", 2003, "e", "60,000"),
    ]


def test_fact_takes_source_and_work_of_its_sentence() -> None:
    text = "The Agra cluster had 5,000 firms (Knorringa 1999)."
    at = text.index("Knorringa")
    context = PassageContext(
        "p", text,
        mentions=(Mention("m", "p", "CLUSTER", "e", "Agra cluster", 4, 16, "x", 1),),
        entities={"e": Entity("e", "CLUSTER", "Agra footwear", "IN")},
        citations=(Citation("c", "p", "work_1", "Knorringa 1999", at, at + 14),),
        citation_regions=((at - 1, at + 15),),
    )  # fmt: skip
    from dataclasses import replace

    context = replace(context, sentences=views(context))
    (fact,) = find_facts(context, attribute(context))
    assert (fact.claim_source, fact.work_id, fact.assertion) == ("cited", "work_1", "affirmed")


def test_held_out_half_stays_above_the_bar(tmp_path: Path) -> None:
    result = run(Settings(home=tmp_path), None)
    page = (tmp_path / "errors" / "facts.html").read_text(encoding="utf-8")
    assert "dev half" in page
    assert "test half" not in page
    test = result["sets"]["marked sentences, test half"]
    assert test["f1"] >= 0.85
    assert test["year_right"] >= 0.9
    base = result["sets"]["baseline on the test half: nearest word"]
    assert test["f1"] > base["high"]


def test_golden_halves_are_apart_and_large_enough() -> None:
    halves = [read_marked(GOLDEN / f"facts_{half}.jsonl") for half in ("dev", "test")]
    texts = [{row["marked"] for row in half} for half in halves]
    assert not texts[0] & texts[1]
    assert len(texts[0]) + len(texts[1]) >= 150
    known = {metric.name for metric in load_lexicon().data.metrics}
    told = {fact["metric"] for half in halves for row in half for fact in row["facts"]}
    assert told <= known
    assert json.dumps(figures([])["f1"]) == "0.0"


def test_this_area_is_the_cluster_spoken_of_though_the_nation_is_named() -> None:
    marked = (
        "[Mexico|COUNTRY:MX] has many parks, the [Toluca cluster|CLUSTER:MX] being the largest. "
        "Some 70,000 jobs in this area depend on national rules."
    )
    (fact,) = facts_of_marked("p", marked)
    assert (fact.metric, fact.value, fact.entity_id) == (
        "employment", 70000.0, "CLUSTER:Toluca cluster",
    )  # fmt: skip


def test_table_leaves_out_parts_classes_and_what_only_the_caption_names() -> None:
    cells = (
        ("Measure", "2010", "2013"),
        ("Overtime (hours)", "71", "69"),
        ("Firms with a union", "3", "6"),
        ("10–49 workers", "83", "90"),
        ("Exporting firms", "291", "268"),
        ("Monthly wage (USD)", "72", "79"),
    )
    caption = "Table 1. Firms of Agra"
    text = caption + "\n" + "\n".join(" | ".join(row) for row in cells) + "\nSource: own survey."
    at = text.index("Agra")
    context = PassageContext(
        "p", text, mentions=(Mention("m", "p", "CLUSTER", "e", "Agra", at, at + 4, "x", 1),),
        entities={"e": Entity("e", "CLUSTER", "Agra", "IN")},
        tables=(Table("t", "paper", caption, None, cells),), role="table",
    )  # fmt: skip
    assert [
        (f.metric, f.value, f.unit, f.year, f.claim_source) for f in find_facts(context, ())
    ] == [
        ("firms", 291.0, "firms", 2010, "own"),
        ("firms", 268.0, "firms", 2013, "own"),
        ("wage", 72.0, "USD per month", 2010, "own"),
        ("wage", 79.0, "USD per month", 2013, "own"),
    ]


def test_each_number_goes_to_its_own_cluster() -> None:
    told = facts_of_marked(
        "p",
        "There are 1,200 workshops in [Ludhiana|CLUSTER:IN], 800 in [Tiruppur|CLUSTER:IN] and"
        " 350 in [Panipat|CLUSTER:IN]; the [Agra cluster|CLUSTER:IN] is 12 km long.",
    )
    assert [(f.value, f.unit, f.entity_id) for f in told if f.metric == "firms"] == [
        (1200.0, "firms", "CLUSTER:Ludhiana"),
        (800.0, "firms", "CLUSTER:Tiruppur"),
        (350.0, "firms", "CLUSTER:Panipat"),
    ]


def test_a_bare_number_away_from_a_cluster_takes_no_metric() -> None:
    told = facts_of_marked(
        "p",
        "The [Agra cluster|CLUSTER:IN] has 300 firms; in [Kanpur|CLUSTER:IN], table 12 says, 40"
        " of them lie idle, and the list of [Unnao|CLUSTER:IN] has 14 pages.",
    )
    assert [(f.value, f.entity_id) for f in told if f.metric == "firms"] == [
        (300.0, "CLUSTER:Agra cluster")
    ]

"""Numbers that no rule knows, taken or denied by the words around them."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.evaluation.facts import facts_of_marked
from pipeline.errors import CodebookError
from pipeline.extract import number_words
from pipeline.extract.facts_heard import Heard
from pipeline.extract.facts_metric import around
from pipeline.extract.facts_supposed import TAKEN, asked, may_be
from pipeline.extract.facts_words import Verdict
from pipeline.extract.number_words import NONE, NumberWords, load_number_words, number_features
from pipeline.extract.quantities import find_amounts
from pipeline.extract.quantities_lexicon import load_lexicon

_PLACE = "The [Zarqa tile cluster|CLUSTER:JO]"


def _told(marked: str) -> dict[float, tuple[str, str, str]]:
    return {f.value: (f.metric, f.unit, f.rule) for f in facts_of_marked("p", marked)}


@pytest.mark.parametrize(
    "text",
    [
        f"{_PLACE} was home to workshops in great number: 420 by the count of 2004.",
        f"{_PLACE} gathers producers of all sizes, 420 at the last count.",
    ],
)
def test_a_bare_number_is_taken_by_its_words_and_says_how_surely(text: str) -> None:
    metric, unit, rule = _told(text)[420]
    assert (metric, unit) == ("firms", "firms")
    assert float(rule.split("(")[1].split(")")[0]) > TAKEN


@pytest.mark.parametrize(
    "text",
    [
        f"{_PLACE} stood at 420 in the index.",
        f"{_PLACE} had 310 firms in 1980, not 420 as was said.",
        f"{_PLACE} had accidents in great number: 420 by the count of 2004.",
        f"In {_PLACE} rents of JOD 420 a month were usual.",
        f"{_PLACE} drew guests of all sorts, 420 at the last count.",
    ],
)
def test_other_numbers_are_not_taken(text: str) -> None:
    assert _told(text).get(420, ("other",))[0] == "other"


@pytest.mark.parametrize(
    ("text", "rule", "metric", "may"),
    [
        ("Its workshops? It had 420.", "", "firms", True),
        ("It had 420.", "", "firms", False),
        ("It gave work to as many as 420.", "", "employment", True),
        ("Its workshops had 420 accidents.", "", "firms", False),
        ("Its workers got EUR 420.", "money", "wage", True),
        ("Its workers got EUR 420.", "money", "firms", False),
        ("It took 42 per cent.", "share", "market_share", True),
        ("It took 42 per cent.", "share", "area", False),
        ("It fed 420 people.", "persons", "employment", True),
    ],
)
def test_words_give_no_metric_that_the_unit_forbids(
    text: str, rule: str, metric: str, may: bool
) -> None:
    amount = find_amounts(text, load_lexicon(), ())[0]
    near = around(text, amount.start, amount.end)
    verdict = Verdict("other", rule) if rule else None
    heard = Heard(amount, near, verdict, None, "" if rule else "no metric")
    assert asked(heard)
    assert may_be(heard, metric) is may


def test_rules_that_know_what_else_a_number_is_are_not_overruled() -> None:
    text = "Rents were EUR 420."
    amount = find_amounts(text, load_lexicon(), ())[0]
    near = around(text, amount.start, amount.end)
    assert not asked(Heard(amount, near, Verdict("other", "price"), None, ""))
    assert not asked(Heard(amount, near, Verdict("wage", "pay"), None, "one firm"))
    assert not asked(Heard(amount, near, Verdict("other", "money"), None, "one firm"))


def test_probabilities_are_a_share_of_one_and_follow_the_weights() -> None:
    words = NumberWords(("firms", NONE), (0.0, 0.0), {"<it": ((0, 2.0),)})
    likely = words.probabilities({"<it": 1.0, "unheard": 1.0})
    assert sum(likely.values()) == pytest.approx(1)
    assert likely["firms"] == pytest.approx(0.8808, abs=1e-4)


def test_names_count_by_their_kind_and_words_by_their_stem() -> None:
    text = "Gujrat employed 420 in 1990."
    amount = find_amounts(text, load_lexicon(), ())[0]
    found = number_features(text, "", amount, [(0, 6, "CLUSTER")])
    assert "<0employ" in found and "<1CLUSTER" in found and "names CLUSTER" in found
    assert not any("gujrat" in name.lower() for name in found)


def test_a_long_sentence_is_looked_at_near_the_number_alone() -> None:
    text = "word " * 5000 + "it had 420."
    amount = find_amounts(text, load_lexicon(), ())[0]
    far = number_features("quarry " + text, "", amount, [])
    assert "~quarry" not in far


def test_a_broken_table_of_weights_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "number_words.json"
    broken.write_text('{"classes": ["none"]}', encoding="utf-8")
    monkeypatch.setattr(number_words, "FILE", broken)
    load_number_words.cache_clear()
    try:
        with pytest.raises(CodebookError, match="make it anew"):
            load_number_words()
    finally:
        load_number_words.cache_clear()

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.splits import grouped_folds, kept_folds, origin_folds

groups = st.lists(st.sampled_from("abcdefgh"), min_size=3, max_size=60).filter(
    lambda g: len(set(g)) >= 3
)


@given(groups)
def test_no_document_stands_on_both_sides(found: list[str]) -> None:
    folds = grouped_folds(found, 3)
    assert len({(g, f) for g, f in zip(found, folds, strict=True)}) == len(set(found))
    assert set(folds) == {0, 1, 2}


@given(groups, st.randoms())
def test_folds_do_not_depend_on_order(found: list[str], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    before = dict(zip(found, grouped_folds(found, 3), strict=True))
    after = dict(zip(shuffled, grouped_folds(shuffled, 3), strict=True))
    assert before == after


def test_too_few_documents_are_refused() -> None:
    with pytest.raises(ValueError, match="2 groups; expected at least one per fold"):
        grouped_folds(["a", "b"], 3)


def test_each_origin_is_spread_over_the_folds() -> None:
    folds = origin_folds(list("abcdef"), ["real"] * 3 + ["written"] * 3, 3)
    assert sorted(folds[:3]) == sorted(folds[3:]) == [0, 1, 2]


@given(groups, groups)
def test_documents_keep_their_fold_when_the_corpus_grows(old: list[str], new: list[str]) -> None:
    first = dict(zip(old, grouped_folds(old, 3), strict=True))
    grown = old + new
    folds = kept_folds(grown, ["written"] * len(grown), 3, first)
    later = dict(zip(grown, folds, strict=True))
    assert first.items() <= later.items()
    assert len({(g, f) for g, f in zip(grown, folds, strict=True)}) == len(set(grown))


def test_new_documents_fill_the_smallest_fold() -> None:
    found = kept_folds(list("aaabcd"), ["written"] * 6, 3, {"a": 0})
    assert found == [0, 0, 0, 1, 2, 1]


def test_a_kept_fold_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match="a was in fold 4; expected 0 to 2"):
        kept_folds(["a"], ["real"], 3, {"a": 4})

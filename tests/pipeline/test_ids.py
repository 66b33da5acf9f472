"""Ids: content alone decides, on every machine."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ids import ID_HEX_DIGITS, content_id, sha256_bytes, sha256_text

PARTS = st.lists(st.one_of(st.text(max_size=8), st.integers(), st.none()), min_size=1, max_size=4)


def test_an_id_is_pinned() -> None:
    assert content_id("paper", "abc", 1) == "paper_" + sha256_text('["paper","abc",1]')[:20]
    assert sha256_text("") == sha256_bytes(b"")
    assert len(content_id("fact").split("_")[1]) == ID_HEX_DIGITS


@given(PARTS, PARTS)
def test_equal_parts_give_equal_ids_and_others_do_not(
    left: list[object], right: list[object]
) -> None:
    assert (content_id("x", *left) == content_id("x", *right)) == (left == right)


@given(st.text(min_size=2, max_size=10), st.data())
def test_parts_are_never_joined(text: str, data: st.DataObject) -> None:
    one, two = (data.draw(st.integers(0, len(text))) for _ in range(2))
    first, second = content_id("x", text[:one], text[one:]), content_id("x", text[:two], text[two:])
    assert (first == second) == (one == two)


def test_text_that_is_no_unicode_has_an_id_too() -> None:
    assert sha256_text("\ud800") != sha256_text("?")

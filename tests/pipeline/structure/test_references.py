"""Entries of reference lists in many styles: whole works compared."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.structure.entries import entries_of
from pipeline.structure.references import parse_reference, parse_references

# ruff: noqa: E501 - an entry is a line
# Entry; authors; year; title; container; DOI.
STYLES: list[tuple[str, tuple[str, ...], str | None, str | None, str | None, str | None]] = [
    (
        "Weber, A. (1994). The making of chains: How shops buy. Journal of Example Trade, 12(3), 4–9."
        " https://doi.org/10.1234/EX.1994.7",
        ("Weber, A.",), "1994", "The making of chains: How shops buy", "Journal of Example Trade",
        "10.1234/ex.1994.7",
    ),
    (
        "Weber, A., Maro, B. C., & van der Linde, D. (1999a). Ties and trust. In E. Sedova (Ed.), The"
        " handbook of ties (pp. 3–9). Oslo: Example Press.",
        ("Weber, A.", "Maro, B. C.", "van der Linde, D."), "1999a", "Ties and trust",
        "The handbook of ties", None,
    ),
    (
        "Weber, Anna/ Maro, Bo (2005): Cluster ohne Grenzen. In: Zeitschrift für Beispiele 9(2), S. 3-9",
        ("Weber, Anna", "Maro, Bo"), "2005", "Cluster ohne Grenzen", "Zeitschrift für Beispiele", None,
    ),
    (
        "WEBER, A. and B. MARO 1999: Ties of trade. In: World of Examples 27, pp. 1503-1514.",
        ("WEBER, A.", "B. MARO"), "1999", "Ties of trade", "World of Examples", None,
    ),
    (
        "Weber, A. and Maro, B. (forthcoming). Myths of trade. Example & Society.",
        ("Weber, A.", "Maro, B."), "forthcoming", "Myths of trade", "Example & Society", None,
    ),
    (
        "Weber, A. 2003. Ties of trade. Example Studies 31 (1): 1–29.",
        ("Weber, A.",), "2003", "Ties of trade", "Example Studies", None,
    ),
    (
        "Weber, Anna, and Bo Maro. 2003. “Ties of Trade.” Example Studies 31 (1): 1–29.",
        ("Weber, Anna", "Bo Maro"), "2003", "Ties of Trade", "Example Studies", None,
    ),
    (
        "World Commission on Examples and Trade (WCET) (1987): Our common chain. Oxford",
        ("World Commission on Examples and Trade (WCET)",), "1987", "Our common chain", "Oxford", None,
    ),
    (
        "WBET. (2001). Report of the board. Geneva: World Board of Example Trades.",
        ("WBET",), "2001", "Report of the board", "Geneva: World Board of Example Trades", None,
    ),
    (
        "[12] A. Weber, B. Maro. Ties of trade. Example Studies. 2004;12:3-4.",
        ("A. Weber", "B. Maro"), "2004", "Ties of trade", "Example Studies", None,
    ),
    (
        "Weber, A. (n.d.). Ties of trade. Retrieved May 10, 2014 from http://example.org/a_b.pdf.",
        ("Weber, A.",), "n.d.", "Ties of trade", "Retrieved May", None,
    ),
    (
        "O'Neil, A. (Ed.) (2008b). Can ties bind? Questions of trade. Example Press, Oslo.",
        ("O'Neil, A.",), "2008b", "Can ties bind?", "Questions of trade. Example Press, Oslo", None,
    ),
]  # fmt: skip


@pytest.mark.parametrize("row", STYLES, ids=lambda row: row[0][:30])
def test_each_style_gives_one_work(
    row: tuple[str, tuple[str, ...], str | None, str | None, str | None, str | None],
) -> None:
    entry, authors, year, title, container, doi = row
    work = parse_reference(entry)
    assert work.authors == authors
    assert (work.year, work.title, work.doi) == (year, title, doi)
    assert (work.container or "").startswith((container or "").split(". ")[0][:20])
    assert work.raw == " ".join(entry.split())


def test_entries_broken_over_lines_or_pages_are_joined() -> None:
    texts = [
        "Weber, A. (1994). The making of chains: How shops buy over borders and",
        "seas. Journal of Example Trade, 12(3), 4–9.",
        "Maro, B. (2001). Ties. Working Paper 4. Retrieved from",
        "http://example.org/ties.pdf",
        "van Dorn, C. (2002). Trust. Oslo: Example Press.",
        "———. (2004). More trust. Oslo: Example Press.",
    ]
    entries = entries_of(texts)
    assert [number for number, _ in entries] == [0, 2, 4, 5]
    works = parse_references([text for _, text in entries])
    assert [(w.authors, w.year) for w in works] == [
        (("Weber, A.",), "1994"), (("Maro, B.",), "2001"),
        (("van Dorn, C.",), "2002"), (("van Dorn, C.",), "2004"),
    ]  # fmt: skip


def test_the_same_work_in_two_lists_has_one_id_and_twins_in_one_list_two() -> None:
    one = parse_reference(
        "Weber, A. (2010a). Labour organisation in chains. J. Ex., 3, 1–2.", "paper_a"
    )
    two = parse_reference("Weber, Anna (2010): Labor organization in chains. In: Journal of Ex 3")
    assert one.work_id == two.work_id
    twins = parse_references([one.raw, one.raw])
    assert len({work.work_id for work in twins}) == 2


@given(st.lists(st.text(alphabet=st.sampled_from("AbcWeber,. &(1999a)/:[12]—“”In"), max_size=120)))
def test_no_entry_is_lost_and_none_raises(entries: list[str]) -> None:
    works = parse_references(entries)
    assert [work.raw for work in works] == [" ".join(entry.split()) for entry in entries]
    assert len({work.work_id for work in works}) == len(works)


@pytest.mark.parametrize(
    "unit", ["Weber, A. ", "(1999", "a ", "“a", "1999. ", ", A., & ", "- ", "[1]"]
)
def test_long_hostile_entries_take_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    started = time.process_time()
    parse_reference(text)
    entries_of([text, text])
    assert time.process_time() - started < 3

"""Citations in running text: written in brackets, whole sets compared."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.structure.citations import citation_regions, find_citations, loose_works, resolve

# Each marked span is one citation; behind it "=authors=year" as they must be understood.
EXAMPLES: list[tuple[str, list[tuple[str, tuple[str, ...], str]]]] = [
    (
        "It grew (Weber and Maro, 1999; Sedova 2010).",
        [("Weber and Maro, 1999", ("Weber", "Maro"), "1999"), ("Sedova 2010", ("Sedova",), "2010")],
    ),
    (
        "Weber (1999a, b) and Maro (2001, p. 4) agree.",
        [
            ("Weber (1999a", ("Weber",), "1999a"),
            ("b", ("Weber",), "1999b"),
            ("Maro (2001", ("Maro",), "2001"),
        ],
    ),
    ("This holds, cf. Weber 1999: 12.", [("Weber 1999", ("Weber",), "1999")]),
    ("So say Weber/ Maro 2004.", [("Weber/ Maro 2004", ("Weber", "Maro"), "2004")]),
    ("Weber et al. (2003, p. 4) say so.", [("Weber et al. (2003", ("Weber",), "2003")]),
    ("Some doubt it (see, e.g., Weber 1999).", [("Weber 1999", ("Weber",), "1999")]),
    ("Wages rose (ILO 2010).", [("ILO 2010", ("ILO",), "2010")]),
    ("According to the ILO (2010), wages rose.", [("ILO (2010)", ("ILO",), "2010")]),
    (
        "Rivals share it (Weber 1994, 2000; Maro, Sedova & Lind, 2003: 12ff.).",
        [
            ("Weber 1994", ("Weber",), "1994"),
            ("2000", ("Weber",), "2000"),
            ("Maro, Sedova & Lind, 2003", ("Maro", "Sedova", "Lind"), "2003"),
        ],
    ),
    (
        "In Pakistan, Weber and Maro (2005) find that Sedova's (2004) view fails.",
        [
            ("Weber and Maro (2005)", ("Weber", "Maro"), "2005"),
            ("Sedova's (2004)", ("Sedova",), "2004"),
        ],
    ),
    (
        "Clusters in Harare, as de Oliveira and van der Linde (in press) argue, differ.",
        [
            (
                "de Oliveira and van der Linde (in press)",
                ("de Oliveira", "van der Linde"),
                "in press",
            )
        ],
    ),
    (
        "They watch (Ministry of Corporate Affairs, 2011).",
        [("Ministry of Corporate Affairs, 2011", ("Ministry of Corporate Affairs",), "2011")],
    ),
    (
        "It spread (what Weber and Maro [2011] call a chain).",
        [("Weber and Maro [2011]", ("Weber", "Maro"), "2011")],
    ),
    ("Pages matter (Weber 1999: 1673ff., 1678).", [("Weber 1999", ("Weber",), "1999")]),
    (
        "Two brothers (A. Weber, 2007; F. Weber 2007).",
        [("A. Weber, 2007", ("A. Weber",), "2007"), ("F. Weber 2007", ("F. Weber",), "2007")],
    ),
    (
        "Not so (Schleicher- Tapp et al.2007: 3).",
        [("Schleicher- Tapp et al.2007", ("Schleicher- Tapp",), "2007")],
    ),
    ("In 1999 the cluster had 40 firms, up from 12 in March 1990 (in 1980: 3).", []),
    ("In the 1990s (1990–1999) exports fell; in 2003, they rose to 2000 pairs.", []),
    ("The forthcoming law and the [14.11.2008] page, http://x.org/2004/a.", []),
]


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_citations_are_found_and_nothing_else(
    text: str, expected: list[tuple[str, tuple[str, ...], str]]
) -> None:
    found = find_citations(text)
    assert [(s.surface, s.authors, s.year) for s in found if s.sure] == [
        (surface + ")" if f"{surface})" in text and "(" in surface else surface, authors, year)
        for surface, authors, year in expected
    ]
    assert all(text[s.start : s.end] == s.surface for s in found)


def test_numbers_in_square_brackets_are_one_citation_each() -> None:
    found = find_citations("Known [12], and so on [3–5, 9]; [7, p. 4].")
    assert [s.number for s in found] == ["12", "3", "4", "5", "9", "7"]


REGIONS = [
    "Firms in India [(see also Weber and Maro, 1999; Sedova 2010: 4)] grew.",
    "[Weber and Maro (2005, p. 4)] visit Sialkot.",
    "Wages [(ILO 2010)] rose, says the ILO.",
    "It fell (in Pakistan, where the ILO helped; [Weber 1999]).",
    "The Atlanta Agreement (1997) and the North American Free Trade Agreement (1994) hold.",
    "Known [[12]] and [[3–5]] in Sialkot (Pakistan) since 1999.",
    "The law (Factories Act, 1948) binds Sialkot (Punjab 1999 census).",
]


@pytest.mark.parametrize("marked", REGIONS)
def test_regions_hold_the_citation_and_nothing_else(marked: str) -> None:
    plain = marked.replace("[[", "{[").replace("]]", "]}")
    text, spans, start = "", [], 0
    for sign in plain:
        opens = sign == "{" or (sign == "[" and "{" not in plain)
        closes = sign == "}" or (sign == "]" and "{" not in plain)
        if opens:
            start = len(text)
        elif closes:
            spans.append((start, len(text)))
        else:
            text += sign
    assert citation_regions(text) == spans


LIST = [
    "Weber, A., & Maro, B. (1999a). Chains of trade. Journal of Made-up Studies, 3(1), 1–9.",
    "Weber, A., & Maro, B. (1999b). More chains. Journal of Made-up Studies, 3(2), 1–9.",
    "Weber, A., Maro, B., & Sedova, C. (2004). Three of them. Oslo: Example Press.",
    "Weber, A. (2004). Alone. Oslo: Example Press.",
    "Sánchez-Gärtner, D. (2006). Accents. Oslo: Example Press.",
    "World Board of Example Trades (WBET). (2001). Report. Geneva.",
    "Lind, E. (forthcoming). Soon. Journal of Made-up Studies.",
    "Garv, N. and Newl, P. (2005). Two. Journal of Made-up Studies 4.",
    "Maro, F. (2007). One brother. Oslo: Example Press.",
    "Maro, G. (2007). Another brother. Oslo: Example Press.",
]
RESOLVED: list[tuple[str, int | None]] = [
    ("(Weber and Maro 1999a)", 0),
    ("(Weber & Maro, 1999b)", 1),
    ("(Weber and Maro 1999)", None),  # which of the two?
    ("(Weber et al. 2004)", 2),
    ("(Weber 2004)", 3),
    ("Weber (2004)", 3),
    ("(Sanchez 2006)", 4),
    ("(Sanchez-Gartner 2006)", 4),
    ("(Sanches Gaertner 2006)", 4),
    ("(WBET 2001)", 5),
    ("(World Board of Example Trades 2001)", 5),
    ("(Lind, in press)", 6),
    ("(Newl and Garv 2005)", 7),
    ("(Maro 2007)", None),  # which brother?
    ("(G. Maro 2007)", 9),
    ("(Webber and Maro 1999a)", 0),
    ("(Nobody 1999)", None),
    ("(Weber 1987)", None),
]


@pytest.mark.parametrize(("text", "entry"), RESOLVED)
def test_a_citation_resolves_to_the_right_entry_or_to_none(text: str, entry: int | None) -> None:
    works = loose_works(LIST)
    found = resolve(find_citations(text), works)
    assert found == [None if entry is None else works[entry]]


def test_numbered_lists_resolve_by_number() -> None:
    works = loose_works(["[1] A. Weber, Chains, J. Ex. 3 (1999) 1–9.", "[2] B. Maro, Ties, 2001."])
    found = resolve(find_citations("So [2], [1], [3]."), works)
    assert [w.key if w else None for w in found] == ["2", "1", None]


@given(st.text(alphabet=st.sampled_from("AbWeber and,;()[]&/19992004 et al.cf'’–:"), max_size=200))
def test_spans_slice_back_and_regions_are_apart(text: str) -> None:
    for span in find_citations(text):
        assert text[span.start : span.end] == span.surface
    at = -1
    for start, end in citation_regions(text):
        assert at < start < end <= len(text)
        at = end


@pytest.mark.parametrize(
    "unit",
    [
        "(Weber 1999",
        "(((1999)",
        "Weber and ",
        "Weber, 1999; ",
        "[1,",
        "1999 ",
        "A. B. (1999) ",
        "[[1999]",
    ],
)
def test_long_hostile_lines_take_linear_time(unit: str) -> None:
    text = (unit * (100_000 // len(unit) + 1))[:100_000]
    started = time.process_time()
    citation_regions(text)
    assert time.process_time() - started < 8

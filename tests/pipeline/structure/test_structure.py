"""Blocks become a paper: written examples with whole results, and laws for any blocks."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import BLOCK_KINDS, Block, Box, Document, MetaValue, Trouble
from pipeline.records import CODED_ROLES, Reading
from pipeline.structure import structure

SENTENCE = "The weavers of the made-up town sell towels to forty shops abroad each year. "


def prose(sentences: int, mark: str = "") -> str:
    return (mark + SENTENCE * sentences).strip()


def read(*blocks: Block, **given_: object) -> Reading:
    document = Document("text/plain", blocks, **given_)  # type: ignore[arg-type]
    return structure(document, source="paper.txt", sha256="0" * 64)


def outline(reading: Reading) -> list[tuple[str, str | None, int, list[int]]]:
    """Return role, heading, level and the passages' words of each section."""
    words: dict[str, list[int]] = {s.section_id: [] for s in reading.sections}
    for passage in reading.passages:
        words[passage.section_id].append(len(passage.text.split()))
    return [(s.role, s.heading, s.level, words[s.section_id]) for s in reading.sections]


PAPER = (
    Block("title", "Towels and Trust"),
    Block("authors", "Anna Weber and Bo Maro"),
    Block("front", "Published online: 3 May 2011, doi:10.5555/TT.2011.1."),
    Block("heading", "Abstract", level=1),
    Block("abstract", prose(3)),
    Block("keywords", "Keywords: towels; trust"),
    Block("heading", "1 Introduction", level=1),
    Block("paragraph", prose(2, "(Sedova 2004) ")),
    Block("note", "A note that the page keeps at its foot.", marker="1"),
    Block("paragraph", "A short one."),
    Block("heading", "2 Findings", level=1),
    Block("heading", "2.1 Wages", level=2),
    Block("paragraph", prose(20)),
    Block("caption", "Table 1. Wages"),
    Block("table", "Year | Wage\n2001 | 4", cells=(("Year", "Wage"), ("2001", "4"))),
    Block("paragraph", "The steps are three:"),
    Block("list_item", prose(1, "First. ")),
    Block("list_item", prose(1, "Second. ")),
    Block("paragraph", "Acknowledgements: The authors thank nobody in particular."),
    Block("heading", "References", level=1),
    Block("reference", "Sedova, C. (2004). Towels. Oslo: Example Press."),
    Block("reference", "Lind, E. (2010). Trust. Oslo: Example Press."),
    Block("heading", "Appendix A: Questions", level=1),
    Block("paragraph", prose(2)),
)


def test_a_paper_is_cut_into_sections_with_roles() -> None:
    assert outline(read(*PAPER)) == [
        ("front", None, 1, [14]),
        ("abstract", "Abstract", 1, [43]),
        ("front", None, 1, [3]),
        ("body", "1 Introduction", 1, [35]),
        ("note", None, 1, [9]),
        ("body", "2 Findings", 1, []),
        ("body", "2.1 Wages", 2, [144, 140, 34]),
        ("table", "Table 1. Wages", 1, [9]),
        ("front", None, 1, [7]),
        ("references", "References", 1, [15]),
        ("appendix", "Appendix A: Questions", 1, [31]),
    ]


def test_headings_notes_and_lists_stand_where_they_must() -> None:
    reading = read(*PAPER)
    texts = [p.text for p in reading.passages]
    wages = next(p for p in reading.passages if "2.1 Wages" in p.text)
    assert wages.text[: wages.heading_end] == "2 Findings\n\n2.1 Wages\n\n"
    introduction = next(p for p in reading.passages if p.text.startswith("1 Introduction"))
    assert introduction.text.endswith("A short one.")  # joined over the note
    steps = next(text for text in texts if "The steps are three:" in text)
    assert steps.startswith("The steps are three:")
    assert steps.count("\n\n") == 2
    assert [(t.caption, t.cells) for t in reading.tables] == [
        ("Table 1. Wages", (("Year", "Wage"), ("2001", "4")))
    ]
    assert [(w.authors, w.year, w.title) for w in reading.works] == [
        (("Sedova, C.",), "2004", "Towels"), (("Lind, E.",), "2010", "Trust"),
    ]  # fmt: skip
    assert [(c.surface, c.work_id) for c in reading.citations] == [
        ("Sedova 2004", reading.works[0].work_id)
    ]


def test_the_reading_order_of_the_contract_gives_all_but_notes_and_tables() -> None:
    reading = read(*PAPER)
    role = {s.section_id: s.role for s in reading.sections}
    spoken = [p.text for p in reading.passages if role[p.section_id] not in ("note", "table")]
    expected = [b.text for b in PAPER if b.kind not in ("note", "caption", "table")]
    assert " ".join(spoken).split() == " ".join(expected).split()


def test_metadata_comes_with_its_origin() -> None:
    paper = read(*PAPER, metadata=(MetaValue("title", "Microsoft Word - x.doc", "pdf:info"),)).paper
    assert (paper.title, paper.authors, paper.year) == (
        "Towels and Trust", ("Anna Weber", "Bo Maro"), 2011,
    )  # fmt: skip
    assert (paper.doi, paper.language, paper.keywords) == (
        "10.5555/tt.2011.1", "en", ("towels", "trust"),
    )  # fmt: skip
    assert paper.abstract == prose(3)
    assert dict(paper.metadata_origin) == dict.fromkeys(
        ["title", "authors", "language", "abstract", "keywords"], "text"
    ) | {"year": "front", "doi": "front"}


def test_what_the_page_declares_goes_before_what_the_text_shows() -> None:
    given_ = (
        MetaValue("title", "The Declared Title", "html:citation_title"),
        MetaValue("authors", "Weber, Anna", "html:citation_author"),
        MetaValue("authors", "Maro, Bo", "html:citation_author"),
        MetaValue("year", "2009/04/01", "html:citation_date"),
    )
    paper = read(*PAPER, metadata=given_).paper
    assert (paper.title, paper.authors, paper.year) == (
        "The Declared Title", ("Anna Weber", "Bo Maro"), 2009,
    )  # fmt: skip


def test_a_paper_without_a_date_gets_the_latest_year_of_its_list_and_an_issue() -> None:
    reading = read(*[b for b in PAPER if b.kind != "front"])
    assert reading.paper.year == 2010
    assert dict(reading.paper.metadata_origin)["year"].startswith("estimate:")
    assert [issue.problem for issue in reading.issues] == ["year_estimated"]


def test_troubles_and_unresolved_citations_become_issues() -> None:
    blocks = (Block("paragraph", prose(2, "(Nobody 1999) ")), *PAPER[19:22])
    reading = read(*blocks, troubles=(Trouble("cut_short", "2 of 9 pages"),))
    assert sorted((i.stage, i.problem) for i in reading.issues) == [
        ("read", "cut_short"),
        ("structure", "citations_unresolved"), ("structure", "year_estimated"),
    ]  # fmt: skip
    assert [c.work_id for c in reading.citations] == [None]


def test_a_list_of_works_under_a_heading_of_its_own_is_a_reference_list() -> None:
    reading = read(
        Block("paragraph", prose(3)),
        Block("heading", "Works I used", level=1),
        Block("paragraph", PAPER[20].text),
        Block("paragraph", PAPER[21].text),
    )
    assert [s.role for s in reading.sections] == ["body", "references"]
    assert len(reading.works) == 2


def test_other_languages_are_told() -> None:
    german = "Die Weber der Stadt verkaufen ihre Tücher an vierzig Läden im Ausland und zu Hause. "
    assert read(Block("paragraph", german * 4)).paper.language == "de"
    assert read(Block("paragraph", prose(3))).paper.language == "en"
    assert read(Block("paragraph", "Hm.")).paper.language is None


def test_pages_and_boxes_follow_the_part_of_a_block_that_a_passage_covers() -> None:
    boxes = tuple(
        Box(page, 50, 700 if page == 4 else 60, 300, 760 if page == 4 else 120) for page in (4, 5)
    )
    reading = read(Block("paragraph", prose(20), page=4, page_to=5, boxes=boxes))
    assert [(p.page, p.page_to) for p in reading.passages] == [(4, 4), (5, 5)]
    assert [(b.passage_id, b.box.page) for b in reading.boxes] == [
        (reading.passages[0].passage_id, 4), (reading.passages[1].passage_id, 5),
    ]  # fmt: skip


WORDS = st.sampled_from(
    ["Firms", "sell", "towels.", "(Weber", "1999)", "In", "e.g.", "wages,", "rose;", "A.", "x" * 40]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=260).map(" ".join)
BLOCKS = st.builds(
    Block, kind=st.sampled_from(BLOCK_KINDS), text=TEXTS | st.just("References") | st.just("Notes"),
    level=st.integers(0, 3),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=12))
def test_laws_of_any_reading(blocks: list[Block]) -> None:
    reading = read(*blocks)
    at = 0
    for ordinal, passage in enumerate(reading.passages):
        assert passage.ordinal == ordinal
        assert passage.text == reading.text[passage.start : passage.end]
        assert not reading.text[at : passage.start].strip()
        assert 0 <= passage.heading_end <= len(passage.text)
        at = passage.end
    assert not reading.text[at:].strip()
    assert sorted(reading.text.split()) == sorted(w for b in blocks for w in b.text.split())
    known = {section.section_id for section in reading.sections}
    assert len(known) == len(reading.sections)
    assert {p.section_id for p in reading.passages} <= known
    assert len({p.passage_id for p in reading.passages}) == len(reading.passages)
    assert {c.passage_id for c in reading.citations} <= {p.passage_id for p in reading.passages}
    assert reading == read(*blocks)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=12))
def test_passages_of_evidence_keep_their_length(sentences: list[int]) -> None:
    reading = read(*[Block("paragraph", prose(n)) for n in sentences])
    role = {s.section_id: s.role for s in reading.sections}
    lengths = [len(p.text.split()) for p in reading.passages if role[p.section_id] in CODED_ROLES]
    assert max(lengths) <= 180
    if sum(sentences) > 1:
        assert min(lengths) >= 25


@pytest.mark.parametrize(
    "text",
    ["a" * 100_000, "word " * 20_000, "A. " * 30_000, "(" * 100_000, "x;" * 50_000, "字" * 100_000],
)
def test_long_hostile_lines_are_cut_in_linear_time(text: str) -> None:
    started = time.process_time()
    reading = read(Block("paragraph", text.strip()))
    assert time.process_time() - started < 8
    assert max(len(p.text) for p in reading.passages) <= 2200
    assert "".join(p.text for p in reading.passages).replace(" ", "") == text.replace(" ", "")

"""PDF: reading order, what is seen, what is missing."""

from __future__ import annotations

import pytest

from bench.reading_accuracy import reading_text, shares
from pipeline.errors import ReadError
from pipeline.readers import read_bytes
from tests.pipeline.readers.designs import DESIGNS, Design, make
from tests.pipeline.readers.making import raw_pdf

SEEN = "BT /F1 12 Tf 72 700 Td (Seen words on the page) Tj ET\n"


def texts(data: bytes) -> list[str]:
    return [block.text for block in read_bytes(data, "a.pdf").blocks]


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.name)
def test_a_design_reads_in_order(design: Design) -> None:
    made = make(design, seed=3)
    document = read_bytes(made.data, "a.pdf")
    recall, precision = shares(reading_text(document), "\n".join(made.body))
    assert min(recall, precision) >= 0.995
    assert document.n_pages == made.n_pages
    assert sorted(b.text for b in document.blocks if b.kind == "note") == sorted(made.notes)
    assert [b.text for b in document.blocks if b.kind == "title"] == [made.title]
    headings = [b.text for b in document.blocks if b.kind == "heading"]
    assert headings == ["Abstract", *made.headings]
    tables = [b.cells for b in document.blocks if b.kind == "table"]
    years = (
        ("Year", "Firms", "Workers"),
        ("2005", "120", "4,300"),
        ("2010", "180", "6,100"),
        ("2015", "95", "2,900"),
    )
    assert tables == [years]


def test_every_block_has_its_page_and_boxes_on_it() -> None:
    made = make(DESIGNS[3], seed=3)
    for block in read_bytes(made.data, "a.pdf").blocks:
        assert block.page is not None
        assert block.boxes
        for box in block.boxes:
            assert 0 <= box.left < box.right <= 595
            assert 0 <= box.top < box.bottom <= 842
            assert block.page <= box.page <= (block.page_to or block.page)


@pytest.mark.parametrize(
    "hidden",
    [
        "BT /F1 12 Tf 3 Tr 72 600 Td (unseen) Tj ET",
        "BT /F1 12 Tf 1 1 1 rg 72 600 Td (unseen) Tj ET",
        "BT /F1 12 Tf 900 600 Td (unseen) Tj ET",
        "BT /F1 12 Tf 72 -40 Td (unseen) Tj ET",
        "BT /F1 0.4 Tf 72 600 Td (unseen) Tj ET",
        "q 1 0 0 1 0 0 cm BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 200 Tm (DRAFT) Tj ET Q",
    ],
    ids=[
        "render mode 3",
        "white on white",
        "right of the page",
        "below the page",
        "tiny",
        "watermark",
    ],
)
def test_text_that_no_reader_sees_is_left_out(hidden: str) -> None:
    assert texts(raw_pdf(SEEN + hidden)) == ["Seen words on the page"]


def test_white_text_on_a_dark_ground_is_seen() -> None:
    ground = (
        "0 0 0.4 rg 60 590 300 30 re f BT /F1 12 Tf 1 1 1 rg 72 600 Td (White on blue words) Tj ET"
    )
    assert texts(raw_pdf(SEEN + ground)) == ["Seen words on the page", "White on blue words"]


def test_a_layer_that_is_switched_off_is_left_out() -> None:
    layers = "/OCProperties << /OCGs [5 0 R 6 0 R] /D << /ON [6 0 R] /OFF [5 0 R] >> >>"
    content = (
        SEEN + "/OC /L1 BDC BT /F1 12 Tf 72 600 Td (in a layer that is off) Tj ET EMC\n"
        "/OC /L2 BDC BT /F1 12 Tf 72 500 Td (In a layer that is on) Tj ET EMC\n"
    )
    data = raw_pdf(
        content, catalog=layers, resources="/Properties << /L1 5 0 R /L2 6 0 R >>",
        extra="5=<< /Type /OCG /Name (off) >>||6=<< /Type /OCG /Name (on) >>",
    )  # fmt: skip
    assert texts(data) == ["Seen words on the page", "In a layer that is on"]


def test_a_file_cut_short_gives_its_first_pages_and_says_what_is_missing() -> None:
    made = make(DESIGNS[0], seed=3)
    cut = made.data[: int(len(made.data) * 0.7)]
    try:
        document = read_bytes(cut, "a.pdf")
    except ReadError as error:
        assert error.reason == "damaged"
        assert "cut short" in error.detail
    else:
        assert [t.problem for t in document.troubles] == ["cut_short"]
        assert document.blocks[0].text == made.title


def test_too_many_pages_are_cut_with_a_word_about_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.readers.pdf.pages.MAX_PAGES", 3)
    document = read_bytes(raw_pdf(SEEN, pages=9), "a.pdf")
    assert document.n_pages == 9
    assert [t.problem for t in document.troubles] == ["too_many_pages"]


def test_a_file_without_text_says_so() -> None:
    with pytest.raises(ReadError, match="shows any text") as caught:
        read_bytes(raw_pdf("0 0 1 rg 10 10 50 50 re f"), "a.pdf")
    assert caught.value.reason == "no_text"

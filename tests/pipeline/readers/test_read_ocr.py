"""Scanned pages through OCR: with the extra where it is installed, and with a stand-in for it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bench.reading_accuracy import reading_text, shares
from pipeline.errors import ReadError
from pipeline.readers import ocr, read_bytes
from tests.pipeline.readers.designs import Design, make
from tests.pipeline.readers.making import raw_pdf

SMALL = Design("scanned", page=(420, 595), margin=40, size=11, leading=14, sections=1, notes=False,
               table=False, head="none")  # fmt: skip
needs_ocr = pytest.mark.skipif(not ocr.available(), reason="the extra 'ocr' is not installed")


def line(x: float, y: float, width: float, height: float = 30) -> list[list[float]]:
    return [[x, y], [x + width, y], [x + width, y + height], [x, y + height]]


class Engine:
    """Stands in for the engine: finds the given lines on each picture in turn."""

    def __init__(self, *pages: list[tuple[str, list[list[float]], float]]) -> None:
        self.pages, self.shapes = list(pages), list[tuple[int, ...]]()

    def __call__(self, picture: Any, use_cls: bool = True) -> SimpleNamespace:
        self.shapes.append(picture.shape)
        texts, boxes, scores = zip(*self.pages.pop(0), strict=True)
        return SimpleNamespace(boxes=boxes, txts=texts, scores=scores)


def use(monkeypatch: pytest.MonkeyPatch, engine: Engine) -> Engine:
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "_engine", lambda: engine)
    return engine


def test_lines_found_by_ocr_become_paragraphs(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [("Words of the clus-", line(10, 10, 290), 0.99), ("ter.", line(10, 45, 60), 0.99),
             ("More words.", line(10, 300, 150), 0.99)]  # fmt: skip
    engine = use(monkeypatch, Engine(found))
    data = (shared / "samples" / "x01_scanned_no_text.pdf").read_bytes()
    document = read_bytes(data, "x01.pdf")
    assert document.reader == "pdf+ocr"
    assert [b.text for b in document.blocks] == ["Words of the cluster.", "More words."]
    assert [(b.page, len(b.boxes)) for b in document.blocks] == [(1, 1), (1, 1)]
    assert engine.shapes == [(2200, 1700, 3)]


def test_a_page_on_its_side_is_turned_and_its_boxes_are_turned_back(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    well = [("Upright words", line(200, 100, 40, 900), 0.99)] * 2  # turned line by line
    bad = [("x|-", line(200, 100, 900, 40), 0.4)] * 2
    good = [("Upright words of a page on its side", line(100, 200, 900, 40), 0.99)]
    engine = use(monkeypatch, Engine(well, bad, good))
    data = (shared / "samples" / "x01_scanned_no_text.pdf").read_bytes()
    document = read_bytes(data, "x01.pdf")
    assert [b.text for b in document.blocks] == ["Upright words of a page on its side"]
    assert engine.shapes == [(2200, 1700, 3), (1700, 2200, 3), (1700, 2200, 3)]
    box = document.blocks[0].boxes[0]
    assert box.bottom - box.top > 5 * (box.right - box.left)


def test_scanned_pages_among_others_are_read_in_their_place(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, Engine([("Words of the scanned page.", line(100, 900, 600), 0.99)]))
    picture = "q 612 0 0 792 0 0 cm /Im Do Q"
    text = "BT /F1 12 Tf 72 400 Td (A page that has its own text, which is long enough to be"
    text += " told from a stamp upon a scan, and says so for quite a while longer.) Tj ET"
    data = raw_pdf(
        f"%CONTENT {picture}", resources="/XObject << /Im 5 0 R >>", pages=2,
        extra="5=<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8"
        " /ColorSpace /DeviceGray /Length 1 >>\nstream\nA\nendstream",
    ).replace(f"%CONTENT {picture}".encode(), text.encode(), 1)  # fmt: skip
    data = data.replace(b"%CONTENT ", b"         ")
    document = read_bytes(data, "a.pdf")
    assert [b.page for b in document.blocks] == [1, 2]
    assert document.blocks[1].text == "Words of the scanned page."


def test_without_the_extra_a_scan_says_what_to_do(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(ReadError, match="extra 'ocr'") as caught:
        read_bytes((shared / "samples" / "x01_scanned_no_text.pdf").read_bytes(), "x01.pdf")
    assert caught.value.reason == "no_text_layer"


@needs_ocr
@pytest.mark.timeout(900)  # some ten seconds a page, and a page on its side is read twice
@pytest.mark.parametrize("turn", [0, 3])
def test_a_scan_gives_the_words_of_its_page(turn: int) -> None:
    from tests.pipeline.readers.scanning import scan

    made = make(SMALL, seed=5)
    document = read_bytes(scan(made.data, turn=turn), "scan.pdf")
    recall, precision = shares(reading_text(document), "\n".join(made.body))
    assert document.reader == "pdf+ocr"
    assert min(recall, precision) >= 0.97

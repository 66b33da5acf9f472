"""Every file of the samples is loaded or rejected for the right reason; truths are met."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.reading_accuracy import PAIRS, reading_text, shares
from pipeline.errors import ReadError
from pipeline.readers import read_bytes

REJECTED = {
    "x01_scanned_no_text.pdf": "no_text_layer",
    "x03_password_unstructured.pdf": "locked",
    "x11_malformed.pdf": "no_text_layer",
    "x18_scan_rotated.pdf": "no_text_layer",
}
"""x11 is a scanned page with nothing but a date as text."""


def test_every_sample_ends_as_it_should(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.readers.ocr.available", lambda: False)
    rejected, unseen = {}, []
    for path in sorted((shared / "samples").iterdir()):
        try:
            document = read_bytes(path.read_bytes(), path.name)
        except ReadError as error:
            rejected[path.name] = error.reason
        else:
            unseen += [path.name for block in document.blocks if not block.text.strip()]
    assert rejected == REJECTED
    assert unseen == []


@pytest.mark.parametrize(("name", "truth"), PAIRS)
def test_the_words_of_the_truth_come_in_order(shared: Path, name: str, truth: str) -> None:
    folder = shared / "samples"
    document = read_bytes((folder / name).read_bytes(), name)
    recall, precision = shares(reading_text(document), (folder / truth).read_text(encoding="utf-8"))
    assert min(recall, precision) >= 0.99


def test_the_password_opens(shared: Path) -> None:
    data = (shared / "samples" / "x03_password_unstructured.pdf").read_bytes()
    assert read_bytes(data, "a.pdf", passwords=["wrong", "password"]).blocks


def test_hidden_words_and_footers_do_not_count(shared: Path) -> None:
    def text(name: str) -> str:
        return reading_text(read_bytes((shared / "samples" / name).read_bytes(), name))

    assert text("x17_invisible_text.pdf") == "Visible heading line"
    assert "SA8000" not in text("t01_twocol_leather_bangladesh.pdf")
    assert "Schöne".casefold() in text("h07_cp1252.html").casefold()

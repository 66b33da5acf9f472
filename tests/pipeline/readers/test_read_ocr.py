"""Scanned pages through OCR, with an engine that stands in for the extra."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.readers import ocr, read_bytes


def test_a_scan_is_read_by_ocr_where_it_is_installed(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shapes = []

    def engine(picture: Any) -> SimpleNamespace:
        shapes.append(picture.shape)
        corners = [[[10, y], [300, y], [300, y + 30], [10, y + 30]] for y in (10, 45, 300)]
        return SimpleNamespace(boxes=corners, txts=("Words of the clus-", "ter.", "More words."))

    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "_engine", lambda: engine)
    data = (shared / "samples" / "x01_scanned_no_text.pdf").read_bytes()
    document = read_bytes(data, "x01.pdf")
    assert document.reader == "pdf+ocr"
    assert [b.text for b in document.blocks] == ["Words of the cluster.", "More words."]
    assert [(b.page, len(b.boxes)) for b in document.blocks] == [(1, 1), (1, 1)]
    assert len(shapes) == 1
    assert shapes[0][2] == 3

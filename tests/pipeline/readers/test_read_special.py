"""PDFs of awkward design: what a reader would take down, in order, and notes set apart."""

from __future__ import annotations

import pytest

from bench.reading_accuracy import reading_text, shares, words
from pipeline.readers import read_bytes
from tests.pipeline.readers.designs_special import SPECIALS
from tests.pipeline.readers.press import Special


@pytest.mark.parametrize("design", SPECIALS, ids=lambda design: design.__name__)
@pytest.mark.parametrize("seed", [1, 2])
def test_an_awkward_design_reads_in_order(design: object, seed: int) -> None:
    made: Special = design(seed)  # type: ignore[operator]
    document = read_bytes(made.data, "a.pdf")
    text = reading_text(document)
    recall, precision = shares(text, "\n".join(made.body))
    # What stands beside the text (a sidebar, addresses) is visible too, but has no one place.
    n_aside = len(words("\n".join(made.aside)))
    precision *= len(words(text)) / max(len(words(text)) - n_aside, 1)
    assert min(recall, precision) >= 0.98
    assert sorted(b.text for b in document.blocks if b.kind == "note") == sorted(made.notes)

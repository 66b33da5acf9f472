"""One extractor with rules alone, for all tests of extraction."""

from __future__ import annotations

import pytest

from pipeline.codebook import load_codebook
from pipeline.extract import Extractor
from pipeline.protocols import NoJudge


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """Return an extractor without trained models."""
    return Extractor(load_codebook(), NoJudge())

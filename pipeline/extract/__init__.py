"""Text becomes mentions, facts and relations. Knows codebook data and records; nothing above."""

from __future__ import annotations

from pipeline.extract.corrections import Correction
from pipeline.extract.extractor import Extraction, Extractor
from pipeline.extract.loose import LooseResult

__all__ = ["Correction", "Extraction", "Extractor", "LooseResult"]

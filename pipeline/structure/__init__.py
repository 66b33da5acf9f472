"""Blocks become a paper. Knows `pipeline`'s records and readers' words; no spaCy, no models."""

from __future__ import annotations

from pipeline.structure.build import structure
from pipeline.structure.sentences import split_sentences

__all__ = ["split_sentences", "structure"]

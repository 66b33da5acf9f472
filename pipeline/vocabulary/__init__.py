"""Names and words known beforehand, as read from ``codebook/vocabulary``. Knows only data files."""

from __future__ import annotations

from pipeline.vocabulary.load import Vocabulary, load_vocabulary
from pipeline.vocabulary.rows import (
    ActorRow,
    ClusterRow,
    CountryRow,
    PlaceRow,
    SectorRow,
    StandardRow,
)

__all__ = [
    "ActorRow",
    "ClusterRow",
    "CountryRow",
    "PlaceRow",
    "SectorRow",
    "StandardRow",
    "Vocabulary",
    "load_vocabulary",
]

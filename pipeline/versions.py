"""Versions of the steps that read a paper: a changed one has papers read again at the next run."""

from __future__ import annotations

READERS = "readers-2"
"""Changes whenever the same bytes would give other blocks."""
STRUCTURE = "structure-1"
"""Changes whenever the same blocks would give another reading."""
EXTRACTION = "extraction-2"
"""Changes whenever the same reading would give other mentions, sentences, facts or relations."""

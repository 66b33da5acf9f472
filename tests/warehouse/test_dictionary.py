"""The data dictionary and the picture of the tables are those of the schema."""

from __future__ import annotations

from pathlib import Path

import pytest

from warehouse.dictionary import made_documents

MADE = made_documents()


@pytest.mark.parametrize("name", sorted(MADE))
def test_the_document_is_made_from_the_schema_as_it_is(name: str, root: Path) -> None:
    stored = (root / "docs" / name).read_text(encoding="utf-8")
    assert stored == MADE[name], "make it again: python -m warehouse.dictionary"

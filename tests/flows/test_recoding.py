"""After a promotion, stored passages are coded again; no paper is read, and `ingest` rests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import warehouse
from flows.ingest import ingest
from flows.recoding import recode
from flows.settings import Settings
from models.model import load_model
from models.registry import folders_in_use, promote, save_candidate
from pipeline.errors import UnknownNameError, WarehouseMissing

CODES = """
SELECT passage_id, dimension, label, round(probability, 3), selected FROM codes ORDER BY ALL
"""


def _rows(settings: Settings, query: str) -> list[tuple[object, ...]]:
    with warehouse.open(settings.warehouse_path) as reader:
        return reader.sql(query).rows()


@pytest.mark.slow
def test_a_promoted_model_codes_again_without_reading(
    settings: Settings, papers: Callable[..., Path]
) -> None:
    folder = papers(3)
    ingest([folder], settings, workers=1)
    before = _rows(settings, CODES)
    model = load_model(folders_in_use(settings.models_path)["level"], whole=True)
    twin = save_candidate(settings.models_path, replace(model, training={"note": "a twin"}))
    promote(settings.models_path, twin.model_id, "to see what follows")
    for file in folder.iterdir():
        file.unlink()
    report = recode(settings)
    assert report.recoded == Counter(level=3)
    assert _rows(settings, CODES) == before
    assert _rows(settings, "SELECT DISTINCT model_id FROM codes WHERE dimension = 'level'") == [
        (twin.model_id,)
    ]
    assert recode(settings).recoded == Counter()
    papers(3)
    assert ingest([folder], settings, workers=1).actions == Counter(unchanged=3)


def test_what_there_is_not_is_said(settings: Settings) -> None:
    with pytest.raises(WarehouseMissing, match="clusterlore ingest"):
        recode(settings)
    settings.home.mkdir()
    settings.warehouse_path.touch()
    with pytest.raises(UnknownNameError, match="No dimension 'levle'"):
        recode(settings, ["levle"])

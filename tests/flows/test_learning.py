"""Retraining: a new dimension without a line of Python, any table, the gate."""

from __future__ import annotations

import csv
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.cli import main
from flows.learning import train
from flows.settings import Settings
from flows.table_learning import train_from_table
from models.annotated import Annotation
from models.judge import load_judge
from models.model import load_model
from models.passages import CodedPassage, load_written
from models.registry import find_model, models_in_use
from pipeline.codebook import CODEBOOK_FOLDER
from pipeline.errors import ModelError, UnknownNameError, UsageError
from pipeline.protocols import PassageInput

DIMENSION = """
name: water
version: "1"
title: Water
source: a test
question: Does the passage speak of water?
selection: multiple
status: trained
labels:
  - name: spoken_of
    definition: Water, rivers, effluents or dyeing are spoken of.
    cues: [water, effluent, river]
"""


@pytest.fixture(scope="module")
def passages() -> list[CodedPassage]:
    """Return passages of the written corpus, every second one on water."""
    wet, dry = [], []
    for passage in load_written():
        (wet if _wet(passage.text) else dry).append(passage)
    return wet[:60] + dry[:60]


def _wet(text: str) -> bool:
    return any(word in text.lower() for word in ("water", "effluent", "river", "dyeing"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def annotations(passages: list[CodedPassage], n: int | None = None) -> list[Annotation]:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        Annotation(
            p.sha256, p.text, p.group, "water", "spoken_of" if _wet(p.text) else None, "ana", at,
            "jsonl",
        )
        for p in passages[:n]
    ]  # fmt: skip


def test_a_new_dimension_is_a_yaml_file_and_annotated_passages(
    passages: list[CodedPassage], home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.learning.load_written", list)
    codebook = tmp_path / "codebook"
    shutil.copytree(CODEBOOK_FOLDER, codebook)
    (codebook / "dimensions" / "water.yaml").write_text(DIMENSION, encoding="utf-8")
    settings = Settings(home=home)
    (trained,) = train(["water"], settings, annotations(passages), codebook_folder=codebook)
    assert trained.promoted
    assert trained.note == "first model of its dimension"
    figures = trained.figures["real"]
    assert (figures["n"], figures["measure"]) == (120, "micro_f1")
    assert figures["value"] > figures["baselines"]["majority"]["value"]
    assert models_in_use(settings.models_path)["water"] == trained.model_id
    judge = load_judge(settings.models_path)
    (verdict,) = judge.judge([PassageInput("The river ran red with the water of the dyeing vats.")])
    found = {c.label: c.probability for c in verdict.codes if c.dimension == "water"}
    assert set(found) == {"spoken_of"}


def test_a_dimension_names_the_parts_of_its_classifier_and_has_a_page(
    passages: list[CodedPassage],
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("flows.learning.load_written", list)
    codebook = tmp_path / "codebook"
    shutil.copytree(CODEBOOK_FOLDER, codebook)
    named = DIMENSION + "features: [encoder, definitions, sentence_max]\n"
    (codebook / "dimensions" / "water.yaml").write_text(named, encoding="utf-8")
    settings = Settings(home=home)
    (trained,) = train(["water"], settings, annotations(passages, 40), codebook_folder=codebook)
    model = load_model(find_model(settings.models_path, trained.model_id)[1])
    assert model.card.features == ("encoder", "definitions", "sentence_max")
    text = "Wages rose. The river ran red with the water of the dyeing vats. Nobody spoke."
    (verdict,) = load_judge(settings.models_path).judge([PassageInput(text)])
    assert "water" in {one.dimension for one in verdict.codes}
    monkeypatch.setenv("CLUSTERLORE_HOME", str(home))
    page = ["models", "show", trained.model_id, "--page", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", ["clusterlore", *page, "--codebook", str(codebook)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    assert "water.md" in capsys.readouterr().err
    assert "sentence_max" in (tmp_path / "water.md").read_text(encoding="utf-8")
    assert (tmp_path / "water.svg").read_text(encoding="utf-8").startswith("<svg")


def test_too_little_to_learn_from_is_said(
    passages: list[CodedPassage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.learning.load_written", list)
    codebook = tmp_path / "codebook"
    shutil.copytree(CODEBOOK_FOLDER, codebook)
    (codebook / "dimensions" / "water.yaml").write_text(DIMENSION, encoding="utf-8")
    settings = Settings(home=tmp_path / "home")
    with pytest.raises(ModelError, match="water: 12 coded passages"):
        train(["water"], settings, annotations(passages, 12), codebook_folder=codebook)
    with pytest.raises(UnknownNameError, match="No dimension 'watre'"):
        train(["watre"], settings, [], codebook_folder=codebook)


def test_any_table_of_texts_groups_and_labels(
    passages: list[CodedPassage], home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as sink:
        writer = csv.writer(sink)
        writer.writerow(["body", "paper", "wet", "tone"])
        for p in passages:
            writer.writerow([p.text, p.group, int(_wet(p.text)), p.labels["claim"][0]])
    found = train_from_table(path, "body", ["wet", "tone"], "paper", Settings(home=home))
    by_name = {one["dimension"]: one for one in found}
    assert set(by_name) == {"labels", "tone"}
    assert by_name["labels"]["n"] == by_name["tone"]["n"] == 120
    assert by_name["labels"]["folds"] == 5
    assert by_name["labels"]["micro_f1"] > 0.7
    assert by_name["tone"]["measure"] == "accuracy"
    with pytest.raises(UnknownNameError, match=r"No column 'wett'. Known: body, paper"):
        train_from_table(path, "body", ["wett"], "paper", Settings(home=home))
    with pytest.raises(UsageError, match="no such file"):
        train_from_table(tmp_path / "none.csv", "body", ["wet"], None, Settings(home=home))

"""The coded passages that classifiers learn from: every label known, every second code placed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from models.passages import CORPUS_FOLDER, read_jsonl
from pipeline.codebook import load_codebook

FILES = sorted(CORPUS_FOLDER.glob("*_codes.jsonl")) + sorted(CORPUS_FOLDER.glob("written_*.jsonl"))


def _labels(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for codes in (row["labels"], row.get("first_labels", {})):
        yield from ((dimension, label) for dimension, found in codes.items() for label in found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_label_is_one_of_the_codebooks(path: Any) -> None:
    dimensions = load_codebook().dimensions
    known = {(name, label) for name, one in dimensions.items() for label in one.label_names}
    rows = list(read_jsonl(path))
    assert rows
    assert {pair for row in rows for pair in _labels(row)} <= known
    for row in rows:
        assert all(len(row["labels"].get(name, ["-"])) == 1 for name in ("outcome", "claim"))


def test_passages_have_one_id_each_and_second_codes_belong_to_them() -> None:
    written = [
        row["id"] for path in CORPUS_FOLDER.glob("written_*.jsonl") for row in read_jsonl(path)
    ]
    assert len(written) == len(set(written))
    for name in ("second_codes.jsonl", "doubted_second_codes.jsonl"):
        second = [row["id"] for row in read_jsonl(CORPUS_FOLDER / name)]
        assert len(second) == len(set(second))
        assert set(second) <= set(written)


def test_second_codes_of_real_passages_hold_no_text_and_name_the_same_bytes() -> None:
    hashes = {
        row["id"]: row["text_sha256"] for row in read_jsonl(CORPUS_FOLDER / "real_labels.jsonl")
    }
    for row in read_jsonl(CORPUS_FOLDER / "real_second_codes.jsonl"):
        assert set(row) == {"id", "text_sha256", "labels"}
        assert hashes[row["id"]] == row["text_sha256"]

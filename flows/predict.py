"""Loose passages in, codes, mentions and facts out, as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from flows.work import load_extractor
from models.working_points import POINTS
from pipeline.errors import UnknownNameError, UsageError

BATCH = 64
MAX_LINE = 2_000_000


def predict_file(source: Path, out: Path, models_path: Path, point: str) -> int:
    """Code the passages of `source` into `out`, in the same order; return how many.

    Raises
    ------
    UsageError
        No such file, a line that is not an object with ``id`` and ``text``, an unknown point.
    """
    if point not in POINTS:
        raise UnknownNameError("point", point, POINTS)
    if not source.is_file():
        raise UsageError(f"{source}: no such file; expected JSON lines with id and text")
    rows = list(_rows(source))
    extractor = load_extractor(models_path)
    iterator = iter(rows)
    with out.open("w", encoding="utf-8", newline="\n") as sink:
        while batch := list(islice(iterator, BATCH)):
            for row, found in zip(batch, _predict(extractor, batch, point), strict=True):
                line = {**row, **found}
                sink.write(json.dumps(line, ensure_ascii=False) + "\n")
    return len(rows)


def _predict(extractor: Any, rows: Sequence[dict[str, Any]], point: str) -> list[dict[str, Any]]:
    texts = [row["text"] for row in rows]
    references = [row.get("references") or [] for row in rows]
    return [one.as_json(point) for one in extractor.extract_loose(texts, references, point=point)]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            if len(line) > MAX_LINE:
                raise UsageError(f"{path}:{number}: longer than {MAX_LINE:,} characters")
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise UsageError(
                    f"{path}:{number}: {error.msg}; expected a JSON object with id and text"
                ) from error
            if not isinstance(row, dict) or not isinstance(row.get("text"), str):
                raise UsageError(f"{path}:{number}: expected an object with id and text (a string)")
            references = row.get("references")
            if references is not None and not (
                isinstance(references, list) and all(isinstance(r, str) for r in references)
            ):
                raise UsageError(f"{path}:{number}: references: expected a list of strings")
            yield row

"""Results as CSV, JSON and Parquet.

CSV is UTF-8 with a header line, LF, nothing where there is no value, ``""`` for empty text. Text
that a spreadsheet would run as a formula gets an apostrophe before it, unless asked raw.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from pipeline.errors import WarehouseError

if TYPE_CHECKING:
    from warehouse.reader import Result

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], out: IO[str], *, raw: bool = False
) -> None:
    """Write rows as CSV; `out` must not translate newlines."""
    out.write(",".join(_field(name, raw) for name in columns) + "\n")
    for row in rows:
        out.write(",".join(_field(value, raw) for value in row) + "\n")


def write_json(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: IO[str]) -> None:
    """Write rows as one JSON array of objects, a row a line."""
    out.write("[")
    for at, row in enumerate(rows):
        record = {name: plain(value) for name, value in zip(columns, row, strict=True)}
        out.write(("," if at else "") + "\n" + json.dumps(record, ensure_ascii=False))
    out.write("\n]\n")


def write_parquet(result: Result, path: Path) -> None:
    """Write a Parquet file, in place of one that is there."""
    import pyarrow.parquet as pq

    fresh = path.with_name(path.name + ".new")
    try:
        pq.write_table(result.arrow(), fresh, compression="zstd")
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise WarehouseError(f"can't write {path}: {error.strerror or error}") from error


def plain(value: Any) -> Any:
    """Return a value as JSON knows it: times as ISO text, bytes as hex, no NaN."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return list(_pairs_or_items(value))
    return value if isinstance(value, str | int | bool | None) else str(value)


def harmless(text: str) -> str:
    """Return text that no spreadsheet runs as a formula."""
    return "'" + text if text.startswith(FORMULA) else text


def _pairs_or_items(values: Sequence[Any]) -> Iterator[Any]:
    for item in values:
        yield plain(item)


def _field(value: Any, raw: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    text = value if isinstance(value, str) else _text(value)
    text = text if raw else harmless(text)
    if not text or any(char in text for char in ',"\n\r') or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text


def _text(value: Any) -> str:
    value = plain(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

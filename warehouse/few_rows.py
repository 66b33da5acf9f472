"""A few rows as Python values, without Arrow: importing it takes a third of a short command's time.

Only types whose values are the same by both ways go this one; `few_rows` leaves all others alone.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

FEW = 1_000
"""Rows up to which this way is taken."""
_ALIKE = {
    "BOOLEAN": "bool_",
    "TINYINT": "int8",
    "SMALLINT": "int16",
    "INTEGER": "int32",
    "BIGINT": "int64",
    "UTINYINT": "uint8",
    "USMALLINT": "uint16",
    "UINTEGER": "uint32",
    "UBIGINT": "uint64",
    "DOUBLE": "float64",
    "VARCHAR": "string",
    "DATE": "date32",
}
"""DuckDB's types to names of Arrow's, both of which give the same Python values."""
_MAP = re.compile(r"MAP\((\w+), (\w+)\)")
_LIST = re.compile(r"(\w+)\[\]")


@dataclass(frozen=True, slots=True)
class FewRows:
    """Rows, the columns' names and DuckDB's names of their types."""

    column_names: list[str]
    types: list[str]
    rows: list[tuple[Any, ...]]

    @property
    def num_rows(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def first(self, n: int) -> FewRows:
        """Return the first `n` rows."""
        return FewRows(self.column_names, self.types, self.rows[:n])

    def arrow(self) -> pa.Table:
        """Return the Arrow table that DuckDB would have given."""
        import pyarrow as pa

        columns = [
            pa.array([row[at] for row in self.rows], _arrow_type(type_))
            for at, type_ in enumerate(self.types)
        ]
        return pa.Table.from_arrays(columns, names=self.column_names)


def few_rows(cursor: DuckDBPyConnection, most: int) -> FewRows | None:
    """Return at most so many rows of a cursor's result.

    None where a column has a type that Arrow gives in another way; nothing was fetched then.
    """
    described = cursor.description or []
    types = [str(column[1]) for column in described]
    if not all(map(_known, types)):
        return None
    rows = cursor.fetchmany(most)
    changed = {at: change for at, type_ in enumerate(types) if (change := _CHANGES.get(type_[:3]))}
    if changed:
        rows = [
            tuple(
                changed[at](value) if at in changed and value is not None else value
                for at, value in enumerate(row)
            )
            for row in rows
        ]
    return FewRows([column[0] for column in described], types, rows)


def _known(type_: str) -> bool:
    found = _MAP.fullmatch(type_) or _LIST.fullmatch(type_)
    if found:
        return all(part in _ALIKE for part in found.groups())
    return type_ in _ALIKE or type_ in ("FLOAT", "HUGEINT", "TIMESTAMP")


def _shortest(value: float) -> float:
    """Return a single-precision number as the shortest decimal that means it: .9, not .8999…"""
    for digits in range(1, 10):
        short = float(f"{value:.{digits}g}")
        if _single(short) == value:
            return short
    return value


def _single(value: float) -> float:
    try:
        return float(struct.unpack("f", struct.pack("f", value))[0])
    except OverflowError:
        return float("inf")


_CHANGES: dict[str, Callable[[Any], Any]] = {
    "FLO": _shortest,
    "HUG": Decimal,
    "MAP": lambda value: list(value.items()),
}
"""What Python's values become so that they are those of Arrow, by the beginning of their type."""


def _arrow_type(type_: str) -> pa.DataType:
    import pyarrow as pa

    if type_ in _ALIKE:
        found: pa.DataType = getattr(pa, _ALIKE[type_])()
        return found
    if pair := _MAP.fullmatch(type_):
        return pa.map_(_arrow_type(pair[1]), _arrow_type(pair[2]))
    if of := _LIST.fullmatch(type_):
        return pa.list_(pa.field("l", _arrow_type(of[1])))
    if type_ == "TIMESTAMP":
        return pa.timestamp("us")
    return pa.float32() if type_ == "FLOAT" else pa.decimal128(38, 0)

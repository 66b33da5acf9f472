"""Named queries: one file each in ``warehouse/queries``, with what it is for and its parameters.

A file begins with comment lines. The first says in one line what the query is for; further ones
declare parameters, one a line: ``-- param NAME TYPE = DEFAULT: what it is``. TYPE is text, integer,
number, date or flag; a parameter without default must be given; the default NULL means none.
Values reach the SQL only as bound parameters, ``$NAME``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from warehouse.reader import Reader, Result

FOLDER = Path(__file__).parent / "queries"
_PARAM = re.compile(r"--\s*param\s+(\w+)\s+(\w+)\s*(?:=\s*(.*?))?\s*:\s*(.*)$")


def _flag(text: str) -> bool:
    known = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    return known[text.casefold()]


TYPES: dict[str, Callable[[str], Any]] = {
    "text": str,
    "integer": int,
    "number": float,
    "date": datetime.fromisoformat,
    "flag": _flag,
}
_EXAMPLES = {
    "integer": "a whole number",
    "number": "a number",
    "date": "a date such as 2026-01-31",
    "flag": "true or false",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; `default` None where it must be given, ``"NULL"`` for none."""

    name: str
    type: str
    what: str
    default: str | None

    def value(self, given: Any) -> Any:
        """Return a given value as the parameter's type; text is read.

        Raises
        ------
        UsageError
            The text is no value of the type.
        """
        if given is None or given == "NULL":
            return None
        if not isinstance(given, str):
            return given
        try:
            return TYPES[self.type](given)
        except (ValueError, KeyError) as error:
            raise UsageError(
                f"parameter {self.name} is {given!r}; expected {_EXAMPLES[self.type]}"
            ) from error


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with what it is for."""

    name: str
    purpose: str
    parameters: tuple[Parameter, ...]
    sql: str

    def bind(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return a value for each parameter.

        Raises
        ------
        UnknownNameError
            A parameter that the query does not have.
        UsageError
            A parameter without default that is not given, or a value of the wrong type.
        """
        known = {one.name: one for one in self.parameters}
        for name in given:
            if name not in known:
                raise UnknownNameError(f"parameter of {self.name}", name, known)
        bound: dict[str, Any] = {}
        for name, one in known.items():
            value = given.get(name, one.default)
            if value is None and one.default is None:
                raise UsageError(f"{self.name} needs --param {name}=… ({one.what})")
            bound[name] = one.value(value)
        return bound


def named_queries(folder: Path = FOLDER) -> dict[str, NamedQuery]:
    """Return the named queries by name."""
    return dict(_load(folder))


def named_query(name: str, folder: Path = FOLDER) -> NamedQuery:
    """Return one named query.

    Raises
    ------
    UnknownNameError
        There is none of that name; the known ones are named.
    """
    known = _load(folder)
    if name not in known:
        raise UnknownNameError("query", name, known)
    return known[name]


def run_named(
    reader: Reader,
    name: str,
    params: Mapping[str, Any] | None = None,
    *,
    limit: int | None = None,
    seconds: float | None = None,
) -> Result:
    """Run a named query.

    Parameters
    ----------
    reader : Reader
        An open warehouse.
    name : str
        A file of ``warehouse/queries``, without ``.sql``.
    params : mapping, optional
        Values by parameter; those not given take their defaults.
    limit, seconds
        As for `Reader.sql`.

    Raises
    ------
    UnknownNameError, UsageError
        An unknown query or parameter, a parameter missing or of the wrong type.
    """
    query = named_query(name)
    bound = query.bind(params or {})
    return reader.sql(query.sql, bound or None, limit=limit, seconds=seconds)


@cache
def _load(folder: Path) -> dict[str, NamedQuery]:
    return {path.stem: _read(path) for path in sorted(folder.glob("*.sql"))}


def _read(path: Path) -> NamedQuery:
    sql = path.read_text(encoding="utf-8")
    head = []
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        head.append(line)
    parameters = []
    for line in head[1:]:
        found = _PARAM.match(line)
        if found is None:
            continue
        name, type_, default, what = found.groups()
        if type_ not in TYPES:
            raise UnknownNameError(f"type of parameter in {path.name}", type_, TYPES)
        parameters.append(Parameter(name, type_, what.strip(), default or None))
    purpose = head[0].removeprefix("--").strip() if head else ""
    return NamedQuery(path.stem, purpose, tuple(parameters), sql)

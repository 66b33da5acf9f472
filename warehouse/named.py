"""Named queries: one file each in ``warehouse/queries``, with what it is for and its parameters.

A file begins with comment lines: the first says in one line what the query is for; further ones
may declare parameters, one a line, ``-- param NAME: what it is (default: VALUE)``. Without a
default a parameter must be given; the default ``NULL`` means none. Values reach the SQL as text
through ``$NAME``; the query casts them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UnknownNameError, UsageError

FOLDER = Path(__file__).parent / "queries"
_PARAM = re.compile(r"--\s*param\s+(\w+)\s*:\s*(.*?)\s*(?:\(default:\s*(.*?)\))?\s*$")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; `default` None where it must be given, ``"NULL"`` for none."""

    name: str
    what: str
    default: str | None


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with what it is for."""

    name: str
    purpose: str
    parameters: tuple[Parameter, ...]
    sql: str

    def bind(self, given: Mapping[str, str]) -> dict[str, str | None]:
        """Return a value for each parameter.

        Raises
        ------
        UnknownNameError
            A parameter that the query does not have.
        UsageError
            A parameter without default that is not given.
        """
        known = {one.name: one for one in self.parameters}
        for name in given:
            if name not in known:
                raise UnknownNameError(f"parameter of {self.name}", name, known)
        bound: dict[str, str | None] = {}
        for name, one in known.items():
            value = given.get(name, one.default)
            if value is None:
                raise UsageError(f"{self.name} needs --param {name}=… ({one.what})")
            bound[name] = None if value == "NULL" else value
        return bound


def named_queries(folder: Path = FOLDER) -> dict[str, NamedQuery]:
    """Return the named queries by name."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.sql"))}


def named_query(name: str, folder: Path = FOLDER) -> NamedQuery:
    """Return one named query.

    Raises
    ------
    UnknownNameError
        There is none of that name; the known ones are named.
    """
    known = named_queries(folder)
    if name not in known:
        raise UnknownNameError("query", name, known)
    return known[name]


def _read(path: Path) -> NamedQuery:
    sql = path.read_text(encoding="utf-8")
    head = []
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        head.append(line)
    parameters = tuple(
        Parameter(found[1], found[2], found[3]) for line in head if (found := _PARAM.match(line))
    )
    purpose = head[0].removeprefix("--").strip() if head else ""
    return NamedQuery(path.stem, purpose, parameters, sql)

"""Sources: what was offered, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.identity import Fingerprint
from warehouse.statements import statement

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A source as last seen: either it has a `paper_id` or a `reason` for its rejection.

    `recipe` is the one it was last read under; `relation` that of `paper_sources`.
    """

    sha256: str | None
    size: int | None
    mtime_ns: int | None
    paper_id: str | None
    reason: str | None
    recipe: str
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What loading did: see `Writer.load`."""

    paper_id: str
    relation: str
    action: str


class SourceBook:
    """Every source ever offered, by label and by its bytes; kept in step with the tables.

    `orphan_bytes` are those of papers that lost their last source: they are looked for, too.
    """

    def __init__(self, known: Mapping[str, KnownSource], orphan_bytes: Iterable[str] = ()) -> None:
        self.labels = dict(known)
        self.orphan_bytes = set(orphan_bytes)
        self._bytes: dict[str, dict[str, None]] = {}
        for label, one in known.items():
            self._note(label, one)

    def set(self, label: str, one: KnownSource) -> None:
        """Note a source, in place of what was known of it."""
        self.forget(label)
        self.labels[label] = one
        self._note(label, one)

    def forget(self, label: str) -> None:
        """Forget a source."""
        one = self.labels.pop(label, None)
        if one is not None and one.sha256:
            self._bytes[one.sha256].pop(label, None)

    def of_paper(self, paper_id: str) -> list[str]:
        """Return the labels of a paper's sources, in the order they came."""
        return [label for label, one in self.labels.items() if one.paper_id == paper_id]

    def paper_of_bytes(self, sha256: str, recipe: str | None = None) -> str | None:
        """Return the paper read from these bytes (under `recipe`, where one is given)."""
        for label in self._bytes.get(sha256, ()):
            one = self.labels[label]
            if one.paper_id and recipe in (None, one.recipe):
                return one.paper_id
        return None

    def knows_bytes(self, sha256: str) -> bool:
        """Whether these bytes were ever offered, under any name, or are a paper's here."""
        return bool(self._bytes.get(sha256)) or sha256 in self.orphan_bytes

    def _note(self, label: str, one: KnownSource) -> None:
        if one.sha256:
            self._bytes.setdefault(one.sha256, {})[label] = None


def read_sources(con: DuckDBPyConnection) -> SourceBook:
    """Return every source ever offered."""
    rows = con.execute(statement("known_sources")).fetchall()
    orphans = (row[0] for row in con.execute(statement("orphan_bytes")).fetchall())
    return SourceBook({row[0]: KnownSource(*row[1:]) for row in rows}, orphans)


def read_fingerprints(con: DuckDBPyConnection) -> Iterator[Fingerprint]:
    """Yield what the papers are recognised by, in the order they came."""
    import numpy as np

    for row in con.execute(statement("fingerprints")).fetchall():
        paper_id, text_sha256, doi, title_key, authors_key, hashes = row
        yield Fingerprint(
            paper_id, text_sha256, doi, title_key, authors_key, np.frombuffer(hashes, dtype="<u8")
        )


def touch(con: DuckDBPyConnection, source: str, size: int | None, mtime_ns: int | None) -> None:
    """Note size and time of change of a source, wherever it is."""
    values = [size, mtime_ns, source]
    con.execute("UPDATE paper_sources SET size = ?, mtime_ns = ? WHERE source = ?", values)
    con.execute("UPDATE rejects SET size = ?, mtime_ns = ? WHERE source = ?", values)

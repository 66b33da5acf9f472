"""Search over passages: by words (BM25 on stems), by meaning (vectors), and both fused.

The index is a folder beside the warehouse. Loading keeps it up to date (`update`); a searcher that
finds it missing, stale or damaged makes it good before it answers. A query's vector is handed in:
this room knows no models.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from pipeline.errors import UnknownNameError, UsageError
from warehouse.reader import Reader
from warehouse.search_index import SearchIndex, Updated, update_index
from warehouse.statements import statement

if TYPE_CHECKING:
    import numpy as np

__all__ = ["FILTERS", "Encodes", "Hit", "Searcher", "update"]

FILTERS: dict[str, type] = {
    "paper": str, "author": str, "year_from": int, "year_to": int, "language": str, "role": str,
    "since": datetime, "country": str, "entity": str, "label": str, "dimension": str, "claim": str,
}  # fmt: skip
"""Filters by name and type; each narrows the passages (see statements/search/filter.sql)."""
NARROW = {"paper", "author"}
"""Filters that leave so few passages that those are looked up first."""
WAYS = ("fused", "words", "meaning")
FEW = 20_000
"""So many passages can be ranked alone."""
RANK_CONSTANT = 60
"""Reciprocal rank fusion: a hit at rank r counts 1/(60 + r) (Cormack, Clarke & Büttcher 2009)."""


class Encodes(Protocol):
    """What search needs of an encoder."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one vector for each text, (texts, values)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    `snippet` is the passage's best piece as parts of (text, whether it is a word asked for);
    `by_words` and `by_meaning` are its ranks from 1, None where that way did not find it.
    """

    passage_id: str
    paper_id: str
    score: float
    by_words: int | None
    by_meaning: int | None
    title: str | None
    authors: tuple[str, ...]
    year: int | None
    source: str
    page: int | None
    heading: str | None
    role: str
    snippet: tuple[tuple[str, bool], ...]


def update(path: Path) -> Updated:
    """Bring the index beside the warehouse at `path` up to date with its published copy.

    Only papers that are new, read anew or gone are touched.
    """
    with Reader(Path(path)) as reader:
        return update_index(reader, Path(path))


class Searcher:
    """Search a warehouse; use in a ``with`` block.

    Parameters
    ----------
    path : Path
        The warehouse file.
    encoder : Encodes, optional
        Turns a query into a vector; without one only words are searched.
    """

    def __init__(self, path: Path, encoder: Encodes | None = None) -> None:
        self.path, self.encoder = Path(path), encoder
        self._reader = Reader(self.path)
        try:
            update_index(self._reader, self.path)
            self._index = SearchIndex(self.path)
        except BaseException:
            self._reader.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the warehouse's copy."""
        self._reader.close()

    def search(
        self,
        words: str,
        *,
        filters: Mapping[str, Any] | None = None,
        limit: int = 10,
        way: str = "fused",
    ) -> list[Hit]:
        """Return the best passages, the best first.

        Parameters
        ----------
        words : str
            What is looked for; "a phrase" in quotes, -word to leave out.
        filters : mapping, optional
            Values by name of `FILTERS`.
        limit : int
            At most so many.
        way : str
            ``fused``, ``words`` or ``meaning``.

        Raises
        ------
        UnknownNameError, UsageError
            An unknown filter or way, nothing to look for, or no encoder to search by meaning.
        """
        if way not in WAYS:
            raise UnknownNameError("way to search", way, WAYS)
        if not words.strip():
            raise UsageError("nothing to look for; give some words")
        if way == "meaning" and self.encoder is None:
            raise UsageError("no encoder here to search by meaning; use --by words")
        chosen = _checked(filters or {})
        vector = None
        if way != "words" and self.encoder is not None and self._index.has_vectors:
            vector = self.encoder.encode([words])[0]
        by_words, by_meaning, places = self._candidates(words, vector, way, chosen, limit)
        ranked = _fuse(by_words, by_meaning, places)[:limit]
        return self._in_context(words, ranked, places)

    def _candidates(
        self, words: str, vector: Any, way: str, filters: dict[str, Any], limit: int
    ) -> tuple[list[str], list[str], Mapping[str, int | None]]:
        """Return ids by words, ids by meaning, and which of them pass the filters, with places.

        The best of all are filtered first; where too few pass and the filters leave few passages,
        those alone are ranked; else more of the best are looked at.
        """
        places: Mapping[str, int | None] = {}
        few = self._few(filters) if NARROW & filters.keys() else None
        depths = (max(1_000 if filters else 100, 5 * limit), 10_000, 100_000)
        for turn, depth in enumerate(depths):
            if few is not None:
                only = sorted(few)
                by_words = [] if way == "meaning" else self._index.by_words(words, 5 * limit, only)
                by_meaning = [] if vector is None else self._index.by_meaning(vector, limit, only)
                return by_words, by_meaning, few
            by_words = [] if way == "meaning" else self._index.by_words(words, depth)
            by_meaning = [] if vector is None else self._index.by_meaning(vector, depth)
            if not filters:
                return by_words, by_meaning, dict.fromkeys([*by_words, *by_meaning])
            places = self._passing([*by_words, *by_meaning], filters)
            if len(places) >= limit:
                break
            if turn == 0:  # what passes does not change with the depth
                few = self._few(filters)
        return by_words, by_meaning, places

    def _few(self, filters: dict[str, Any]) -> dict[str, int | None] | None:
        """Return the places of all passages that pass, or None where they are many."""
        every = self._passing(None, filters, FEW + 1)
        return every if len(every) <= FEW else None

    def _passing(
        self, ids: list[str] | None, filters: dict[str, Any], at_most: int = 1 << 40
    ) -> dict[str, int | None]:
        """Return those of the passages `ids` (None: of all) that pass, with their places."""
        params = {
            **dict.fromkeys(FILTERS),
            **filters,
            "ids": None if ids is None else sorted(set(ids)),
            "at_most": at_most,
        }
        return dict(self._reader.sql(statement("search/filter"), params).rows())

    def _in_context(
        self,
        words: str,
        ranked: list[tuple[str, float, int | None, int | None]],
        places: Mapping[str, int | None],
    ) -> list[Hit]:
        ids = [one[0] for one in ranked]
        at = [places[one] for one in ids]
        if None in at:
            rows = self._reader.sql(statement("search/places"), {"ids": ids}).rows()
            at = [place for _, place in rows]
        found = {
            row["passage_id"]: row
            for row in self._reader.sql(statement("search/hits"), {"places": at}).dicts()
        }
        snippet = self._index.snippets(words)
        hits = []
        for passage_id, score, by_words, by_meaning in ranked:
            row = found.get(passage_id)
            if row is None:
                continue
            hits.append(
                Hit(passage_id, row["paper_id"], score, by_words, by_meaning, row["title"],
                    tuple(row["authors"] or ()), row["year"], row["source"], row["page"],
                    row["heading"], row["role"], snippet(row["text"]))
            )  # fmt: skip
        return hits


def _checked(filters: Mapping[str, Any]) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    for name, value in filters.items():
        if name not in FILTERS:
            raise UnknownNameError("filter", name, FILTERS)
        if value is None:
            continue
        kind = FILTERS[name]
        try:
            read = datetime.fromisoformat if kind is datetime else kind
            checked[name] = value if isinstance(value, kind) else read(value)
        except (TypeError, ValueError) as error:
            raise UsageError(
                f"filter {name} is {value!r}; expected {'a date' if kind is datetime else 'a year'}"
            ) from error
    return checked


def _fuse(
    by_words: Sequence[str], by_meaning: Sequence[str], allowed: Container[str]
) -> list[tuple[str, float, int | None, int | None]]:
    """Return (passage_id, score, rank by words, rank by meaning), ranks among the allowed."""
    ranks: dict[str, list[int | None]] = {}
    for way, ids in enumerate((by_words, by_meaning)):
        for rank, passage_id in enumerate((one for one in ids if one in allowed), start=1):
            ranks.setdefault(passage_id, [None, None])[way] = rank
    scored = [
        (passage_id, sum(1 / (RANK_CONSTANT + rank) for rank in pair if rank), pair[0], pair[1])
        for passage_id, pair in ranks.items()
    ]
    return sorted(scored, key=lambda one: (-one[1], one[0]))

"""Which paper a reading is: the same bytes, the same text, the same work, or a new one.

The rules are the contract's. Where it leaves room: the same DOI makes the same work unless the
texts have next to nothing in common (an erratum, a translation, a DOI misread from a reference);
then both stay and an issue says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from pipeline.ids import sha256_text
from pipeline.records import Reading
from warehouse.similarity import BINS, EMPTY, containment, estimates, minhash, same_share

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAME_WORK_SHARE = 0.95
"""Share of the text that must be the same where title and authors are (contract)."""
SAME_DOI_SHARE = 0.3
"""Share of the shorter text's runs of five words below which one DOI is not believed."""
LIKELY = 0.35
"""Estimated likeness from which two papers are compared exactly."""
NEAR = 0.6
"""Share of the same text from which an issue is raised about two papers."""

_NO_HASHES = np.empty(0, dtype=np.uint64)
_DOI = re.compile(r"10\.\d{4,9}/\S+")


@dataclass(frozen=True)
class Fingerprint:
    """What a paper is recognised by; `minhash` has shape (BINS,)."""

    paper_id: str
    text_sha256: str
    doi: str | None
    title_key: str | None
    authors_key: str | None
    minhash: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Match:
    """The paper a reading is, or None for a new one; `doubts` are (problem, detail) for issues."""

    paper_id: str | None
    relation: str
    doubts: tuple[tuple[str, str], ...] = ()


def fingerprint(reading: Reading) -> Fingerprint:
    """Return what a reading is recognised by."""
    paper = reading.paper
    return Fingerprint(
        paper.paper_id,
        sha256_text(reading.text),
        doi_key(paper.doi),
        _letters(paper.title),
        authors_key(paper.authors),
        minhash(reading.text),
    )


def doi_key(doi: str | None) -> str | None:
    """Return the bare DOI in lower case, or None."""
    found = _DOI.search(doi or "")
    return found.group().rstrip(".,;)").lower() if found else None


def authors_key(authors: Iterable[str]) -> str | None:
    """Return the sorted surnames: given names are printed in too many ways to compare."""
    names = (name.split(",")[0] if "," in name else name.split(" ")[-1] for name in authors)
    keys = sorted({key for name in names if (key := _letters(name))})
    return " ".join(keys) or None


def _letters(text: str | None) -> str | None:
    folded = unicodedata.normalize("NFKD", text or "").casefold()
    return "".join(char for char in folded if char.isalnum()) or None


class Index:
    """The papers there are, by everything they are recognised by.

    `papers` holds their fingerprints without the hashes, which are rows of two arrays.
    """

    def __init__(self, known: Iterable[Fingerprint] = ()) -> None:
        self.papers: dict[str, Fingerprint] = {}
        self._order: list[str] = []
        self._full = np.empty((0, BINS), dtype=np.uint64)
        self._low = np.empty((0, BINS), dtype=np.uint32)
        self._by_text: dict[str, str] = {}
        self._by_doi: dict[str, set[str]] = {}
        self._by_title: dict[str, set[str]] = {}
        several = list({one.paper_id: one for one in known}.values())
        for one in several:
            self._note(one)
        self._append(several)

    def add(self, one: Fingerprint) -> None:
        """Add a paper, or replace what is known of it."""
        self.remove(one.paper_id)
        self._note(one)
        self._append([one])

    def remove(self, paper_id: str) -> None:
        """Forget a paper."""
        one = self.papers.pop(paper_id, None)
        if one is None:
            return
        self._by_text.pop(one.text_sha256, None)
        self._by_doi.get(one.doi or "", set()).discard(paper_id)
        self._by_title.get(one.title_key or "", set()).discard(paper_id)
        at, last = self._order.index(paper_id), len(self._order) - 1
        self._order[at] = self._order[last]  # the last row takes its place
        self._full[at], self._low[at] = self._full[last], self._low[last]
        del self._order[last]

    def match(
        self, one: Fingerprint, text: str, text_of: Callable[[str], str], but: Collection[str] = ()
    ) -> Match:
        """Return the paper that this is, other than `but`; the same bytes are the caller's."""
        twin = self._by_text.get(one.text_sha256)
        if twin is not None and twin not in but:
            return Match(twin, "same_text")
        doubts: list[tuple[str, str]] = []
        seen = set(but)
        for other in sorted(self._by_doi.get(one.doi or "", set()) - seen):
            share = containment(text, text_of(other))
            if share >= SAME_DOI_SHARE:
                return Match(other, "same_work", tuple(doubts))
            doubts.append(_doubt("same_doi_other_text", "the DOI", other, share))
            seen.add(other)
        for other in sorted(self._by_title.get(one.title_key or "", set()) - seen):
            if not same_authors(one, self.papers[other]):
                continue
            share = same_share(text, text_of(other))
            if share >= SAME_WORK_SHARE:
                return Match(other, "same_work", tuple(doubts))
            doubts.append(_doubt("same_title_other_text", "title and authors", other, share))
            seen.add(other)
        for other in self._likely(one):
            if other not in seen and (share := same_share(text, text_of(other))) >= NEAR:
                doubts.append(_doubt("near_duplicate", "text", other, share))
        return Match(None, "", tuple(doubts))

    def _likely(self, one: Fingerprint) -> list[str]:
        """Return the papers that are likely enough to be measured exactly.

        Half of each hash is compared first: it finds all that are likely, and hardly another.
        """
        n, filled = len(self._order), one.minhash != EMPTY
        same = (self._low[:n] == _low(one.minhash)) & filled
        near = np.flatnonzero(np.count_nonzero(same, axis=1) >= LIKELY * filled.sum())
        likeness = estimates(one.minhash, self._full[near])
        return sorted(self._order[at] for at in near[likeness >= LIKELY])

    def _append(self, several: list[Fingerprint]) -> None:
        """Add rows; the arrays grow by half, so that adding one by one costs little."""
        n, more = len(self._order), len(several)
        if n + more > len(self._full):
            room = max(n + more, n * 3 // 2, 64)
            full, low = np.empty((room, BINS), np.uint64), np.empty((room, BINS), np.uint32)
            full[:n], low[:n] = self._full[:n], self._low[:n]
            self._full, self._low = full, low
        if several:
            self._full[n : n + more] = [one.minhash for one in several]
            self._low[n : n + more] = _low(self._full[n : n + more])
        self._order += [one.paper_id for one in several]

    def _note(self, one: Fingerprint) -> None:
        # Its hashes are a row of the arrays: a second copy would be half of all that is kept of it.
        self.papers[one.paper_id] = replace(one, minhash=_NO_HASHES)
        self._by_text[one.text_sha256] = one.paper_id
        if one.doi:
            self._by_doi.setdefault(one.doi, set()).add(one.paper_id)
        if one.title_key:
            self._by_title.setdefault(one.title_key, set()).add(one.paper_id)


def _low(hashes: NDArray[np.uint64]) -> NDArray[np.uint32]:
    return (hashes & np.uint64(0xFFFFFFFF)).astype(np.uint32)


def same_authors(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether surnames agree; where one text prints none there is nothing to differ."""
    return one.authors_key == other.authors_key or not (one.authors_key and other.authors_key)


def _doubt(problem: str, what: str, other: str, share: float) -> tuple[str, str]:
    return problem, f"{what} of {other}, {share:.0%} of the text is the same; both were kept"

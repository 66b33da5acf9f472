"""How much of two texts is the same: a cheap estimate first, then the exact measure.

The estimate is one-permutation minwise hashing over runs of five words (Li, Owen & Zhang 2012);
the exact measure is the longest common subsequence of words, as a share of the longer text.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHINGLE_WORDS = 5
BINS = 128
EMPTY = np.uint64(2**64 - 1)
MOST_WORDS = 200_000
_WORD = re.compile(r"\w+")
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


def words(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return _WORD.findall(text.casefold())


def shingles(text: str) -> NDArray[np.uint64]:
    """Return the sorted hashes of the distinct runs of five words (of the whole, if shorter)."""
    return np.unique(_runs(text))


def minhash(text: str) -> NDArray[np.uint64]:
    """Return `BINS` values of type uint64: the least hash in each bin, `EMPTY` where none is."""
    least = np.full(BINS, EMPTY, dtype=np.uint64)
    hashes = _runs(text)
    np.minimum.at(least, (hashes % np.uint64(BINS)).astype(np.intp), hashes)
    return least


def _runs(text: str) -> NDArray[np.uint64]:
    """Return the hash of each run of five words, in the order of the text."""
    hashes = np.fromiter(map(_HASHES.__getitem__, words(text)), dtype=np.uint64)
    if not hashes.size:
        return hashes
    length = max(1, hashes.size - SHINGLE_WORDS + 1)
    run = np.zeros(length, dtype=np.uint64)
    for offset in range(min(SHINGLE_WORDS, hashes.size)):
        run = run * _BASE + hashes[offset : offset + length]
    run ^= run >> np.uint64(31)
    run *= _MIX
    run ^= run >> np.uint64(29)
    return run


def estimates(one: NDArray[np.uint64], many: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Return the estimated Jaccard likeness of `one` (BINS) to each row of `many` (n, BINS)."""
    filled = (many != EMPTY) | (one != EMPTY)
    same = ((many == one) & filled).sum(axis=1)
    return np.asarray(same / np.maximum(filled.sum(axis=1), 1), dtype=np.float64)


def containment(one: str, other: str) -> float:
    """Return which share of the shorter text's runs of words stands in the longer, 0 to 1."""
    first, second = shingles(one), shingles(other)
    if not first.size or not second.size:
        return 0.0
    shared = np.intersect1d(first, second, assume_unique=True).size
    return float(shared / min(first.size, second.size))


def same_share(one: str, other: str) -> float:
    """Return the longest common subsequence of words as a share of the longer text, 0 to 1."""
    from rapidfuzz.distance import LCSseq

    return float(LCSseq.normalized_similarity(words(one), words(other)))


class _Hashes(dict[str, int]):
    """Word to hash, worked out when first met; emptied when it has grown large."""

    def __missing__(self, word: str) -> int:
        if len(self) >= MOST_WORDS:
            self.clear()
        digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        self[word] = made = int.from_bytes(digest, "little")
        return made


_HASHES = _Hashes()

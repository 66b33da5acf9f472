"""Many phrases found in one pass over the words of a text.

spaCy's PhraseMatcher was measured beside this (``bench/entities.py``): it needs a second to import
and to build, and cuts words its own way; a tree over plain words finds whole words exactly as the
codebook counts them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar

from pipeline.extract.tokens import words

Payload = TypeVar("Payload")
_END = ""  # no word is empty, so this key never clashes with one


class PhraseIndex(Generic[Payload]):
    """A tree of phrases; each carries what it stands for.

    Parameters
    ----------
    fold_case : bool
        Whether phrases match without regard to capitals.
    """

    def __init__(self, *, fold_case: bool = False) -> None:
        self._root: dict[str, Any] = {}
        self.fold_case = fold_case

    def add(self, phrase: str, payload: Payload) -> None:
        """Add a phrase; the same phrase may carry several payloads."""
        node = self._root
        for word in words(phrase.lower() if self.fold_case else phrase):
            node = node.setdefault(word, {})
        found: list[Payload] = node.setdefault(_END, [])
        if payload not in found:
            found.append(payload)

    def find(self, text: Sequence[str]) -> Iterator[tuple[int, int, list[Payload]]]:
        """Yield first word, past last word and payloads of each phrase, also of nested ones."""
        root = self._root
        n = len(text)
        for i, word in enumerate(text):
            node = root.get(word)
            j = i
            while node is not None:
                j += 1
                found = node.get(_END)
                if found is not None:
                    yield i, j, found
                node = node.get(text[j]) if j < n else None

    def longest_at(self, text: Sequence[str], i: int) -> tuple[int, list[Payload]] | None:
        """Return past-last word and payloads of the longest phrase that begins at word `i`."""
        node: dict[str, Any] = self._root
        j, best = i, None
        while j < len(text) and text[j] in node:
            node = node[text[j]]
            j += 1
            found = node.get(_END)
            if found is not None:
                best = (j, found)
        return best

    def get(self, phrase: str) -> list[Payload]:
        """Return what a whole phrase stands for; empty if unknown."""
        node = self._root
        for word in words(phrase.lower() if self.fold_case else phrase):
            if word not in node:
                return []
            node = node[word]
        return list(node.get(_END, []))

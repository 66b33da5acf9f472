"""Capitals that name no place: titles, cells and common words before "cluster" or "district"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from pipeline.extract.candidates import Candidate
from pipeline.extract.cluster_words import ClusterWords
from pipeline.extract.tokens import Tokens, plain, words


class CommonWords:
    """The words that a paper writes small: "Country Clusters" of a title name no place.

    Parameters
    ----------
    words : ClusterWords
        Knows places and words of landscape.
    texts : iterable of Tokens
        All passages of the paper.
    """

    def __init__(self, words: ClusterWords, texts: Iterable[Tokens]) -> None:
        self._words, self._texts = words, tuple(texts)

    @cached_property
    def _small(self) -> set[str]:
        return {word for one in self._texts for word in one.words if word.islower()}

    def are_place_of(self, one: Candidate) -> bool:
        """Say whether what stands for the place of a cluster is common words alone.

        Places of the vocabularies are places whatever else they mean, and so is what ends in a
        word of landscape ("Silver Lake").
        """
        if self.knows(one):
            return False
        parts = [word.lower() for word in words(one.place or "") if word[0].isalpha()]
        if not parts or parts[-1] in self._words.place_words:
            return False
        return all(part in self._small for part in parts)

    def knows(self, one: Candidate) -> bool:
        """Say whether a candidate is no cluster, or one whose place needs no proof."""
        if one.kind != "CLUSTER" or not one.place or not one.method.startswith("rule:"):
            return True
        known = self._words.place_named(one.place) is not None
        return known or bool(self._words.countries.get(one.place))


def place_keys(found: Iterable[Candidate]) -> set[str]:
    """Return the places of clusters, as they are compared."""
    return {plain(one.place) for one in found if one.kind == "CLUSTER" and one.place}


__all__ = ["CommonWords", "place_keys"]

"""Names that stand in the vocabularies: countries, organisations, firms, standards, clusters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.extract.candidates import Candidate
from pipeline.extract.phrases import PhraseIndex
from pipeline.extract.tokens import Tokens
from pipeline.vocabulary import Vocabulary
from pipeline.vocabulary.rows import AmbiguousForm

LONG_FORM = 0.97
SHORT_FORM = 0.92


@dataclass(frozen=True, slots=True)
class Known:
    """What a form of the vocabularies stands for.

    `doubt` is ``""`` for a plain form, else what must be settled: ``"country"`` (words next to
    it), ``"context"`` (a word of `context` in the passage), ``"full"`` (the full name nearby).
    """

    kind: str
    name: str
    subtype: str | None = None
    country: str | None = None
    sector: str | None = None
    doubt: str = ""
    context: tuple[str, ...] = ()
    place: str | None = field(default=None)


class NameFinder:
    """Finds forms of the vocabularies in a passage, in one pass."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._index: PhraseIndex[Known] = PhraseIndex()
        self._ambiguous = {row.form: row for row in vocabulary.countries.ambiguous}
        self._add_countries(vocabulary)
        self._add_actors(vocabulary)
        self._add_standards(vocabulary)
        self._add_clusters(vocabulary)

    def lookup(self, surface: str) -> list[Known]:
        """Return what a whole surface stands for; empty if unknown."""
        return self._index.get(surface)

    def find(self, tokens: Tokens, seen: frozenset[str] = frozenset()) -> Iterator[Candidate]:
        """Yield candidates, nested ones too.

        Parameters
        ----------
        tokens : Tokens
        seen : frozenset of str
            Canonical names whose full form stands elsewhere in the paper.
        """
        here: list[tuple[int, int, Known]] = []
        full = set(seen)
        for i, j, found in self._index.find(tokens.words):
            for known in found:
                here.append((i, j, known))
                if not known.doubt:
                    full.add(known.name)
        for i, j, known in _unequal(here, full):
            start, end = tokens.starts[i], tokens.ends[j - 1]
            surface = tokens.folded[start:end]
            if known.doubt == "full":
                sure = known.name in full or self._country_near(known, full) or not known.name
                confidence = 0.9 if sure else 0.3
            elif known.doubt == "context":
                confidence = 0.9 if any(w in tokens.lower for w in known.context) else 0.3
            elif known.kind == "COUNTRY" and not self._country_fits(surface, start, end, tokens):
                continue
            else:
                confidence = LONG_FORM if j - i > 1 else SHORT_FORM
            yield Candidate(
                known.kind,
                start,
                end,
                f"vocabulary:{known.kind.lower()}",
                confidence,
                name=known.name or None,
                subtype=known.subtype,
                country=known.country,
                sector=known.sector,
                place=known.place,
                reason=f"form of {known.name or 'several bodies'} in the vocabulary",
            )

    def _country_near(self, known: Known, full: set[str]) -> bool:
        # A generic body (Congress, Central Bank) counts where its country is named.
        return known.country is not None and known.country in full

    def _country_fits(self, surface: str, start: int, end: int, tokens: Tokens) -> bool:
        row = self._ambiguous.get(surface)
        return row is None or not _refused(row, tokens, start, end)

    def _add(self, form: str, known: Known) -> None:
        self._index.add(form, known)

    def _add_countries(self, vocabulary: Vocabulary) -> None:
        for row in vocabulary.countries.countries:
            for form in (row.name, *row.aliases, *row.adjectives):
                self._add(form, Known("COUNTRY", row.code))
        for form in vocabulary.countries.not_countries:
            self._add(form, Known("NONE", form))

    def _add_actors(self, vocabulary: Vocabulary) -> None:
        for row in vocabulary.actors:
            known = Known("ACTOR", row.name, row.actor_type, row.country)
            doubtful = Known("ACTOR", row.name, row.actor_type, row.country, doubt="full")
            unsure = set(row.ambiguous_aliases)
            for form in (row.name, *row.aliases, *row.ambiguous_aliases):
                # Article and bracketed acronym stay outside a mention (codebook, ACTOR).
                if not form.startswith("The ") and "(" not in form:
                    self._add(form, doubtful if form in unsure else known)

    def _add_standards(self, vocabulary: Vocabulary) -> None:
        contexts = {r.alias: r.context for r in vocabulary.standards.ambiguous_aliases}
        for row in vocabulary.standards.standards:
            known = Known("STANDARD", row.name, row.standard_type)
            for form in (row.name, *row.aliases):
                if form in contexts:
                    context = tuple(word.lower() for word in contexts[form])
                    doubtful = Known(
                        "STANDARD", row.name, row.standard_type, doubt="context", context=context
                    )
                    self._add(form, doubtful)
                else:
                    self._add(form, known)

    def _add_clusters(self, vocabulary: Vocabulary) -> None:
        for row in vocabulary.clusters:
            known = Known(
                "CLUSTER", row.name, country=row.country, sector=row.sector, place=row.place
            )
            for form in row.names:
                self._add(form, known)


def _unequal(
    here: list[tuple[int, int, Known]], full: set[str]
) -> Iterator[tuple[int, int, Known]]:
    """Leave the name open where two bodies with the same form fit ("Ministry of Labour")."""
    fits: dict[tuple[int, int], set[str]] = {}
    for i, j, known in here:
        if known.doubt == "full" and (known.name in full or known.country in full):
            fits.setdefault((i, j), set()).add(known.name)
    for i, j, known in here:
        several = known.doubt == "full" and len(fits.get((i, j), ())) > 1
        yield i, j, replace(known, name="") if several else known


def _refused(row: AmbiguousForm, tokens: Tokens, start: int, end: int) -> bool:
    before, after = tokens.lower[:start].rstrip(" "), tokens.lower[end:]
    for word in row.reject_before:
        text = before if word.endswith("-") else before.rstrip("- ")
        if text.endswith(word):
            at = len(text) - len(word)
            if at == 0 or not text[at - 1].isalnum():
                return True
    close = after.lstrip(" ")
    for word in row.reject_after:
        text = after if word[0] == "-" else close
        next_is_word = word[-1].isalnum() and text[len(word) : len(word) + 1].isalnum()
        if text.startswith(word) and not next_is_word:
            return True
    return False

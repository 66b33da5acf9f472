"""Countries, organisations and standards tied to their canonical names."""

from __future__ import annotations

from pipeline.extract.candidates import Candidate
from pipeline.extract.corrections import entity_id
from pipeline.extract.mentions_names import Known, NameFinder
from pipeline.extract.phrases import PhraseIndex
from pipeline.extract.spelling import close, key, nearest
from pipeline.extract.tokens import words
from pipeline.records import Entity
from pipeline.vocabulary import Vocabulary


class NameLinker:
    """Links names other than those of clusters. `start` begins a new paper."""

    def __init__(self, vocabulary: Vocabulary, names: NameFinder) -> None:
        self._names = names
        self._countries: dict[str, str] = {}
        for row in vocabulary.countries.countries:
            for form in (row.name, *row.aliases, *row.adjectives):
                self._countries.setdefault(key(form), row.code)
        self._known: dict[str, dict[str, Known]] = {"ACTOR": {}, "STANDARD": {}}
        for actor in vocabulary.actors:
            known = Known("ACTOR", actor.name, actor.actor_type, actor.country)
            for form in (actor.name, *actor.aliases):
                self._known["ACTOR"].setdefault(key(form), known)
        for standard in vocabulary.standards.standards:
            known = Known("STANDARD", standard.name, standard.standard_type)
            for form in (standard.name, *standard.aliases):
                self._known["STANDARD"].setdefault(key(form), known)
        self._by_first: dict[tuple[str, str, int], list[str]] = {}
        for kind, forms in self._known.items():
            for form in forms:
                if len(form) >= 12:
                    self._by_first.setdefault((kind, form[:2], len(form)), []).append(form)
        self._heads: PhraseIndex[str] = PhraseIndex()
        for shape in vocabulary.shapes.actor_heads:
            for head in shape.heads:
                self._heads.add(head, shape.actor_type)
        self._paper: dict[str, dict[str, Known]] = {}

    def start(self) -> None:
        """Forget the names of the paper before."""
        self._paper = {"ACTOR": {}, "STANDARD": {}}

    def link(self, one: Candidate, text: str) -> tuple[Entity, str] | None:
        """Return the entity and the reason; None where a country is not known."""
        surface = text[one.start : one.end]
        if one.kind == "COUNTRY":
            return self._country(one, surface)
        known, reason = self._named(one, surface)
        entity = Entity(
            entity_id(one.kind, known.name, None),
            one.kind,  # type: ignore[arg-type]
            known.name,
            country=known.country,
            actor_type=known.subtype if one.kind == "ACTOR" else None,
            standard_type=known.subtype if one.kind == "STANDARD" else None,
        )
        return entity, reason

    def _country(self, one: Candidate, surface: str) -> tuple[Entity, str] | None:
        code, reason = one.name, one.reason
        if code is None:
            form = key(surface)
            code = self._countries.get(form)
            reason = "name of the country"
            if code is None and len(form) >= 6:
                near = nearest(form, self._countries)
                code = self._countries[near] if near else None
                reason = f"misspelling of {near}"
        if code is None:
            return None
        return Entity(entity_id("COUNTRY", code, None), "COUNTRY", code, country=code), reason

    def _named(self, one: Candidate, surface: str) -> tuple[Known, str]:
        full = one.name or surface
        form = key(full)
        listed = self._known[one.kind].get(form)
        if listed is not None:
            return listed, one.reason or f"form of {listed.name} in the vocabulary"
        paper = self._paper[one.kind]
        if form in paper:
            return paper[form], one.reason or "named so before in the paper"
        near = self._misspelt(one.kind, form)
        if near is not None:
            return self._known[one.kind][near], f"spelling of {near}"
        for other, known in paper.items():
            if len(form) >= 10 and close(form, other):
                return known, f"spelling of {known.name} in the paper"
        subtype = one.subtype or (self._type(full) if one.kind == "ACTOR" else None)
        known = Known(one.kind, " ".join(full.split()), subtype, one.country)
        paper[form] = known
        return known, one.reason or "name as it stands"

    def _misspelt(self, kind: str, form: str) -> str | None:
        if len(form) < 12:
            return None
        lengths = range(len(form) - 2, len(form) + 3)
        pool = [f for n in lengths for f in self._by_first.get((kind, form[:2], n), ())]
        found = {self._known[kind][f].name: f for f in pool if close(form, f)}
        return next(iter(found.values())) if len(found) == 1 else None

    def _type(self, name: str) -> str | None:
        found = [types[0] for _, _, types in self._heads.find(words(name))]
        return found[0] if found else None

"""What linking says of an entity that a person splits off: country, sector and type by its name.

The name is read as a mention of its own; the passages that its mentions stand in tell what the
name leaves open, just as they do when a paper is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.candidates import Candidate
from pipeline.extract.cluster_words import ClusterWords
from pipeline.extract.corrections import entity_id
from pipeline.extract.linking_clusters import ClusterLinker
from pipeline.extract.linking_countries import countries_spoken_of
from pipeline.extract.mentions_names import NameFinder
from pipeline.extract.naming import NameLinker
from pipeline.records import Entity
from pipeline.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a mention stands.

    Attributes
    ----------
    text : str
        Its passage.
    start, end : int
        Its characters in the passage.
    countries : tuple of (int, int, str)
        Start, end and ISO code of the countries named in the passage.
    """

    text: str
    start: int
    end: int
    countries: tuple[tuple[int, int, str], ...] = ()


def split_off(
    kind: str,
    name: str,
    standings: Sequence[Standing],
    countries: Counter[str],
    vocabulary: Vocabulary,
) -> tuple[Entity, str]:
    """Return the entity of that name, and what is doubtful about it (empty where nothing is).

    Parameters
    ----------
    kind : str
        CLUSTER, COUNTRY, ACTOR or STANDARD.
    name : str
        Its canonical name, as a person gave it: it stays as it is.
    standings : sequence of Standing
        The mentions that are split off.
    countries : Counter of str
        How often the papers of these mentions name each country.
    vocabulary : Vocabulary
    """
    words = ClusterWords(vocabulary)
    if kind == "CLUSTER":
        return _cluster(name, standings, countries, ClusterLinker(vocabulary, words), words)
    names = NameLinker(vocabulary, NameFinder(vocabulary))
    names.start()
    linked = names.link(Candidate(kind, 0, len(name), "person", 1.0), name)
    if linked is None:
        return Entity(entity_id(kind, name, None), "COUNTRY", name), f"no country is called {name}"
    told = linked[0]
    return Entity(
        entity_id(kind, name, None), told.kind, name, country=told.country,
        actor_type=told.actor_type, standard_type=told.standard_type,
    ), ""  # fmt: skip


def _cluster(
    name: str,
    standings: Sequence[Standing],
    countries: Counter[str],
    linker: ClusterLinker,
    words: ClusterWords,
) -> tuple[Entity, str]:
    whole = Candidate("CLUSTER", 0, len(name), "person", 1.0)
    readings = []
    for one in standings:
        # The name stands where the mention stood, so that what is said beside it counts.
        text = one.text[: one.start] + name + one.text[one.end :]
        by = len(name) - (one.end - one.start)
        named = [
            (s, e, code) if e <= one.start else (s + by, e + by, code)
            for s, e, code in one.countries
            if e <= one.start or s >= one.end
        ]
        place = Candidate("CLUSTER", one.start, one.start + len(name), "person", 1.0)
        read = linker.read(place, text, named, linker.trades_in(text))
        readings.append(replace(read, spoken=countries_spoken_of(text, named, words)))
    if not readings:
        readings = [linker.read(whole, name, (), linker.trades_in(name))]
    paper = linker.survey(readings, countries)
    told = [linker.link(one, paper) for one in readings]
    lies = Counter(one.country for one in told if one.country is not None)
    made = max(told, key=lambda one: (lies.get(one.country or "", 0), one.sector is not None))
    doubt = next((one.doubt for one in told if one.doubt), "") if made.country is None else ""
    if len(lies) > 1:
        doubt = f"its mentions speak of {', '.join(sorted(lies))}"
    elif not lies and not doubt:
        doubt = "no list knows the place and no country is named for it"
    country = made.country if len(lies) == 1 else None
    return Entity(
        entity_id("CLUSTER", name, country), "CLUSTER", name, country=country,
        sector=made.sector, isic=made.isic,
    ), doubt  # fmt: skip


__all__ = ["Standing", "split_off"]

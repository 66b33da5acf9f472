"""Load all vocabulary files once, strictly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pipeline.codebook import CODEBOOK_FOLDER
from pipeline.vocabulary.rows import (
    ActorRow,
    ActorsFile,
    ClusterRow,
    ClustersFile,
    CountriesFile,
    PlaceRow,
    SectorsFile,
    ShapesFile,
    StandardRow,
    StandardsFile,
)
from pipeline.yamldata import load_yaml


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All names and words known beforehand. Compared by identity, so that it can be cached on."""

    countries: CountriesFile
    standards: StandardsFile
    sectors: SectorsFile
    shapes: ShapesFile
    actors: tuple[ActorRow, ...]
    clusters: tuple[ClusterRow, ...]
    places: tuple[PlaceRow, ...]

    def without(self, names: Iterable[str]) -> Vocabulary:
        """Return a copy that does not know the given names: for measuring beyond the vocabulary.

        Parameters
        ----------
        names : iterable of str
            Canonical names or surfaces; a row goes if its name or any of its forms is among
            them. Countries and sectors stay: they are closed lists.
        """
        unknown = {name.casefold() for name in names}

        def gone(forms: Iterable[str]) -> bool:
            return any(form.casefold() in unknown for form in forms)

        actors = (r for r in self.actors if not gone((r.name, *r.aliases, *r.ambiguous_aliases)))
        clusters = (
            row
            for row in self.clusters
            if not gone((row.name, row.place, *row.place_variants, *row.names))
        )
        places = (row for row in self.places if not gone((row.name, *row.variants)))
        rows = (r for r in self.standards.standards if not gone((r.name, *r.aliases)))
        standards = self.standards.model_copy(update={"standards": tuple(rows)})
        return replace(
            self,
            actors=tuple(actors),
            clusters=tuple(clusters),
            places=tuple(places),
            standards=standards,
        )


@cache
def load_vocabulary(folder: Path = CODEBOOK_FOLDER / "vocabulary") -> Vocabulary:
    """Read the vocabulary files of a codebook.

    Raises
    ------
    CodebookError
        Names the file and line of what is missing, unknown or of the wrong kind.
    """
    clusters = load_yaml(folder / "clusters.yaml", ClustersFile)
    return Vocabulary(
        countries=load_yaml(folder / "countries.yaml", CountriesFile),
        standards=load_yaml(folder / "standards.yaml", StandardsFile),
        sectors=load_yaml(folder / "sectors.yaml", SectorsFile),
        shapes=load_yaml(folder / "name_shapes.yaml", ShapesFile),
        actors=load_yaml(folder / "organisations.yaml", ActorsFile).entries
        + load_yaml(folder / "lead_firms.yaml", ActorsFile).entries,
        clusters=clusters.entries,
        places=clusters.places,
    )


__all__ = ["StandardRow", "Vocabulary", "load_vocabulary"]

"""The codebook as data: dimensions and entity kinds, loaded strictly from YAML.

Source of all definitions: the coding manual, version 1, as written down in ``codebook/``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from pipeline.errors import CodebookError, UnknownNameError
from pipeline.yamldata import Strict, load_yaml

CODEBOOK_FOLDER = Path(__file__).resolve().parents[1] / "codebook"


class Label(Strict):
    """One label: what it applies to, with examples and cue words in the project's own words."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    definition: str
    includes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


class Dimension(Strict):
    """One dimension. `selection` is ``single`` where exactly one label is selected.

    `features` are the parts its classifier is made of, where they are not to be chosen by
    cross-validation.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    version: str
    title: str
    source: str
    question: str
    selection: Literal["single", "multiple"]
    status: Literal["trained", "written_only"]
    guidance: str = ""
    features: tuple[str, ...] = ()
    labels: tuple[Label, ...] = Field(min_length=1)

    @property
    def label_names(self) -> tuple[str, ...]:
        """Label names in the order of the file."""
        return tuple(label.name for label in self.labels)

    @property
    def single(self) -> bool:
        """Whether exactly one label is selected."""
        return self.selection == "single"


class EntityType(Strict):
    """A type within an entity kind, such as ``union`` of ACTOR."""

    name: str
    definition: str


class EntityKindDefinition(Strict):
    """One entity kind: what counts as a mention and how the canonical name is formed."""

    kind: Literal["CLUSTER", "COUNTRY", "ACTOR", "STANDARD"]
    version: str
    definition: str
    includes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    canonical: str
    types: tuple[EntityType, ...] = ()
    rulings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """All dimensions and entity kinds of one version."""

    version: str
    dimensions: dict[str, Dimension]
    entity_kinds: dict[str, EntityKindDefinition]
    folder: Path

    def dimension(self, name: str) -> Dimension:
        """Return a dimension by name, or raise `UnknownNameError` naming the known ones."""
        if name not in self.dimensions:
            raise UnknownNameError("dimension", name, self.dimensions)
        return self.dimensions[name]

    def check_label(self, dimension: str, label: str) -> None:
        """Raise `UnknownNameError` where the dimension has no such label."""
        names = self.dimension(dimension).label_names
        if label not in names:
            raise UnknownNameError(f"label of {dimension}", label, names)


@cache
def load_codebook(folder: Path = CODEBOOK_FOLDER) -> Codebook:
    """Load and check the codebook.

    Raises
    ------
    CodebookError
        A file with unknown keys, a name that is not the file's, a label given twice, or files
        of different versions.
    """
    dimensions = {}
    for path in sorted((folder / "dimensions").glob("*.yaml")):
        dimension = load_yaml(path, Dimension)
        names = dimension.label_names
        if dimension.name != path.stem:
            raise CodebookError(f"{path}: name is {dimension.name!r}; expected {path.stem!r}")
        if len(set(names)) != len(names):
            twice = sorted({name for name in names if names.count(name) > 1})
            raise CodebookError(f"{path}: labels given twice: {', '.join(twice)}")
        dimensions[dimension.name] = dimension
    if not dimensions:
        raise CodebookError(f"{folder / 'dimensions'}: no *.yaml; expected one per dimension")
    kinds: dict[str, EntityKindDefinition] = {}
    for path in sorted((folder / "entities").glob("*.yaml")):
        kind = load_yaml(path, EntityKindDefinition)
        kinds[kind.kind] = kind
    versions = {one.version for one in dimensions.values()}
    versions |= {one.version for one in kinds.values()}
    if len(versions) != 1:
        raise CodebookError(f"{folder}: versions {sorted(versions)}; expected one for all files")
    return Codebook(versions.pop(), dimensions, kinds, folder)

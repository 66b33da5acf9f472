"""What a run reads and codes with: one recipe, so that a changed part is noticed by its hash."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import versions
from pipeline.ids import sha256_text


@dataclass(frozen=True, slots=True)
class Recipe:
    """Versions of parser (reading and extraction), codebook and models that make a paper's rows."""

    parser_version: str
    codebook_version: str
    models: dict[str, str] = field(default_factory=dict)

    @property
    def hash(self) -> str:
        """Hash of all parts."""
        parts = [self.parser_version, self.codebook_version, sorted(self.models.items())]
        return sha256_text(json.dumps(parts))[:16]

    @property
    def parts(self) -> dict[str, str]:
        """What the hash stands for: ``parser``, ``codebook``, dimension to model id."""
        return {"parser": self.parser_version, "codebook": self.codebook_version, **self.models}


def current_recipe(models_path: Path) -> Recipe:
    """Return the recipe in use, from manifests alone: no model is loaded."""
    from models.registry import models_in_use

    parser = "+".join((versions.READERS, versions.STRUCTURE, versions.EXTRACTION))
    return Recipe(parser, "1", models_in_use(models_path))

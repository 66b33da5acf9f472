"""Vocabularies: complete, strict, and without two meanings for one name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pycountry
import pytest

from pipeline.codebook import CODEBOOK_FOLDER, load_codebook
from pipeline.errors import CodebookError
from pipeline.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()


def test_every_iso_country_is_there_once() -> None:
    codes = [row.code for row in VOCABULARY.countries.countries]
    assert sorted(codes) == sorted(one.alpha_2 for one in pycountry.countries)


def test_the_lists_are_as_long_as_promised() -> None:
    assert len({row.name for row in VOCABULARY.standards.standards}) >= 150
    assert len({row.name for row in VOCABULARY.actors}) >= 400
    assert len({row.name for row in VOCABULARY.clusters}) >= 500


def test_types_are_those_of_the_codebook() -> None:
    kinds = load_codebook().entity_kinds
    actors = {one.name for one in kinds["ACTOR"].types}
    standards = {one.name for one in kinds["STANDARD"].types}
    assert {row.actor_type for row in VOCABULARY.actors} <= actors
    assert {row.actor_type for row in VOCABULARY.shapes.actor_heads} <= actors
    assert {row.standard_type for row in VOCABULARY.standards.standards} <= standards
    assert {row.standard_type for row in VOCABULARY.standards.patterns} <= standards


def test_clusters_lie_in_known_countries() -> None:
    codes = {row.code for row in VOCABULARY.countries.countries}
    assert {row.country for row in VOCABULARY.clusters} <= codes


def test_unknown_keys_are_refused_with_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "vocabulary"
    shutil.copytree(CODEBOOK_FOLDER / "vocabulary", folder)
    path = folder / "clusters.yaml"
    path.write_text('kind: CLUSTER\nversion: "1"\nentries: []\nplaces: []\ncolour: red\n')
    with pytest.raises(CodebookError, match=r"clusters\.yaml:5: colour"):
        load_vocabulary(folder)


def test_without_takes_names_out_by_any_form() -> None:
    less = VOCABULARY.without(["ILO", "Agra footwear", "SA8000"])
    gone = {row.name for row in VOCABULARY.actors} - {row.name for row in less.actors}
    assert gone == {"International Labour Organization"}
    assert {r.name for r in VOCABULARY.clusters} - {r.name for r in less.clusters} == {
        "Agra footwear"
    }
    assert "SA8000" not in {row.name for row in less.standards.standards}
    assert less.countries == VOCABULARY.countries

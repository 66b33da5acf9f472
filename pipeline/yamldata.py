"""YAML data files read strictly: unknown keys are refused, with file and line.

A checked file leaves a snapshot beside it, as Python does with its modules: reading 800 kB of
vocabularies as YAML takes two thirds of a second, as JSON a twentieth.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import CodebookError


class Strict(BaseModel):
    """Base of all data-file models: frozen, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=BaseModel)


def load_yaml(path: Path, model: type[Model]) -> Model:
    """Read one YAML file into `model`.

    Raises
    ------
    CodebookError
        Names the file and line of what is missing, unknown or of the wrong kind.
    """
    try:
        content = path.read_bytes()
        text = content.decode("utf-8")
    except OSError as error:
        raise CodebookError(f"{path}: {error.strerror}; expected a YAML file") from error
    except UnicodeDecodeError as error:
        raise CodebookError(f"{path}: not UTF-8 at byte {error.start}; expected UTF-8") from error
    snapshot = _Snapshot(path, content)
    if (known := snapshot.read(model)) is not None:
        return known
    try:
        data = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise CodebookError(
            f"{path}:{line}: not YAML: {getattr(error, 'problem', error)}"
        ) from error
    try:
        checked = model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        line = _line_of(text, first["loc"])
        raise CodebookError(f"{path}:{line}: {where}: {first['msg']}") from error
    snapshot.write(checked)
    return checked


class _Snapshot:
    """What a YAML file holds, as JSON under the hash of its bytes: never older than the file.

    Lies in ``__pycache__`` beside the file and is written under the same conditions as compiled
    modules: not where the folder is read-only, not with ``PYTHONDONTWRITEBYTECODE``.
    """

    def __init__(self, path: Path, content: bytes) -> None:
        self._path = path.parent / "__pycache__" / f"{path.name}.json"
        self._head = hashlib.sha256(content).hexdigest().encode()

    def read(self, model: type[Model]) -> Model | None:
        """Return the file's content, or None where no snapshot of these very bytes is at hand."""
        try:
            head, _, body = self._path.read_bytes().partition(b"\n")
            return model.model_validate_json(body) if head == self._head else None
        except (OSError, ValidationError):
            # Missing, cut short, or of a model that has changed: the YAML file decides.
            return None

    def write(self, checked: BaseModel) -> None:
        """Keep what was read; given up without a word where nothing may be written here."""
        if sys.dont_write_bytecode:
            return
        # Defaults are left to the model, so that a changed default holds for old snapshots, too.
        body = checked.model_dump_json(by_alias=True, exclude_unset=True).encode()
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(exist_ok=True)
            # Several processes may start at once: each makes its own and replaces the whole file.
            made = self._path.with_name(f".{self._path.name}.{os.getpid()}")
            made.write_bytes(self._head + b"\n" + body)
            made.replace(self._path)


def _line_of(text: str, location: Sequence[int | str]) -> int:
    """Return the line where `location` stands, as near as the file goes."""
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    line = 1
    for part in location:
        if node is None:
            break
        line = int(node.start_mark.line) + 1
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == part), None)
            if found is None:
                break
            line = int(found[0].start_mark.line) + 1
            node = found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
            line = int(node.start_mark.line) + 1
        else:
            break
    return line

"""Shipped and trained artefacts: files named in a manifest and loaded only if their hash holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ModelError
from pipeline.ids import sha256_bytes

SHIPPED = Path(__file__).with_name("shipped")
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Artefact:
    """A folder of files whose SHA-256 stand in its manifest; `model_id` is made of them."""

    folder: Path
    model_id: str
    hashes: dict[str, str]

    def read(self, name: str) -> bytes:
        """Return a file's bytes after checking its hash.

        Raises
        ------
        ModelError
            The file is missing, not in the manifest, or not what the manifest says.
        """
        expected = self.hashes.get(name)
        if expected is None:
            raise ModelError(
                f"{self.folder / name}: not in {MANIFEST}; expected {list(self.hashes)}"
            )
        try:
            data = (self.folder / name).read_bytes()
        except OSError as error:
            raise ModelError(
                f"{self.folder / name}: {error.strerror}; restore the artefact"
            ) from error
        got = sha256_bytes(data)
        if got != expected:
            raise ModelError(
                f"{self.folder / name}: SHA-256 is {got[:12]}…, expected {expected[:12]}…;"
                " the file was changed: restore it or train again"
            )
        return data


def open_artefact(folder: Path) -> Artefact:
    """Open an artefact folder by its manifest.

    Raises
    ------
    ModelError
        No manifest, or one that is not readable.
    """
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        return Artefact(folder, str(manifest["model_id"]), dict(manifest["files"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: not a readable manifest ({error}); restore or train") from error


def seal(folder: Path, name: str, files: list[str], **facts: object) -> Artefact:
    """Write the manifest of `files` in `folder`; the model id is `name` and their joint hash."""
    hashes = {file: sha256_bytes((folder / file).read_bytes()) for file in sorted(files)}
    joint = sha256_bytes(json.dumps(hashes, sort_keys=True).encode())
    model_id = f"{name}-{joint[:10]}"
    manifest = {"model_id": model_id, "files": hashes, **facts}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return Artefact(folder, model_id, hashes)

"""Paths, folders, globs and archives become single sources, each opened only when asked."""

from __future__ import annotations

import glob
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Literal

from pipeline.errors import ReadError, UsageError
from pipeline.readers.detect import ZIP, detect
from pipeline.readers.zips import LIMITS, ZipLimits, open_zip, read_member

MAX_FILE = 600 << 20
MAX_NESTING = 3
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_JUNK = frozenset({"Thumbs.db", "desktop.ini", "__MACOSX"})


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read: a file, or a member of an archive as ``a.zip!/name``.

    `open` returns the bytes and raises ReadError (stage ``open``) where it can't; `mtime_ns` is
    the file's own (a member has its archive's); `size` is in bytes, as the directory says.
    """

    label: str
    kind: Literal["file", "member"]
    size: int
    mtime_ns: int
    open: Callable[[], bytes] = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        """The last part of the label, for tie-breaks by suffix."""
        return PurePosixPath(self.label.replace("\\", "/")).name


def expand(paths: Iterable[str | Path], limits: ZipLimits = LIMITS) -> Iterator[Source]:
    """Yield every source under the paths, in a stable order, each label once.

    Folders are walked (hidden names and links that lead outside left out), globs are expanded,
    ZIP archives yield their members; a Word file is a ZIP and yields itself. An archive that
    can't be opened yields itself, so that the reader's error is recorded against it.

    Raises
    ------
    UsageError
        For a path that does not exist, or a glob that matches nothing.
    """
    seen: set[str] = set()
    for path in paths:
        for file in _files(str(path)):
            for source in _of_file(file, limits):
                if source.label not in seen:
                    seen.add(source.label)
                    yield source


def _files(given: str) -> list[Path]:
    path = Path(given).expanduser()
    if path.is_dir():
        return _walk(path)
    if path.exists():
        return [path]
    if glob.has_magic(given):
        found = sorted(Path(match) for match in glob.glob(str(path), recursive=True))  # noqa: PTH207 - absolute globs
        if found:
            return [
                file for match in found for file in (_walk(match) if match.is_dir() else [match])
            ]
        raise UsageError(f"Nothing matches {given!r}; expected files or folders.")
    raise UsageError(f"No such file or folder: {given!r}")


def _walk(folder: Path) -> list[Path]:
    root = folder.resolve()
    found = []
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        if any(part.startswith(".") or part in _JUNK for part in parts) or not file.is_file():
            continue
        if file.is_symlink() and not file.resolve().is_relative_to(root):
            continue
        found.append(file)
    return found


def _of_file(file: Path, limits: ZipLimits) -> Iterator[Source]:
    label = str(file)
    try:
        status = file.stat()
    except OSError as error:
        yield Source(label, "file", 0, 0, _failing(label, error))
        return
    itself = Source(label, "file", status.st_size, status.st_mtime_ns, lambda: _read(file))
    if not _is_archive(file):
        yield itself
        return
    try:
        data = itself.open()
        members = list(_members(label, data, status.st_mtime_ns, limits, 1, _Budget(limits)))
    except ReadError:
        members = []
    yield from members or [itself]


def _failing(label: str, error: OSError) -> Callable[[], bytes]:
    def fail() -> bytes:
        raise ReadError("unreadable", f"{label} can't be opened: {error}", stage="open") from error

    return fail


def _read(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise ReadError("not_a_document", f"{file} is no regular file.", stage="open")
        size = file.stat().st_size
        if size > MAX_FILE:
            raise ReadError(
                "too_large",
                f"{size >> 20} MB; at most {MAX_FILE >> 20} MB are read. Split it.",
                stage="open",
            )
        return file.read_bytes()
    except OSError as error:
        raise ReadError("unreadable", f"{file} can't be opened: {error}", stage="open") from error


def _is_archive(file: Path) -> bool:
    try:
        if not file.is_file():
            return False
        with file.open("rb") as stream:
            if not stream.read(4).startswith(_ZIP_MAGIC):
                return False
        if file.stat().st_size > MAX_FILE:
            return False
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist()[:2000])
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, IndexError):
        return False
    return "[Content_Types].xml" not in names and "mimetype" not in names


class _Budget:
    """Counts what one archive, with all archives inside it, may still unpack to."""

    def __init__(self, limits: ZipLimits) -> None:
        self.members, self.size = limits.members, limits.total_size


def _members(
    label: str, data: bytes, mtime_ns: int, limits: ZipLimits, depth: int, budget: _Budget
) -> Iterator[Source]:
    archive = open_zip(data, limits)
    for info in archive.infolist():
        parts = PurePosixPath(info.filename.replace("\\", "/")).parts
        if (
            info.is_dir()
            or not parts
            or parts[-1] in _JUNK
            or "__MACOSX" in parts
            or parts[-1].startswith(".")
        ):
            continue
        inner = f"{label}!/{info.filename}"
        budget.members -= 1
        budget.size -= info.file_size
        if ".." in parts or parts[0] in ("/", "\\") or (parts[0][1:2] == ":"):
            yield _refused(
                inner,
                info,
                mtime_ns,
                "archive",
                "Its path climbs out of the archive; it was not unpacked.",
            )
        elif (info.external_attr >> 16) & 0o170000 == 0o120000:
            yield _refused(
                inner,
                info,
                mtime_ns,
                "archive",
                "It is a link inside the archive; links are not followed.",
            )
        elif budget.members < 0 or budget.size < 0:
            yield _refused(
                inner,
                info,
                mtime_ns,
                "too_large",
                "The archive unpacks to more than is read; split it.",
            )
        elif _nested(archive, info):
            if depth >= MAX_NESTING:
                yield _refused(
                    inner,
                    info,
                    mtime_ns,
                    "archive",
                    f"Archives are opened {MAX_NESTING} deep, no deeper.",
                )
                continue
            try:
                yield from list(
                    _members(
                        inner,
                        read_member(archive, info, limits),
                        mtime_ns,
                        limits,
                        depth + 1,
                        budget,
                    )
                )
            except ReadError as error:
                yield _refused(inner, info, mtime_ns, error.reason, error.detail)
        else:
            yield Source(inner, "member", info.file_size, mtime_ns, _opener(archive, info, limits))


def _opener(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: ZipLimits
) -> Callable[[], bytes]:
    return lambda: read_member(archive, info, limits)


def _refused(label: str, info: zipfile.ZipInfo, mtime_ns: int, reason: str, detail: str) -> Source:
    def fail() -> bytes:
        raise ReadError(reason, detail, stage="open")

    return Source(label, "member", info.file_size, mtime_ns, fail)


def _nested(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Say whether a member is an archive itself (and no Word file)."""
    if info.flag_bits & 0x1:
        return False
    try:
        with archive.open(info) as stream:
            if not stream.read(4).startswith(_ZIP_MAGIC):
                return False
        data = read_member(archive, info)
    except (
        ReadError,
        zipfile.BadZipFile,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        EOFError,
    ):
        return False
    return detect(data, info.filename) == ZIP


__all__ = ["MAX_FILE", "MAX_NESTING", "Source", "expand"]

"""Opening members of ZIP files within limits: number, size, ratio, total."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

from pipeline.errors import ReadError

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """What one archive may hold; sizes in bytes after unpacking."""

    members: int = 20_000
    member_size: int = 300 << 20
    total_size: int = 2 << 30
    ratio: int = 200
    ratio_from: int = 20 << 20


LIMITS = ZipLimits()


def open_zip(data: bytes, limits: ZipLimits = LIMITS) -> zipfile.ZipFile:
    """Return the archive with its directory checked.

    Raises
    ------
    ReadError
        ``damaged`` where the directory can't be read, ``too_large`` where it holds too many.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, IndexError) as error:
        raise ReadError(
            "damaged",
            f"The ZIP directory can't be read ({error}); it may be cut short. Fetch it again.",
            stage="open",
        ) from error
    if len(members) > limits.members:
        raise ReadError(
            "too_large",
            f"The archive holds {len(members)} members; at most {limits.members} are read.",
            stage="open",
        )
    return archive


def read_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: ZipLimits = LIMITS
) -> bytes:
    """Unpack one member, counting what really comes out rather than what the header says.

    Raises
    ------
    ReadError
        ``locked``, ``too_large`` or ``damaged``.
    """
    if info.flag_bits & 0x1:
        raise ReadError(
            "locked",
            f"{info.filename!r} is locked with a password inside the archive; unpack it and"
            f" offer the file itself.",
            stage="open",
        )
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as stream:
            while part := stream.read(_CHUNK):
                size += len(part)
                bomb = size > limits.ratio_from and size > limits.ratio * max(info.compress_size, 1)
                if size > limits.member_size or bomb:
                    raise ReadError(
                        "too_large",
                        f"{info.filename!r} unpacks to more than {size >> 20} MB from"
                        f" {info.compress_size} bytes; it looks like a ZIP bomb.",
                        stage="open",
                    )
                parts.append(part)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise ReadError(
            "damaged", f"{info.filename!r} can't be unpacked ({error}).", stage="open"
        ) from error
    return b"".join(parts)

"""Paths become sources; archives are opened within limits and nothing climbs out of them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import ReadError, UsageError
from pipeline.readers.zips import ZipLimits
from pipeline.sources import MAX_NESTING, Source, expand


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def outcome(source: Source) -> bytes | str:
    try:
        return source.open()
    except ReadError as error:
        assert error.stage == "open"
        return error.reason


def found(path: Path, limits: ZipLimits | None = None) -> dict[str, bytes | str]:
    sources = list(expand([path], limits) if limits else expand([path]))
    return {source.label.removeprefix(str(path)): outcome(source) for source in sources}


def test_folders_globs_and_files_come_once_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "a.txt", "b/d.txt", ".hidden", "b/.git"):
        (tmp_path / name).write_text(name)
    labels = [s.label for s in expand([tmp_path, tmp_path / "a.txt", str(tmp_path / "*.txt")])]
    assert labels == [str(tmp_path / name) for name in ("a.txt", "b/d.txt", "c.txt")]
    source = next(expand([tmp_path / "a.txt"]))
    assert (source.kind, source.size, source.name) == ("file", 5, "a.txt")
    assert source.mtime_ns == (tmp_path / "a.txt").stat().st_mtime_ns


@pytest.mark.parametrize("given", ["missing.txt", "*.nothing"])
def test_what_is_not_there_is_wrong_use(tmp_path: Path, given: str) -> None:
    with pytest.raises(UsageError, match=r"Nothing|No such"):
        list(expand([str(tmp_path / given)]))


def test_members_are_named_by_their_archive(tmp_path: Path) -> None:
    inner = packed({"deep.txt": b"deep"})
    path = tmp_path / "a.zip"
    path.write_bytes(
        packed({"x.txt": b"one", "sub/y.txt": b"two", "inner.zip": inner, "__MACOSX/z": b"-"})
    )
    assert found(path) == {
        "!/x.txt": b"one",
        "!/sub/y.txt": b"two",
        "!/inner.zip!/deep.txt": b"deep",
    }
    assert {s.kind for s in expand([path])} == {"member"}


def test_a_word_file_is_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    data = packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<a/>"})
    path.write_bytes(data)
    assert found(path) == {"": data}


def test_a_path_that_climbs_out_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(
        packed({"../../evil.txt": b"no", "/etc/evil": b"no", "C:/evil": b"no", "ok.txt": b"ok"})
    )
    assert found(path) == {
        "!/../../evil.txt": "archive",
        "!//etc/evil": "archive",
        "!/C:/evil": "archive",
        "!/ok.txt": b"ok",
    }


def test_a_bomb_is_refused_and_its_neighbours_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"bomb.txt": bytes(30 << 20), "ok.txt": b"ok"}))
    assert found(path) == {"!/bomb.txt": "too_large", "!/ok.txt": b"ok"}


def test_limits_of_number_total_and_depth(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({f"{i}.txt": b"x" * 10 for i in range(5)}))
    assert list(found(path, ZipLimits(total_size=25)).values()) == [
        b"x" * 10,
        b"x" * 10,
        *["too_large"] * 3,
    ]
    assert list(found(path, ZipLimits(members=3))) == [""]
    data = packed({"core.txt": b"core"})
    for _ in range(MAX_NESTING):
        data = packed({"n.zip": data})
    path.write_bytes(data)
    assert list(found(path).values()) == ["archive"]


def test_a_damaged_archive_yields_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"a.txt": b"a" * 500})[:60])
    assert list(found(path)) == [""]

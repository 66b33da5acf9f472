"""YAML data files: read strictly, kept as JSON under the hash of their bytes."""

import sys
from pathlib import Path

import pytest
from pydantic import Field

from pipeline.errors import CodebookError
from pipeline.vocabulary import load_vocabulary
from pipeline.yamldata import Strict, load_yaml


class Row(Strict):
    name: str
    numbers: dict[int, str] = Field(default_factory=dict)
    many: tuple[str, ...] = ("default",)


class OtherDefault(Strict):
    name: str
    numbers: dict[int, str] = Field(default_factory=dict)
    many: tuple[str, ...] = ("another",)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "rows.yaml"
    path.write_text("name: Żary\nnumbers: {87: association}\n", encoding="utf-8")
    return path


def kept(file: Path) -> Path:
    return file.parent / "__pycache__" / "rows.yaml.json"


def test_a_second_reading_gives_the_same_from_the_snapshot(file: Path) -> None:
    first = load_yaml(file, Row)
    kept(file).write_bytes(kept(file).read_bytes().replace("Żary".encode(), b"kept"))
    assert first == Row(name="Żary", numbers={87: "association"})
    assert load_yaml(file, Row) == Row(name="kept", numbers={87: "association"})


def test_a_changed_file_is_read_anew(file: Path) -> None:
    load_yaml(file, Row)
    file.write_text("name: Lodz\n", encoding="utf-8")
    assert load_yaml(file, Row) == Row(name="Lodz")
    assert sorted(p.name for p in kept(file).parent.iterdir()) == ["rows.yaml.json"]


def test_a_changed_default_holds_for_old_snapshots(file: Path) -> None:
    load_yaml(file, Row)
    assert load_yaml(file, OtherDefault).many == ("another",)


@pytest.mark.parametrize("content", [b"", b"nonsense", b"{}"])
def test_a_broken_snapshot_is_passed_over(file: Path, content: bytes) -> None:
    load_yaml(file, Row)
    head = kept(file).read_bytes().partition(b"\n")[0]
    kept(file).write_bytes(head + b"\n" + content)
    assert load_yaml(file, Row).name == "Żary"


def test_a_wrong_file_is_refused_each_time_and_leaves_nothing(file: Path) -> None:
    file.write_text("name: Lodz\nnombre: 3\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(CodebookError, match=r"rows\.yaml:2: nombre"):
            load_yaml(file, Row)
    assert not kept(file).exists()


def test_nothing_is_written_where_python_may_not_either(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    load_yaml(file, Row)
    assert not kept(file).parent.exists()


def test_the_vocabularies_survive_the_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    from pipeline.codebook import CODEBOOK_FOLDER

    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(CODEBOOK_FOLDER / "vocabulary", tmp_path / "v", ignore=ignored)
    read = load_vocabulary.__wrapped__
    first, second = read(tmp_path / "v"), read(tmp_path / "v")
    assert vars(first) == vars(second)

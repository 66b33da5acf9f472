"""No tracked file holds a run of eight words of the texts that were only lent.

Where ``../shared`` is at hand, every file that git tracks is compared with the papers, annotations
and samples there, and with the coding manual's prose; every blob of the history with all but the
manual. Words are ``\\w+`` after NFKC and case-folding. Names and titles may be held: values of
the keys in `NAME_KEYS` in YAML files are left out, each on its own.
"""

from __future__ import annotations

import html
import io
import json
import re
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
import yaml

RUN = 8
"""A run of so many words is too much."""
MOST_BYTES = 3_000_000
GRAM = 4
"""Every run of eight holds a run of four that begins at a multiple of four."""
NAME_KEYS = frozenset(
    {
        "name",
        "names",
        "aliases",
        "alias",
        "place",
        "places",
        "title",
        "titles",
        "spellings",
        "variants",
        "source",
    }
)
LONGEST_NAME = 30
OFFICIAL_NAMES = (
    "Declaration on Fundamental Principles and Rights at Work",
    "Freedom of Association and Protection of the Right to Organise",
    "UN Guiding Principles on Business and Human Rights",
)
"""Names of instruments as long as a run, which any text may call by their names."""
BINARY = frozenset(
    {
        ".onnx",
        ".skops",
        ".npz",
        ".parquet",
        ".sqlite",
        ".db",
        ".png",
        ".jpg",
        ".ico",
        ".woff2",
        ".ttf",
    }
)
SPOKEN = re.compile(
    r"^word/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml$|\.(?:txt|md|html|jsonl?|csv|yaml)$|sharedStrings\.xml$"
)
PRINTABLE = re.compile(rb"[\x20-\x7e]{40,}")
TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


@cache
def lent(shared: Path, manual: bool = True) -> tuple[frozenset[str], frozenset[str]]:
    """Return the runs of four and of eight words of all that was lent."""
    fours: set[str] = set()
    eights: set[str] = set()
    if manual:
        fours, eights = (set(grams) for grams in lent(shared, False))
    for text in manual_prose(shared) if manual else lent_texts(shared):
        tokens = words(text)
        fours.update(" ".join(tokens[i : i + GRAM]) for i in range(len(tokens) - GRAM + 1))
        eights.update(" ".join(tokens[i : i + RUN]) for i in range(len(tokens) - RUN + 1))
    return frozenset(fours), frozenset(eights)


def lent_texts(shared: Path) -> Iterator[str]:
    for path in sorted((shared / "papers").glob("*.txt")):
        yield path.read_text(encoding="utf-8", errors="replace")
    for path in sorted((shared / "annotations").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield from (value for value in row.values() if isinstance(value, str))
    for path in sorted((shared / "samples").iterdir()):
        if path.name != "README.md":
            yield file_text(path.name, path.read_bytes())


def manual_prose(shared: Path) -> Iterator[str]:
    """Yield the coding manual without its labels: they are names, the prose around them is text."""
    manual = (shared / "codebook.md").read_text(encoding="utf-8")
    yield from re.sub(r"`[^`]*`", "\n", manual).split("\n")


def file_text(name: str, data: bytes) -> str:
    """Return the text of a file as far as a reader of the file would see it."""
    suffix = Path(name).suffix.casefold()
    if suffix == ".pdf" or data[:5] == b"%PDF-":
        return pdf_text(data)
    if suffix in (".docx", ".zip", ".xlsx") or data[:4] == b"PK\x03\x04":
        return zip_text(data)
    if suffix in BINARY or (b"\x00" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff")):
        return "\n".join(run.decode("ascii") for run in PRINTABLE.findall(data))
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    if suffix in (".html", ".xml"):
        text = html.unescape(TAG.sub(" ", text))
    return text


def pdf_text(data: bytes) -> str:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return ""  # Locked or damaged: nothing can be copied out of it either.
    try:
        pages = []
        for index in range(min(len(document), 60)):
            try:
                page = document[index]
            except pypdfium2.PdfiumError:
                continue
            textpage = page.get_textpage()
            pages.append(textpage.get_text_range(errors="ignore"))
            textpage.close()
            page.close()
        return "\n".join(pages)
    finally:
        document.close()


def zip_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [n for n in archive.namelist() if SPOKEN.search(n)]
        return "\n".join(
            html.unescape(
                TAG.sub(" ", archive.read(part).decode("utf-8", "replace").replace("</w:p>", "\n"))
            )
            for part in parts
        )


def without_names(text: str) -> list[str]:
    """Return a YAML file's text in pieces, without the values that are names or titles."""
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return [text]
    spans = sorted(name_spans(root))
    pieces, at = [], 0
    for start, end in spans:
        pieces.append(text[at:start])
        at = max(at, end)
    return [*pieces, text[at:]]


def name_spans(node: yaml.Node | None) -> Iterator[tuple[int, int]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in NAME_KEYS:
                yield from scalars(value)
            else:
                yield from name_spans(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from name_spans(item)


def scalars(node: yaml.Node) -> Iterator[tuple[int, int]]:
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    for item in items:
        if isinstance(item, yaml.ScalarNode) and len(words(item.value)) <= LONGEST_NAME:
            yield item.start_mark.index, item.end_mark.index
        elif not isinstance(item, yaml.ScalarNode):
            yield from name_spans(item)


@cache
def known_names(codebook: Path) -> tuple[str, ...]:
    """Return the long names of the vocabulary, as words between spaces: a name may be said."""
    # One by one and in a row: a list of names is nothing but names.
    found = [f" {' '.join(words(name))} " for name in (*OFFICIAL_NAMES, " ".join(OFFICIAL_NAMES))]
    for path in sorted((codebook / "vocabulary").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        for start, end in name_spans(yaml.compose(text, Loader=yaml.CSafeLoader)):
            name = words(text[start:end])
            if len(name) >= RUN:
                found.append(f" {' '.join(name)} ")
    return tuple(found)


def runs(name: str, data: bytes, shared: Path, manual: bool = True) -> Iterator[str]:
    """Yield the runs of eight words that a file has in common with what was lent."""
    fours, eights = lent(shared, manual)
    names = known_names(Path(__file__).resolve().parents[1] / "codebook")
    text = file_text(name, data)
    for piece in without_names(text) if name.endswith((".yaml", ".yml")) else [text]:
        tokens = words(piece)
        for at in range(0, len(tokens) - GRAM + 1, GRAM):
            if " ".join(tokens[at : at + GRAM]) not in fours:
                continue
            for start in range(max(0, at - RUN + GRAM), at + 1):
                run = " ".join(tokens[start : start + RUN])
                if (
                    run in eights
                    and not re.fullmatch(r"[\d ]+", run)
                    and not any(f" {run} " in known for known in names)
                ):
                    yield run


def git(root: Path, *arguments: str, feed: bytes | None = None) -> bytes:
    done = subprocess.run(
        ["git", "-C", str(root), *arguments], input=feed, capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"not a git checkout: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def offences(
    files: Iterable[tuple[str, bytes]], shared: Path, manual: bool = True
) -> dict[str, list[str]]:
    found = {}
    for name, data in files:
        held = sorted(set(runs(name, data, shared, manual)))
        if held:
            found[name] = held[:3]
    return found


def test_no_tracked_file_holds_a_run_of_lent_text(root: Path, shared: Path) -> None:
    names = git(root, "ls-files", "-z").decode().split("\0")
    files = ((n, (root / n).read_bytes()) for n in names if n and (root / n).is_file())
    assert offences(files, shared) == {}


def history(root: Path, now: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the blobs of the history that the working tree no longer holds."""
    listed = git(root, "rev-list", "--objects", "HEAD").decode(errors="replace").splitlines()
    named = dict(line.split(" ", 1) for line in listed if " " in line)
    old = {blob: name for blob, name in named.items() if blob not in now}
    check = (
        git(root, "cat-file", "--batch-check", feed="\n".join(old).encode()).decode().splitlines()
    )
    wanted = [
        line.split()[0] for line in check if " blob " in line and int(line.split()[2]) < MOST_BYTES
    ]
    stream = io.BytesIO(git(root, "cat-file", "--batch", feed="\n".join(wanted).encode()))
    for blob in wanted:
        size = int(stream.readline().split()[2])
        yield f"{blob[:10]}:{old[blob]}", stream.read(size)
        stream.read(1)


def test_the_history_holds_none_either(root: Path, shared: Path) -> None:
    staged = git(root, "ls-files", "-s").decode(errors="replace").splitlines()
    now = frozenset(line.split()[1] for line in staged)
    assert offences(history(root, now), shared, manual=False) == {}


def test_a_planted_run_is_found(shared: Path) -> None:
    paper = next(iter(sorted((shared / "papers").glob("*.txt"))))
    tokens = words(paper.read_text(encoding="utf-8"))[500:512]
    planted = " x ".join([" ".join(tokens[1 : 1 + RUN]), "and no more"]).encode()
    assert list(runs("notes.md", planted, shared))
    assert not list(runs("notes.md", " ".join(tokens[: RUN - 1]).encode(), shared))
    assert list(runs("notes.yaml", b"definition: " + " ".join(tokens).encode(), shared))
    assert not list(runs("notes.yaml", b"name: " + " ".join(tokens).encode(), shared))

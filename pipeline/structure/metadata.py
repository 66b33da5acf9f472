"""Title, authors, year, DOI, language, abstract, keywords: the best there is, and its origin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.document import Block, Document
from pipeline.records import Work
from pipeline.structure.language import language_of

__all__ = ["Facts", "describe", "split_names"]

_YEAR = re.compile(r"(?<![\d./–-])(1[89]\d\d|20[0-4]\d)(?![\d–-]|\.\d)")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]{1,200}")
_MARK = re.compile(
    r"[\d*†‡§¶✉⁰¹²³⁴-⁹]+|\((?:\d|[a-z])\)|\bPh\.?D\.?|\bORCID\b.*|(?<=\s)[A-Z]{5,}$", re.ASCII
)
_AND = re.compile(r"\s*(?:;|·|•|\||\s/\s|&|,?\s+\band\b\s+|\bund\b|\n)\s*")
_COMMA = re.compile(r"\s*,\s*")
_KEY_LABEL = re.compile(
    r"^\s*(?:key\s?-?words?|index terms|schlüsselwörter|mots[- ]clés|palabras clave|palavras-chave)"
    r"\b(?:\s+and phrases)?\s*[:.—–-]*\s*",
    re.IGNORECASE,
)
_JUNK_TITLE = re.compile(
    r"^(?:microsoft word|untitled|document\d*|slide \d|doi:"
    r"|.*\.(?:docx?|pdf|tex|dvi|indd|qxd|html?)$|\W*$)",
    re.IGNORECASE,
)
_IMPRINT = re.compile(
    r"\b(?:published|copyright|doi|vol\.|volume|issn|journal of)\b|©", re.IGNORECASE
)
_NOBODY = frozenset(
    ["python-docx", "unknown", "user", "admin", "administrator", "your name", "author", "anonymous"]
)
_PUBLISHED = re.compile(
    r"(?:published(?:\s+online)?|publication date|accepted|copyright|©|first published|issue"
    r"|vol\.?|volume|\(|,)\W",
    re.IGNORECASE,
)
_ACCESSED = re.compile(
    r"\[\d{1,2}\.\d{1,2}\.((?:19|20)\d\d)\]|(?:[Aa]ccessed|[Rr]etrieved)[^.;]{0,25}?((?:19|20)\d\d)"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """A paper's metadata; `origin` pairs each field that has a value with where it came from."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    doi: str | None = None
    language: str | None = None
    abstract: str | None = None
    keywords: tuple[str, ...] = ()
    origin: tuple[tuple[str, str], ...] = ()
    troubles: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Found:
    values: dict[str, object] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, value: object, origin: str) -> None:
        """Keep the first value that is one."""
        if value and name not in self.values:
            self.values[name] = value
            self.origin[name] = origin


def describe(document: Document, works: Sequence[Work] = ()) -> Facts:
    """Choose each field from what the reader found in the file's data and in its blocks."""
    found = _Found()
    blocks = document.blocks
    given: dict[str, list[tuple[str, str]]] = {}
    for meta in document.metadata:
        given.setdefault(meta.field, []).append((meta.value, meta.origin))
    _title(found, blocks, given.get("title", []))
    _authors(found, blocks, given.get("authors", []))
    front = _front(blocks)
    for value, origin in given.get("doi", []):
        found.put("doi", _doi(value), origin)
    for text in front:
        found.put("doi", _doi(text), "front")
    imprint = [b.text for b in blocks if b.kind == "title"]
    troubles = _year(found, [t for t in front if t not in imprint], given.get("year", []), works)
    abstract = " ".join(b.text for b in blocks if b.kind == "abstract")
    found.put("abstract", abstract, "text")
    for value, origin in given.get("abstract", []):
        found.put("abstract", " ".join(value.split()), origin)
    for block in blocks:
        if block.kind == "keywords":
            found.put("keywords", _keywords(block.text), "text")
    words = [word for value, _ in given.get("keywords", []) for word in _keywords(value)]
    found.put(
        "keywords", tuple(dict.fromkeys(words)), next((o for _, o in given.get("keywords", [])), "")
    )
    stated = next((value for value, _ in given.get("language", [])), None)
    language, how = language_of(blocks, stated)
    found.put("language", language, how)
    values: dict[str, Any] = found.values
    return Facts(**values, origin=tuple(sorted(found.origin.items())), troubles=tuple(troubles))


def _front(blocks: tuple[Block, ...]) -> list[str]:
    """Return the texts of the front matter, and lines of the first page that read like imprints."""
    texts = []
    for i, block in enumerate(blocks):
        if block.kind in ("title", "authors", "front", "keywords") or (
            i < 12 and len(block.text) < 300 and _IMPRINT.search(block.text)
        ):
            texts.append(block.text)
        elif block.kind == "reference":
            break
    return texts


def _title(found: _Found, blocks: tuple[Block, ...], given: list[tuple[str, str]]) -> None:
    block = next((b for b in blocks if b.kind == "title"), None)
    good = [(" ".join(v.split()), o) for v, o in given if not _JUNK_TITLE.match(v) and len(v) > 5]
    for value, origin in good:
        if "citation" in origin or origin.startswith(("jats", "tei")):
            found.put("title", value, origin)
    if block is not None:
        found.put("title", block.text, "text")
    for value, origin in good:
        found.put("title", value, origin)
    heading = next((b for b in blocks[:6] if b.kind == "heading"), None)
    if heading is not None:
        found.put("title", heading.text, "first heading")


def _authors(found: _Found, blocks: tuple[Block, ...], given: list[tuple[str, str]]) -> None:
    trusted = [(v, o) for v, o in given if "citation" in o or o.startswith(("jats", "tei"))]
    for group in (trusted, None, given):
        if group is None:
            names = [n for b in blocks if b.kind == "authors" for n in split_names(b.text)]
            found.put("authors", tuple(dict.fromkeys(names)), "text")
        elif group:
            names = [name for value, _ in group for name in split_names(_unturned(value))]
            found.put("authors", tuple(dict.fromkeys(names)), group[0][1])


def _unturned(value: str) -> str:
    """Return one declared author with the given name first ("Weber, Anna" is Anna Weber)."""
    bits = [bit.strip() for bit in value.split(",")]
    two = len(bits) == 2 and all(bits) and not re.search(r"[;&]|\band\b", value)
    if two and (len(bits[0].split()) == 1 or len(bits[1].split()) == 1):
        return f"{bits[1]} {bits[0]}"
    return value


def split_names(text: str) -> list[str]:
    """Return the names in a line of authors, given name first, without marks and titles."""
    text = _MARK.sub(" ", text)
    text = re.sub(r"^\s*(?:by|von|par|por)\s+", "", text, flags=re.IGNORECASE)
    names: list[str] = []
    semicolons = ";" in text
    for part in _AND.split(text):
        bits = [bit for bit in _COMMA.split(part.strip(" ,.")) if bit]
        if len(bits) == 2 and (semicolons or (len(bits[0].split()) == 1 and _given(bits[1]))):
            names.append(f"{bits[1]} {bits[0]}")  # "Surname, Given"
        else:
            names += bits
    clean = [" ".join(name.split()).strip(" .,;") for name in names]
    return [
        name
        for name in clean
        if 1 < len(name) < 80 and any(map(str.isalpha, name)) and name.casefold() not in _NOBODY
    ]


def _given(text: str) -> bool:
    return bool(re.fullmatch(r"(?:[A-Z]\.?[\s-]?){1,4}", text))


def _doi(text: str) -> str | None:
    match = _DOI.search(text)
    if not match:
        return None
    return match.group().rstrip(".,;:)]}\"'").casefold()


def _keywords(text: str) -> tuple[str, ...]:
    text = _KEY_LABEL.sub("", text).strip().rstrip(".")
    sign = next((s for s in (";", "·", "•", "|", "–", ",") if s in text), ",")
    words = (" ".join(word.split()).strip(" .") for word in text.split(sign))
    return tuple(word for word in words if 1 < len(word) < 120)


def _year(
    found: _Found, front: list[str], given: list[tuple[str, str]], works: Sequence[Work]
) -> list[tuple[str, str]]:
    for value, origin in given:
        year = _YEAR.search(value)
        if year and not origin.startswith(("pdf", "docx")):
            found.put("year", int(year.group(1)), origin)
    for text in front:
        if _PUBLISHED.search(text) and not text.casefold().startswith(("download", "received")):
            years = [int(y) for y in _YEAR.findall(text)]
            if years:
                found.put("year", years[0], "front")
    for text in front[:25]:
        if _YEAR.fullmatch(text.strip()):
            found.put("year", int(text.strip()), "front")
    if "year" in found.values:
        return []
    seen = {int(work.year[:4]) for work in works if work.year and work.year[:4].isdigit()}
    seen |= {
        int(year) for work in works for pair in _ACCESSED.findall(work.raw) for year in pair if year
    }
    if not seen:
        # The file's own date says when it was saved: better than nothing, and marked so.
        for value, origin in given:
            year = _YEAR.search(value)
            if year:
                found.put("year", int(year.group(1)), origin)
        if "year" in found.values:
            return []
        return [("no_year", "Neither the file nor its front matter says when the paper appeared.")]
    guess = max(seen)
    found.put("year", guess, "estimate:latest year in the reference list")
    detail = f"No date of publication was found; {guess} is the latest year in the reference list."
    return [("year_estimated", detail)]

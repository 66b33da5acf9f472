"""The entries of a reference list become works: authors, year, title, container, DOI."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ids import content_id
from pipeline.records import Work
from pipeline.structure.names import fold, letters, surname

__all__ = ["parse_reference", "parse_references"]

WORDY = r"forthcoming|in\s+press|unpublished(?:\s+\w+)?|n\.\s?d\.|o\.\s?J\.|undated"
WORDY += r"|im\s+Erscheinen|under\s+review|accepted"
DATED = re.compile(
    rf"\(\s*(?P<y1>(?:1[5-9]|20)\d\d[a-z]?|{WORDY})(?:[,/–-][^()]{{0,30}})?\s*\)"
    r"|(?:(?<=[\s.,])|^)(?P<y2>(?:1[5-9]|20)\d\d[a-z]?)(?=\s*[:.,]\s)"
    rf"|(?<=\s)(?P<y3>{WORDY})(?=\s*[:.,]\s)",
    re.IGNORECASE,
)
ANY_YEAR = re.compile(r"(?<![\d/–.-])((?:1[5-9]|20)\d\d[a-z]?)(?![\d–/-])")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>\]]{1,200}")
KEY = re.compile(r"^\s*(?:\[(\d{1,4})\]|\((\d{1,4})\)|(\d{1,3})[.)]?(?=\s+[^\W\d_]))\s*")
URL = re.compile(r"(?:https?://|www\.)\S+|\[\d{1,2}\.\d{1,2}\.\d{2,4}\]")
_EDITORS = re.compile(
    r"[,\s]*\(?\b(?:eds?|hgg?|hrsgg?|editors?|coords?|org|orgs)\b\.?\)?[.,\s]*$", re.IGNORECASE
)
DASHES = re.compile(r"^\s*(?:[-_–—―]{2,}|[—―])[\s.,]*")
_QUOTED = re.compile(r"[“\"‘„]([^“”\"„]{8,400}?)[.,?!]?[”\"’“](?=[\s,.(]|$)")
_IN = re.compile(
    r"[.,;?!”\"]?\s+(?:In|in)\s*:\s*|[.?!”\"]\s+In\s+(?=[A-Z])|[.;]\s+(?:Paper )?[Pp]resented at\s+"
)
_TITLE_END = re.compile(
    r"(?<![\s.(][A-Z])(?<!\bvs)(?<!\bSt)(?<!\bVol)(?<!\bNo)(?:\.(?=\s)|[?!](?=\s+[A-Z\"“(]))"
)
_NAME_SPLIT = re.compile(r"\s*(?:;|/|&|\band\b|\bund\b|\by\b)\s*")
_INITIALS = re.compile(r"(?:[^\W\d_](?:\.|\b)[\s-]?){1,5}(?:\s?(?:de|da|van|von|Jr\.?|Sr\.?))?")
_GIVEN = re.compile(r"[^\W\d_][\w'’.-]*(?:\s[^\W\d_][\w'’.-]*){0,2}")
_STOPPED = re.compile(r"(?:\b[^\W\d_]|\b[JS]r)\.$")
LONG_HEAD = 400
_CUT = 3_000
"""Characters of an entry that are looked at; an entry is no longer."""


def parse_references(entries: Sequence[str], paper_id: str = "") -> tuple[Work, ...]:
    """Return one work per entry, in order; a dash for authors repeats those before it."""
    works: list[Work] = []
    seen: dict[str, int] = {}
    for entry in entries:
        before = works[-1].authors if works else ()
        work = parse_reference(entry, paper_id, before)
        count = seen.get(work.work_id, 0)
        seen[work.work_id] = count + 1
        if count:
            # The same entry twice: still one work per entry, the second under an id of its own.
            work = _with_id(work, content_id("work", work.work_id, count))
        works.append(work)
    return tuple(works)


def _with_id(work: Work, work_id: str) -> Work:
    return Work(
        work_id,
        work.authors,
        work.year,
        work.title,
        work.container,
        work.doi,
        work.paper_id,
        work.raw,
        work.key,
    )


def parse_reference(entry: str, paper_id: str = "", before: tuple[str, ...] = ()) -> Work:
    """Parse one entry of a reference list, whatever its style.

    Parameters
    ----------
    entry : str
        The entry as printed.
    paper_id : str
        The paper whose list it stands in.
    before : tuple of str
        The authors of the entry before, for lists that print a dash in their place.
    """
    raw = " ".join(entry.split())
    text = raw[:_CUT]
    found_key = KEY.match(text)
    key = next((g for g in found_key.groups() if g), None) if found_key else None
    text = text[found_key.end() :] if found_key else text
    doi = _DOI.search(text)
    dated = date_of(text)
    if dated is not None:
        head, rest = text[: dated.start()], text[dated.end() :]
        year: str | None = _year(dated)
        authors = before if DASHES.match(head) and before else _authors(head)
        title, container = _title(rest)
    else:
        authors, title, container = _undated(text, before)
        years = [m.group(1) for m in ANY_YEAR.finditer(URL.sub(" ", text))]
        year = years[-1] if years else None
    return Work(
        _work_id(authors, year, title, raw), authors, year, title, container,
        doi.group().rstrip(".,;)").casefold() if doi else None, paper_id, raw, key,
    )  # fmt: skip


def date_of(text: str) -> re.Match[str] | None:
    """Return the date behind the authors, None where the date stands elsewhere."""
    for found in DATED.finditer(text[:LONG_HEAD]):
        head = text[: found.start()].strip(" .,(:")
        if not head:
            continue
        plain = DASHES.match(text)
        if plain and found.start() <= plain.end() + 3:
            return found
        # Words of a title before the date: the style has the date at its end.
        small = [w for w in re.findall(r"[^\W\d_]+", head) if w[0].islower() and len(w) > 3]
        if len(small) > 6 or _QUOTED.search(head) or len(head) > 300:
            return None
        if found.group("y1") is None and ". " in re.sub(r"\b[^\W\d_]\.", "", head):
            return None
        return found
    return None


def _year(found: re.Match[str]) -> str:
    year = next(g for g in (found.group("y1"), found.group("y2"), found.group("y3")) if g)
    return " ".join(year.split())


def _undated(text: str, before: tuple[str, ...]) -> tuple[tuple[str, ...], str | None, str | None]:
    """Split an entry whose date stands at its end, or that has none."""
    if dashes := DASHES.match(text):
        return (before, *_title(text[dashes.end() :]))
    quoted = _QUOTED.search(text)
    if quoted:
        container = text[quoted.end() :].strip(" .,")
        return _authors(text[: quoted.start()]), quoted.group(1).strip(" ,."), _container(container)
    colon = re.search(r"(?<=[^\W\d_]):\s", text[:250])
    stop = next(
        (
            m
            for m in re.finditer(r"\.\s+(?=[A-Z\"“])", text[:300])
            if not _initial_before(text, m.start())
        ),
        None,
    )
    cut = (
        colon
        if colon and (not stop or colon.start() < stop.start()) and "," in text[: colon.start()]
        else stop
    )
    if cut is None:
        return (), text.strip(" .") or None, None
    return (_authors(text[: cut.start()]), *_title(text[cut.end() :]))


def _initial_before(text: str, stop: int) -> bool:
    return bool(re.search(r"(?:^|[\s.-])[^\W\d_]$", text[max(0, stop - 2) : stop]))


def _title(rest: str) -> tuple[str | None, str | None]:
    """Split what follows the date into the title and what holds it."""
    rest = re.sub(r"^[\s:.,;)]+", "", rest)
    quoted = _QUOTED.match(rest)
    if quoted:
        return quoted.group(1).strip(" ,."), _container(rest[quoted.end() :])
    inside = _IN.search(rest)
    stop = _TITLE_END.search(rest, 3)
    if inside and (
        not stop
        or inside.start() <= stop.start() + 1
        or re.match(r"[.;]?\s+[Ii]n\s*:", rest[inside.start() :])
    ):
        return rest[: inside.start() + 1].strip(" .,;") or None, _container(rest[inside.end() :])
    if stop:
        keep = rest[stop.start()] in "?!"
        return rest[: stop.start() + keep].strip() or None, _container(rest[stop.end() :])
    comma = rest.find(", ")
    if comma > 0 and not URL.match(rest):
        return rest[:comma].strip(), _container(rest[comma + 1 :])
    return rest.strip(" .") or None, None


def _container(text: str) -> str | None:
    """Return the journal, book or publisher: up to volume, pages or address."""
    text = URL.split(text)[0]
    text = re.sub(r"^[\s.,;:”\"]+|^(?:In|in)[:\s]+", "", text)
    editors = re.match(
        r".{0,250}?\((?:Eds?|Hgg?|Hrsg|Eds)\.?\)[.,:]?\s*(?:\((?:19|20)\d\d\):?\s*)?", text
    )
    if editors:
        text = text[editors.end() :]
    cut = re.search(
        r"\s*[,.;(]?\s*(?:\b(?:Vol|No|Nr|Jg|Bd|Issue|Heft)\b|\bpp?\.|\bS\.\s?\d|\d)", text
    )
    name = text[: cut.start()] if cut and cut.start() > 2 else text
    return name.strip(" .,;:(") or None


def _authors(head: str) -> tuple[str, ...]:
    """Return the authors of an entry as printed, "Surname, Given" where it is so printed."""
    head = _EDITORS.sub("", head.strip().rstrip("(").strip())
    head = re.sub(r"\((?:eds?|hg|hrsg)\.?\)", "", head, flags=re.IGNORECASE)
    head = re.sub(r",?\s*\bet\s+al\.?", "", head)
    head = re.sub(r"(?<=\w)\s*-\s+(?=[A-Z])", "-", head).strip(" ,:")
    if not head:
        return ()
    if _is_body(head):
        return (head.rstrip("."),)
    names: list[str] = []
    for chunk in _NAME_SPLIT.split(head):
        names += _people(chunk.strip(" ,"), bool(names))
    return tuple(name for name in map(_trimmed, names) if any(c.isalpha() for c in name))


def _trimmed(name: str) -> str:
    """Return a name without signs at its ends; the full stop of an initial stays."""
    name = name.strip(" ,")
    return name if _STOPPED.search(name) else name.strip(" ,.")


def _is_body(head: str) -> bool:
    """Say whether the authors are one body ("World Commission on Environment …")."""
    plain = re.sub(r"\([^()]*\)", "", head).strip(" .")
    tokens = plain.split()
    small = {"of", "on", "for", "the", "with", "and", "de", "y", "para"}
    if "," in plain or "/" in plain or ";" in plain or len(tokens) < 2:
        return False
    return bool(set(tokens) & (small - {"de", "y", "and"})) or (
        "and" not in tokens and "&" not in tokens and len(tokens) > 3
    )


def _people(chunk: str, later: bool) -> list[str]:
    """Split "Surname, A., Surname, B." or "A. Surname, B. Surname" into people."""
    bits = [bit.strip() for bit in chunk.split(",") if bit.strip()]
    names: list[str] = []
    at = 0
    while at < len(bits):
        bit = bits[at]
        following = bits[at + 1] if at + 1 < len(bits) else ""
        if (following and _INITIALS.fullmatch(following)) or (
            following
            and len(bits) == 2
            and not _INITIALS.match(bit)
            and _GIVEN.fullmatch(following)
        ):
            names.append(f"{bit}, {following}")
            at += 2
        elif (
            following
            and not names
            and not later
            and len(bits) > 2
            and len(bit.split()) <= 2
            and _GIVEN.fullmatch(following)
            and "." not in bit
        ):
            names.append(f"{bit}, {following}")  # "Surname, Given, Given Surname"
            at += 2
        else:
            names.append(bit)
            at += 1
    return names


def _work_id(authors: tuple[str, ...], year: str | None, title: str | None, raw: str) -> str:
    """Return the id of a work: first surname, year without letter, the title's letters.

    The same work in the lists of two papers has one id where they spell its title alike up to
    case, accents, signs and British or American "isation", "our".
    """
    digits = re.sub(r"\D", "", year or "") or fold(year or "")
    plain = fold(title or "")
    plain = re.sub(r"is(?=ations?\b|ing\b|ed\b|e\b)", "iz", plain)
    plain = re.sub(r"our(?=s?\b|al\b|ing\b)", "or", plain)
    first = letters(surname(authors[0])) if authors else ""
    if not first and not plain:
        return content_id("work", fold(raw))
    return content_id("work", first, digits, plain.replace(" ", "")[:60])

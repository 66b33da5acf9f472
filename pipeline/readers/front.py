"""The parts of a paper that stand apart: title, authors, abstract, keywords, references."""

from __future__ import annotations

import re

from pipeline.readers.draft import Draft
from pipeline.readers.lexicon import names_section, section_names, words

_RUN_IN = re.compile(
    r"^(abstract|summary|keywords?|key words|index terms|jel classification"
    r"|jel codes)\b\s*[:.—–-]*\s*",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"^(?:(?:Dr|Prof|Professor|Mr|Ms|Mrs)\.?\s+)?"
    r"(?:[A-ZÀ-ÖØ-Þ][\w’'.\-]*|de|da|di|do|dos|del|della|van|von|der|den|la|le|el|al|bin|ibn|ten|ter|y|e)"
    r"(?:\s+(?:[A-ZÀ-ÖØ-Þ][\w’'.\-]*|de|da|di|do|dos|del|della|van|von|der|den|la|le|el|al|bin|ibn|ten|ter|y|e)){1,5}$"
)
_SPLIT = re.compile(r"\s*(?:,|;|·|•|\||&|/|\band\b|\bund\b|\by\b|\bet\b)\s*")
_MARKS = re.compile(r"[\d*†‡§¶✉()⁰¹²³⁴-⁹]+|\bPh\.?D\.?|\bOrcid\b")
_NO_NAME = frozenset({
    "the", "of", "in", "for", "on", "to", "a", "an", "with", "from", "journal", "paper", "review",
    "working",
    "published", "version", "received", "accepted", "article", "original", "research", "report",
    "case",
    "university", "department", "institute", "school", "vol", "volume", "issue", "http", "doi",
    "press",
    "development", "social", "global", "international", "industrial", "business",
})  # fmt: skip


def looks_like_authors(text: str) -> bool:
    """Say whether a line is nothing but names of people."""
    if not 5 <= len(text) <= 300 or "@" in text or text.endswith((".", "?", "!", ":")):
        return False
    plain = _MARKS.sub(" ", text)
    lowered = {word.casefold().strip(".") for word in plain.split()}
    if lowered & _NO_NAME:
        return False
    names = [name.strip() for name in _SPLIT.split(plain) if name.strip()]
    if not names or (plain.isupper() and len(names) == 1 and len(plain.split()) > 3):
        return False
    if ";" in plain:  # "Surname, Given; Surname, Given"
        return all(len(name.split()) <= 4 and name[:1].isupper() for name in names)
    return sum(_NAME.match(name) is not None for name in names) >= max(1, 0.7 * len(names))


def looks_like_affiliation(text: str) -> bool:
    """Say whether a short line holds an address, an e-mail or an institution."""
    if len(text) > 400:
        return False
    lowered = text.casefold()
    return "@" in text or any(word in lowered for word in words("affiliation"))


def mark_front(drafts: list[Draft]) -> None:
    """Name title, authors, abstract, keywords and other front matter before the body.

    Works on the stretch before the first body heading; where no abstract, author or keyword
    is found there, only the title is named.
    """
    end = _front_end(drafts)
    title_at = next((i for i, d in enumerate(drafts[:end]) if d.kind == "title"), None)
    if title_at is None:
        title_at = _find_title(drafts, end)
        if title_at is not None:
            drafts[title_at].kind = "title"
            drafts[title_at].level = 0
    evidence = _abstracts(drafts)
    if title_at is None or not evidence:
        _authors(drafts, title_at, end)
        return
    stop = min(evidence)
    _affiliations(drafts, max(evidence) + 1)
    title = _letters(drafts[title_at].text)
    named = False
    for i, draft in enumerate(drafts[:stop]):
        if i == title_at or draft.kind not in ("paragraph", "heading", "list_item", "authors"):
            continue
        if len(draft.text) > 700 and draft.kind == "paragraph":
            continue
        letters = _letters(draft.text)
        if (
            draft.kind == "heading"
            and i > title_at
            and len(letters) > len(title)
            and letters.startswith(title[:30])
        ):
            # A repository's cover page names the paper first; the paper's own title is fuller.
            drafts[title_at].kind, drafts[title_at].level = "front", 0
            title_at, title, named = i, letters, False
            draft.kind, draft.level = "title", 0
            _demote_authors(drafts[:i])
        elif not named and i > title_at and looks_like_authors(draft.text):
            draft.kind, draft.level, named = "authors", 0, True
        else:
            draft.kind, draft.level = "front", 0


def _affiliations(drafts: list[Draft], start: int) -> None:
    """After the keywords, addresses before the first heading are front matter too."""
    for draft in drafts[start : start + 8]:
        if draft.kind == "heading" or (draft.kind == "paragraph" and len(draft.text) > 500):
            return
        if draft.kind == "paragraph" and looks_like_affiliation(draft.text):
            draft.kind = "front"


def _demote_authors(drafts: list[Draft]) -> None:
    for draft in drafts:
        if draft.kind == "authors":
            draft.kind = "front"


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _front_end(drafts: list[Draft]) -> int:
    for i, draft in enumerate(drafts):
        if draft.kind == "heading" and (
            names_section(draft.text, "abstract") or names_section(draft.text, "other")
        ):
            return i
        if draft.kind in ("paragraph", "abstract", "keywords") and _RUN_IN.match(draft.text):
            return i
        if draft.kind == "paragraph" and len(draft.text) > 400:
            return i
    return min(len(drafts), 12)


def _find_title(drafts: list[Draft], end: int) -> int | None:
    for i, draft in enumerate(drafts[:end]):
        if draft.kind == "heading" and not names_section(draft.text, "other"):
            return i if i < 12 else None
    for i, draft in enumerate(drafts[: min(end, 6)]):
        text = draft.text
        if (
            draft.kind == "paragraph"
            and 12 <= len(text) <= 250
            and not text.endswith((".", ":", ";", ","))
        ):
            return i if not looks_like_affiliation(text) and len(text.split()) > 2 else None
    return None


def _authors(drafts: list[Draft], title_at: int | None, end: int) -> None:
    if title_at is None:
        return
    for at in range(title_at + 1, min(title_at + 3, end)):
        draft = drafts[at]
        if at + 1 < len(drafts) and drafts[at + 1].kind == "table":
            return
        if draft.kind == "paragraph" and not draft.fixed and looks_like_authors(draft.text):
            draft.kind = "authors"
            return


_LONGEST_ABSTRACT = 5000


def _abstracts(drafts: list[Draft]) -> list[int]:
    """Mark abstract and keywords; return where they stand."""
    found: list[int] = []
    inside = False
    i = length = 0
    while i < len(drafts):
        draft = drafts[i]
        early = i < 60
        if draft.kind == "heading":
            inside = early and names_section(draft.text, "abstract")
            if inside or (early and names_section(draft.text, "keywords")):
                found.append(i)
            if early and names_section(draft.text, "keywords") and i + 1 < len(drafts):
                drafts[i + 1].kind = "keywords"
        elif draft.kind == "paragraph" and early:
            run_in = _RUN_IN.match(draft.text)
            name = run_in.group(1).casefold() if run_in else ""
            if name in section_names("keywords") and len(draft.text) < 600:
                draft.kind, inside = "keywords", False
                found.append(i)
            elif run_in and name in ("abstract", "summary") and _is_label(draft.text, run_in):
                rest = draft.text[run_in.end() :]
                head = Draft("heading", run_in.group(1), 2, draft.page, draft.page, draft.boxes[:1])
                draft.text, draft.kind = rest, "abstract"
                found.append(i)
                drafts[i : i + 1] = [head, draft] if rest.strip() else [head]
                inside = True
                i += 1
            elif inside and "@" in draft.text and len(draft.text) < 200:
                draft.kind = "front"  # addresses set beside the abstract
            elif inside:
                draft.kind = "abstract"
                length += len(draft.text)
                inside = length < _LONGEST_ABSTRACT
        elif draft.kind not in ("note", "caption"):
            inside = inside and draft.kind in ("list_item",)
        i += 1
    return found


def _is_label(text: str, found: re.Match[str]) -> bool:
    gap = text[len(found.group(1)) : found.end()]
    rest = text[found.end() :]
    return (
        bool(set(gap) & set(":.—–-")) or found.group(1).isupper() or rest[:1].isupper() or not rest
    )


_BODY_HEAD = re.compile(r"^(?:chapter|part)\b", re.IGNORECASE)


def mark_references(drafts: list[Draft]) -> None:
    """Make what stands under a reference heading `reference` blocks, one per entry."""
    level: int | None = None
    for draft in drafts:
        if draft.kind == "heading":
            if names_section(draft.text, "references"):
                level = draft.level
            elif level is not None and (
                draft.level <= level
                or names_section(draft.text, "after_references")
                or names_section(draft.text, "other")
            ):
                level = None
        elif level is not None and draft.kind in ("paragraph", "list_item") and draft.text.strip():
            draft.kind = "reference"
    _join_entries(drafts)


_ADDRESS = re.compile(r"(?:https?://|www\.)\S")
_YEAR = re.compile(
    r"\b(?:1[89]|20)\d\d[a-z]?\b|\b(?:forthcoming|in press|unpublished|n\.d\.|o\.J\.)",
    re.IGNORECASE,
)


def _join_entries(drafts: list[Draft]) -> None:
    """Join reference entries that a page or a line cut in two."""
    for i in range(len(drafts) - 1, 0, -1):
        left, right = drafts[i - 1], drafts[i]
        if left.kind != "reference" or right.kind != "reference":
            continue
        tail, head = left.text.rstrip(), right.text.lstrip()
        cut = tail.endswith((",", "&", " and", "-", ":", "/", "(")) and not head[:1].isdigit()
        rest = (head[:1].islower() or _ADDRESS.match(head)) and not re.match(
            r"(?:van|von|de|del|da|di|la|le|den|der|ten|ter|dos|al|el)\b", head
        )
        bare = rest and not tail.endswith(".") and len(head) < 200
        if (
            (cut and (len(tail) < 60 or tail[-1] in ",&:-" or tail.endswith(" and")))
            or bare
            or (
                _ADDRESS.match(head)
                and not _YEAR.search(head[:60])
                and tail.endswith((":", "from", "at"))
            )
        ):
            left.text = f"{tail} {head}"
            left.boxes.extend(right.boxes)
            left.page_to = right.page_to
            del drafts[i]

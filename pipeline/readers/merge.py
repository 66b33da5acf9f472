"""Mending what pages broke: notes out of the way, paragraphs and notes in one piece again."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from pipeline.readers.draft import Draft

_END = re.compile(r"[.!?:;…。！？؟][\"”’'»)\]]*(?:\s?\[[\d,;–\- ]{1,20}\])*[¹²³⁴-⁹⁰]*$")
_OPEN_END = re.compile(
    r"(?:\b\d{1,2}\.\)|\(\w|,|;|–|-|&|\b(?:cf|e\.g|i\.e|al|vs|pp?|Fig|No|Vol|[A-Z])\.)$"
)
_CLOSED = re.compile(r"[\"”’'»)\]*]$")
_STARTS_NEW = re.compile(r"^(?:[•▪◦‣●■–—-]\s|\(?\d{1,2}[.)]\s|\([a-z]\)\s)")
_ASIDE = frozenset({"note", "caption", "table"})
_PROSE = 60


def is_open(text: str) -> bool:
    """Say whether a paragraph's text stops in the middle of a sentence."""
    text = text.rstrip()
    tail = text[-40:]
    if _OPEN_END.search(tail):
        return True
    return _END.search(tail) is None


def goes_on(text: str) -> bool:
    """Say whether a text can only be the rest of a sentence."""
    first = text.lstrip("„“\"'‘(«[")[:1]
    return first.islower() and not _STARTS_NEW.match(text)


def _continues(left: Draft, right: Draft) -> bool:  # noqa: PLR0911 - one way out per case
    kinds = {left.kind, right.kind}
    if not (kinds <= {"paragraph", "list_item"} or kinds == {"abstract"}):
        return False
    if left.size and right.size and abs(left.size - right.size) > 0.8:
        return False
    if right.kind == "list_item":
        cut = left.text.rstrip().endswith((" &", " and", "-", ","))
        return left.kind == "list_item" and cut and not right.fixed
    if not is_open(left.text):
        ended = left.text.rstrip().endswith((":", ";"))
        return goes_on(right.text) and len(left.text) >= _PROSE and not ended
    if goes_on(right.text):
        return len(left.text) >= 30 or left.kind == "list_item"
    # A capital may follow a page break in mid-sentence too: only after plain running prose.
    if re.search(r"\b\d{1,2}\.\)$", left.text.rstrip()):
        return True
    long_enough = len(left.text) >= 150 and len(right.text) >= _PROSE
    return long_enough and _CLOSED.search(left.text.rstrip()) is None and not right.fixed


def join_broken(drafts: list[Draft], glue: Callable[[str, str], str]) -> list[Draft]:
    """Join paragraphs that notes, figures, tables or pages cut in two.

    What stood between the halves moves behind the joined paragraph.
    """
    done: list[Draft] = []
    heads: dict[int, list[str]] = {}
    open_note: Draft | None = None
    for index, draft in enumerate(drafts):
        previous = _last_prose(done)
        if draft.kind == "note":
            open_note = (
                draft
                if (is_open(draft.text) and draft.text[-1:].isalnum()) or draft.text.endswith(",")
                else None
            )
        elif draft.kind in ("paragraph", "abstract"):
            if (
                previous is not None
                and _belongs_to_note(drafts, index, previous, open_note)
                and open_note
            ):
                _absorb(open_note, draft, glue, heads)
                continue
            gap = bool(done) and done[-1] is not previous
            if (
                previous is not None
                and (gap or draft.loose or previous.loose)
                and _continues(previous, draft)
            ):
                _absorb(previous, draft, glue, heads)
                previous.loose = draft.loose
                continue
        elif (
            draft.kind == "list_item"
            and previous is not None
            and (draft.loose or previous.loose)
            and _continues(previous, draft)
        ):
            _absorb(previous, draft, glue, heads)
            continue
        done.append(draft)
    for draft in done:
        if id(draft) in heads:
            draft.text = "".join([*heads[id(draft)], draft.text])
    return done


def _last_prose(done: list[Draft]) -> Draft | None:
    for draft in islice(reversed(done), 80):
        if draft.kind in ("paragraph", "list_item", "abstract"):
            return draft
        if draft.kind not in _ASIDE:
            return None
    return None


def _belongs_to_note(drafts: list[Draft], index: int, previous: Draft, note: Draft | None) -> bool:
    """Say whether a loose line before a page's notes is the rest of the page before's last note."""
    draft = drafts[index]
    if note is None or not goes_on(draft.text) or not is_open(previous.text):
        return False
    following = drafts[index + 1] if index + 1 < len(drafts) else None
    if following is None or following.kind != "note" or not is_open(draft.text):
        return False
    rest = next((d for d in drafts[index + 1 : index + 80] if d.kind not in _ASIDE), None)
    return rest is not None and rest.kind == "paragraph" and goes_on(rest.text)


_LONG, _TAIL = 8000, 2000


def _absorb(
    left: Draft, right: Draft, glue: Callable[[str, str], str], heads: dict[int, list[str]]
) -> None:
    """Add the rest of a paragraph to it.

    Only a text's end decides how it goes on, so the beginning of one that runs over many pages
    is laid aside in `heads` till the end: a book without a paragraph's end stays linear.
    """
    if len(left.text) > _LONG:
        heads.setdefault(id(left), []).append(left.text[:-_TAIL])
        left.text = left.text[-_TAIL:]
    left.text = glue(left.text, right.text)
    left.boxes.extend(right.boxes)
    if right.page_to or right.page:
        left.page_to = right.page_to or right.page

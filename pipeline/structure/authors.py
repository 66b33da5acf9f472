"""The authors before a year, read backwards from it: who they are and where they begin."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.structure.lexicon import words

__all__ = ["Authors", "authors_before"]

_TOKEN = re.compile(
    r"""(?:al|ed|eds|Hg|Hrsg|Jr|Sr|St|[^\W\d_])\.(?:-?[^\W\d_]\.)*
      | (?:[dDOL]['’])?[^\W\d_](?:[\w'’]|-(?=[\w'’])|-(?=\s[A-ZÀ-Þ]))*
      | \S""",
    re.VERBOSE,
)
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?){1,4}")
_AND = frozenset({"and", "&", "/", "und", "et", "y", "e"})
_POSSESSIVE = re.compile(r"['’]s?$")
_MOST = 12
_PLACES = frozenset({"in", "at", "from", "near", "across", "throughout", "within", "outside"})


@dataclass(frozen=True, slots=True)
class Authors:
    """Authors as printed, in order; `start` is where the first begins in the text given.

    `sure` is False where the words may as well be no authors (a law, a place, a body).
    """

    names: tuple[str, ...]
    start: int
    et_al: bool
    sure: bool


@dataclass(slots=True)
class _Name:
    tokens: list[re.Match[str]]
    joined_by: str  # what stands between it and the name after it: "and", "," or ""


def authors_before(text: str, *, bracket: bool) -> Authors | None:
    """Return the authors that end where `text` ends, None where none do.

    Parameters
    ----------
    text : str
        What stands before the year, at most a few hundred characters.
    bracket : bool
        Whether it stands inside brackets: there lists by commas and bodies with "of" count.
    """
    tokens = list(_TOKEN.finditer(text))
    at = len(tokens) - 1
    while at >= 0 and tokens[at].group() in (",", ":"):
        at -= 1
    at, et_al = _skip_et_al(tokens, at)
    names: list[_Name] = []
    joined = ""
    while at >= 0 and len(names) < _MOST:
        name, nxt = _name(tokens, at, bracket)
        if not name:
            break
        names.insert(0, _Name(name, joined))
        at, joined = _connector(tokens, nxt, names, bracket)
        if not joined:
            break
    before = tokens[at].group() if at >= 0 else ""
    if len(names) > 1 and names[0].joined_by == "," and before in _PLACES:
        del names[0]  # "… in Mexico, Blackman and Kildegaard (2010)"
    names = _trimmed(names)
    if not names:
        return None
    printed = tuple(_printed(text, name.tokens) for name in names)
    start = names[0].tokens[0].start()
    return Authors(printed, start, et_al, _sure(names, printed, before, bracket, et_al))


def _skip_et_al(tokens: list[re.Match[str]], at: int) -> tuple[int, bool]:
    last = tokens[at].group() if at >= 0 else ""
    bare = _POSSESSIVE.sub("", last).rstrip(".").casefold()
    one_before = tokens[at - 1].group().casefold() if at > 0 else ""
    if bare == "al" and one_before.rstrip(".") == "et":
        at -= 2
    elif last == "." and one_before == "al" and at > 1 and tokens[at - 2].group() == "et":
        at -= 3
    elif bare in ("others", "colleagues", "coauthors") and one_before in ("and", "&"):
        at -= 2
    else:
        return at, False
    while at >= 0 and tokens[at].group() == ",":
        at -= 1
    return at, True


def _name(tokens: list[re.Match[str]], at: int, bracket: bool) -> tuple[list[re.Match[str]], int]:
    """Return the tokens of the name that ends at `at`, and where the walk goes on."""
    found: list[re.Match[str]] = []
    while at >= 0 and len(found) < 9:
        word = tokens[at].group()
        lowered = word.casefold()
        if (
            (word[0].isupper() and (len(word) > 1 or found))
            or (lowered in words("particles") and found and lowered not in _AND)
            or (found and at > 0 and _links(tokens, at, lowered, bracket))
        ):
            found.insert(0, tokens[at])
        else:
            break
        at -= 1
    while (
        found and not found[0].group()[0].isupper() and found[0].group() not in words("particles")
    ):
        found.pop(0)
    if (
        found
        and all(_INITIAL.fullmatch(t.group()) for t in found)
        and at > 1
        and tokens[at].group() == ","
    ):
        # "Khan, F." - initials behind the surname.
        rest, at = _name(tokens, at - 1, bracket)
        found = rest + found if rest else []
    return found, at


def _links(tokens: list[re.Match[str]], at: int, lowered: str, bracket: bool) -> bool:
    """Say whether a small word links two words of a body's name ("Ministry of Textiles")."""
    if lowered not in words("link_words") or not (bracket or lowered in ("of", "on", "for")):
        return False
    before = tokens[at - 1].group()
    if before in words("link_words") and at > 1:
        before = tokens[at - 2].group()
    return before[0].isupper() and len(before) > 2 and before.casefold() not in words("leads")


def _connector(
    tokens: list[re.Match[str]], at: int, names: list[_Name], bracket: bool
) -> tuple[int, str]:
    """Return where the name before the connector ends, and what joins it; "" where none does."""
    sign = tokens[at].group() if at >= 0 else ""
    if sign in _AND:
        at -= 1
        if at >= 0 and tokens[at].group() in (",", "/"):
            at -= 1
        return at, "and"
    listed = bracket or any(name.joined_by == "and" for name in names) or len(names) > 1
    if sign == "," and (listed or (len(names[0].tokens) > 1 and _is_initial(names[0].tokens[-1]))):
        return at - 1, ","
    return at, ""


def _is_initial(token: re.Match[str]) -> bool:
    return _INITIAL.fullmatch(token.group()) is not None


def _trimmed(names: list[_Name]) -> list[_Name]:
    """Drop what leads in: "In Pakistan, Nadvi" is Nadvi, "Following Coe and Hess" is Coe, Hess."""
    kept = list(names)
    for i in range(len(kept) - 1, -1, -1):
        name = kept[i]
        cut = 0
        while cut < len(name.tokens) and _leads(name.tokens[cut].group()):
            cut += 1
        if not cut:
            continue
        if name.joined_by == "," or cut == len(name.tokens):
            return kept[i + 1 :]
        return [_Name(name.tokens[cut:], name.joined_by), *kept[i + 1 :]]
    return kept


def _leads(token: str) -> bool:
    return token.casefold().rstrip(".") in words("leads") and token not in ("A.", "I.")


def _printed(text: str, tokens: list[re.Match[str]]) -> str:
    return _POSSESSIVE.sub("", text[tokens[0].start() : tokens[-1].end()]).rstrip(",")


def _sure(
    names: list[_Name], printed: tuple[str, ...], before: str, bracket: bool, et_al: bool
) -> bool:
    last = names[-1].tokens[-1].group().casefold()
    if last in words("not_authors") or last in words("months"):
        return False
    if et_al or len(names) > 1:
        return True
    lowered = before.casefold()
    if bracket and lowered in words("prepositions"):
        return False
    acronym = printed[0].isupper() and len(printed[0]) > 2
    several = len(names[0].tokens) > 2 and not any(
        _is_initial(t) or t.group() in words("particles") for t in names[0].tokens
    )
    return bracket or not (acronym or several or lowered == "the")

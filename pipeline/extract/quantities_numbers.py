"""Numbers as they are printed or said in words: where they stand and what they are worth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract.quantities_lexicon import Lexicon, squeezed

_PRINTED = (
    r"(?P<minus>[−–-](?=\d))?"
    r"(?P<number>\d{1,3}(?:[,   ’']\d{3})+(?:\.\d+)?(?![,.]?\d)"
    r"|\d{1,3}(?: \d{3})+(?:\.\d+)?(?![,.]?\d)"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?!\d)"
    r"|\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![.]?\d)"
    r"|\d+(?:[.,]\d+)?(?![.,]\d))"
)
_DIGITS = re.compile(r"(?<![\w.,/-])(?<![\w]-)" + _PRINTED)
_DIGITS_ALONE = re.compile(_PRINTED)
_LETTER_BEHIND = re.compile(r"(?:st|nd|rd|th|s)\b|[A-Za-z]{0,2}\d|/\d|-(?:year|day|month|hour)")
_SMALL_B = re.compile(r"b(?!\w)")
_AND_A_HALF = re.compile(
    r"\s+and\s+a\s+(?P<part>half|quarter)(?=[\s-]+(?:hundred|thousand|lakh|million|crore|billion)\b)",
    re.IGNORECASE,
)
"""What stands between a number and its scale: "six and a half thousand"."""
TEENS = {"hundred", "thousand", "lakh", "million", "crore", "billion", "trillion"}


@dataclass(frozen=True, slots=True)
class Number:
    """A bare number: its place in the text, its value, and how it is written."""

    start: int
    end: int
    value: float
    kind: str
    """``digits``, ``words`` or ``fraction`` (a fraction's value is in percent)."""
    grouped: bool = False
    """Whether written with thousands apart, or otherwise no year."""
    scaled: bool = False
    doubtful: bool = False
    """Whether a single sign before three digits may be a decimal point: 1.350."""
    noun: str = ""
    """Of what a fraction is, where it stands inside: "four frames out of five"."""


def find_numbers(text: str, lexicon: Lexicon) -> list[Number]:
    """Return the numbers of a text in order, none overlapping."""
    found: list[Number] = []
    # The words of the lexicon are in small letters; lower() may lengthen a few foreign letters.
    small = text.lower()
    if len(small) != len(text):
        small = text
    for match in lexicon.fraction.finditer(small):
        value = _fraction(match, text, lexicon)
        if value is not None:
            noun = text[slice(*match.span("noun"))] if match.group("noun") else ""
            found.append(Number(*match.span(), value, "fraction", noun=noun))
    for match in lexicon.word_number.finditer(small):
        if _free(found, match.start(), match.end()):
            number = _words(match, lexicon, text)
            if number is not None:
                found.append(number)
    for match in (*_DIGITS.finditer(text), *_glued(text, lexicon)):
        start, end = match.span()
        if not _free(found, start, end) or _LETTER_BEHIND.match(text, end):
            continue
        found.append(_digits(match, text, lexicon))
    found.sort(key=lambda one: one.start)
    return found


_GLUED = re.compile(
    r"(?<![\w.,/-])[A-Z][A-Za-z]{0,3}\.?"
    r"(?=\d[\d,.]*\d(?![\w/-]|[.,]\d)|\d[\d.]*\s?(?:m|million|bn|billion)\b)"
)
"""Letters stuck to a number that may be a currency: "R268", "Rs1,200", "Tk500"."""


def _glued(text: str, lexicon: Lexicon) -> Iterator[re.Match[str]]:
    for letters in _GLUED.finditer(text):
        if lexicon.prefix.fullmatch(letters.group()):
            match = _DIGITS_ALONE.match(text, letters.end())
            if match:
                yield match


def _free(found: list[Number], start: int, end: int) -> bool:
    return not any(start < one.end and one.start < end for one in found)


def _fraction(match: re.Match[str], text: str, lexicon: Lexicon) -> float | None:
    if match.group("whole") or match.group("all"):
        part = _plain(match.group("part") or match.group("some"), lexicon)
        whole = _plain(match.group("whole") or match.group("all"), lexicon)
        if part is None or not whole or part >= whole:
            return None
        return 100 * part / whole
    words = squeezed(match.group())
    value = lexicon.fractions[words]
    after = text[match.end() : match.end() + 14].casefold()
    every = words.startswith(("every", "one in ", "nine out", "eight out"))
    bare = words in ("half", "a third", "a quarter", "a half") or " " in words
    if (
        not every
        and bare
        and not re.match(
            r"\s+(?:of|the|its|their|all|as|more|less|below|above|under|in|between|to|over|lower|"
            r"higher|since|from|during|by|or|and)\b|\s*[.,;)]",
            after,
        )
    ):
        return None
    if re.match(r"\s+(?:a|dozen|year|century|decade|way)\b", after):
        return None
    return value


def _plain(word: str, lexicon: Lexicon) -> float | None:
    return float(word) if word.isdigit() else lexicon.words.get(word.casefold())


def _words(match: re.Match[str], lexicon: Lexicon, text: str) -> Number | None:
    said = squeezed(match.group())
    if said in lexicon.phrases:
        value = lexicon.phrases[said]
    else:
        parts = [part for part in re.split(r"[\s-]+", said) if part != "and"]
        if parts[0] in TEENS:
            # "hundreds of", "million" alone: no number stands before the scale.
            return None
        value = _spoken(parts, lexicon)
    end = match.end()
    extra, end = _and_a_half(text, end)
    if said in ("one", "zero") and not extra:
        return None
    value += extra
    factor, end = _scale(text, end, lexicon)
    scaled = factor > 1 or said.split()[-1] in TEENS - {"hundred"}
    return Number(match.start(), end, value * factor, "words", True, scaled)


def _spoken(parts: list[str], lexicon: Lexicon) -> float:
    total = current = 0.0
    for part in parts:
        value = lexicon.words[part]
        if part == "hundred":
            current = (current or 1) * 100
        elif part in TEENS:
            total = (total + (current or 1)) * value if current < 1 else total + current * value
            current = 0.0
        else:
            current += value
    return total + current


def _digits(match: re.Match[str], text: str, lexicon: Lexicon) -> Number:
    printed = match.group("number")
    value, doubtful = parse_number(printed)
    if match.group("minus"):
        value = -value
    extra, end = _and_a_half(text, match.end())
    value += extra
    factor, end = _scale(text, end, lexicon)
    if factor == 1 and _SMALL_B.match(text, end) and _behind_money(text, match.start(), lexicon):
        factor, end = 1e9, end + 1  # "$1b"; "Table 1b" is a number of its own
    if doubtful and factor > 1:
        value = float(printed.replace(",", "."))
    grouped = not printed.isdigit() or factor > 1
    return Number(match.start(), end, value * factor, "digits", grouped, factor > 1, doubtful)


def _behind_money(text: str, start: int, lexicon: Lexicon) -> bool:
    return lexicon.prefix.search(text[max(0, start - 8) : start]) is not None


def parse_number(printed: str) -> tuple[float, bool]:
    """Return the value of digits with signs, and whether the sign may be read either way.

    ``1,000.5`` and ``1.000,5``, ``12,34,567``, ``1 000``, ``3,5``. One sign before exactly three
    digits counts as a mark of thousands; a point there is doubtful.
    """
    plain = re.sub(r"[\s   ’']", "", printed)
    points, commas = plain.count("."), plain.count(",")
    doubtful = False
    if points and commas:
        last = max(plain.rfind("."), plain.rfind(","))
        thousands = "," if plain[last] == "." else "."
        plain = plain.replace(thousands, "").replace(",", ".")
    elif points > 1 or commas > 1:
        plain = plain.replace(".", "").replace(",", "")
    elif points or commas:
        head, tail = re.split(r"[.,]", plain)
        if len(tail) == 3 and head != "0" and len(head) <= 3:
            doubtful = points == 1
            plain = head + tail
        else:
            plain = f"{head}.{tail}"
    return float(plain), doubtful


def _and_a_half(text: str, end: int) -> tuple[float, int]:
    """Return what "and a half" adds before a scale, and where it ends."""
    match = _AND_A_HALF.match(text, end)
    if match is None:
        return 0.0, end
    return (0.5 if match["part"].lower() == "half" else 0.25), match.end()


def _scale(text: str, end: int, lexicon: Lexicon) -> tuple[float, int]:
    factor = 1.0
    for _ in range(2):
        match = lexicon.scale.match(text, end)
        if match is None:
            break
        word = match.group().strip(" -\n\t").removesuffix(" of").strip()
        value = lexicon.scales.get(word) or lexicon.scales.get(squeezed(word))
        if value is None:
            break
        factor *= value
        end = match.end()
    return factor, end

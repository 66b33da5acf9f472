"""Amounts: numbers with unit, range or change, and qualifier."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.quantities_lexicon import MAX_UNIT_WORDS, Lexicon, squeezed
from pipeline.extract.quantities_numbers import Number, find_numbers, parse_number
from pipeline.records import Qualifier

_PERCENT = re.compile(
    r"\s?(?:%|％)|\s?-?\s?(?:per\s?cent|percent|pct\.?|percentage(?!\s+point))(?!\w)", re.IGNORECASE
)
_POINTS = re.compile(r"\s?-?(?:percentage|per\s?cent|percent)[\s-]points?(?!\w)", re.IGNORECASE)
_NEXT_WORD = re.compile(r"[\s-]*(?P<word>[^\W\d_][\w.'’-]*|[€$£²³%])")
_STOP = re.compile(
    r"(?:in|at|by|for|with|from|to|on|or|than|which|that|who|were|was|is|are|has|have|had|as|into|"
    r"during|since|between|but|while|whose|where|when|per|a|the|its|their|not|did|do|does|can|"
    r"will|would|could|may|then|also|exported?|employs?|joined|left|closed|after|before|if|he|it|"
    r"they|we|she|still|out)",
    re.IGNORECASE,
)
_MARKS = ".'’¹²³⁰⁴⁵⁶⁷⁸⁹"
"""What may stick to a word's end: a full stop, an apostrophe, the number of a note."""
_TIME = re.compile(r"(?:decades?|centur(?:y|ies)|times|times\.)", re.IGNORECASE)
_DEED = re.compile(r"(?!registered|skilled|unskilled|based|related|sized|owned|employed)[a-z]+ed")
_GLUE = re.compile(r"(?P<dash>\s?[–—-]\s?)|\s+(?P<word>to|and|or|up to|through)\s+", re.IGNORECASE)
_WHEN = (
    r"(?:\s*(?:,|\()?\s*(?:(?:in|by|before|during)?\s*(?:early |late |mid-?)?(?:1[5-9]|20)\d\d"
    r"(?:[/–-]\d\d(?:\d\d)?)?|in\s+(?:that|the\s+same|the\s+former|the\s+first)\s+year)\)?,?)?"
)
_TO = re.compile(
    rf"{_WHEN}\s*(?:,\s*)?(?:to|down to|up to|and then to)\s+(?:be\s+)?", re.IGNORECASE
)
_BEFORE_FROM = re.compile(
    r"\b(?:(?:up\s+|down\s+)?from)\s+(?:an?\s+(?:peak|height|high|low|trough|maximum)\s+of\s+)?$",
    re.IGNORECASE,
)
_BEFORE_BETWEEN = re.compile(r"\bbetween\s*$", re.IGNORECASE)
_AGAINST = re.compile(
    rf"{_WHEN}[,;(]?\s*(?:up|down|against|compared\s+(?:with|to)|as\s+against|instead\s+of|rather\s+than)"
    r"(?:\s+(?:from|with|to))?\s+(?:only\s+|just\s+|some\s+|about\s+|the\s+)?",
    re.IGNORECASE,
)
_OF_THINGS = re.compile(r"\s+of(?:\s+[^\W\d_]+){1,2}?(?=\s+(?:a|per|each|every|annually|daily)\b)")
_AFTER_OR_MORE = re.compile(
    r"\s+or\s+(?P<word>more|so|less|fewer|thereabouts)\b|\s?(?P<plus>\+)|(?P<odd>[\s-]odd)\b",
    re.IGNORECASE,
)

_SCALES = {"thousand": 1e3, "lakh": 1e5, "million": 1e6, "crore": 1e7, "billion": 1e9}
_ENDS = re.compile(r"\s*(?:$|[.,;:)(]|(?:in|by|at|during|and|for|from|a\s+year)\b)")
_AFTER = {
    "more": "more_than", "less": "less_than", "fewer": "less_than",
    "so": "about", "thereabouts": "about", "odd": "about",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit.

    Attributes
    ----------
    start, end : int
        From the qualifier or currency sign to the end of the unit.
    core : tuple of (int, int)
        The number itself.
    value, value_from, change_from : float
        See `pipeline.records.Fact`.
    unit : str or None
        Name of the unit without "per …"; None where no unit of the closed list stands there.
    per : str or None
    noun : str
        The words between the number and the end of the unit, for the metric.
    """

    start: int
    end: int
    core: tuple[int, int]
    value: float
    unit: str | None
    kind: str | None
    number: Number
    per: str | None = None
    noun: str = ""
    value_from: float | None = None
    change_from: float | None = None
    qualifier: Qualifier | None = None


def find_amounts(text: str, lexicon: Lexicon, years: Sequence[tuple[int, int]]) -> list[Amount]:
    """Return the amounts of a text in order.

    Parameters
    ----------
    text : str
        With citations and mentions blanked where no number counts.
    lexicon : Lexicon
    years : sequence of (int, int)
        Stretches that are years: no amounts.
    """
    amounts: list[Amount] = []
    numbers = [
        one
        for one in find_numbers(text, lexicon)
        if not any(start < one.end and one.start < end for start, end in years)
    ]
    for i, number in enumerate(numbers):
        limit = numbers[i + 1].start if i + 1 < len(numbers) else len(text)
        amounts.append(_amount(text, number, limit, lexicon))
    amounts = _carried_money(text, _shared_units(text, amounts))
    return _joined(text, [_qualified(text, one, lexicon) for one in amounts])


def _amount(text: str, number: Number, limit: int, lexicon: Lexicon) -> Amount:
    core = (number.start, number.end)
    if number.kind == "fraction":
        return Amount(
            *core, core, number.value, "percent", "share", number, None, number.noun
        )  # fmt: skip
    points = _POINTS.match(text, number.end)
    percent = points or _PERCENT.match(text, number.end)
    if percent:
        value = number.value
        if number.doubtful and value >= 1000:
            value = float(text[number.start : number.end].replace(",", "."))
        unit = "percentage_points" if points else "percent"
        per, end = _per(text, percent.end(), lexicon)
        return Amount(number.start, end, core, value, unit, "share", number, per)
    before = lexicon.prefix.search(text, max(0, number.start - 14), number.start)
    if before:
        form = squeezed(before.group())
        unit = lexicon.prefix_units[form]
        if form in lexicon.ambiguous:
            unit = f"?{form}"
        per, end = _per(text, number.end, lexicon)
        return Amount(
            before.start(), end, core, number.value, unit, "currency", number, per
        )  # fmt: skip
    return _with_noun(text, number, limit, lexicon)


def _with_noun(  # noqa: PLR0912
    text: str, number: Number, limit: int, lexicon: Lexicon
) -> Amount:
    """Look for the unit among the words that follow: "4.2 million garment workers"."""
    core = (number.start, number.end)
    per, end = _per(text, number.end, lexicon)
    if per is not None and number.grouped:
        # "XYZ 520,000 a month": pay in a currency that is not in the list.
        return Amount(number.start, end, core, number.value, None, None, number, per)
    words: list[tuple[str, int, int]] = []
    more = _AFTER_OR_MORE.match(text, number.end)
    at = more.end() if more else number.end  # "another 30 or so suppliers"
    while len(words) < 7:
        match = _NEXT_WORD.match(text, at)
        if not match or match.end() > limit:
            break
        word = match.group("word")
        if (_TIME.fullmatch(word) and not words) or word in lexicon.words:
            break  # "fell to 256 ten years later": the years are none of the number's
        if len(words) > 1 and _DEED.fullmatch(words[-1][0]) and words[-2][0].endswith("s"):
            # "28 monitors visited workshops": the unit is not what the monitors did.
            del words[-1:]
            break
        if _STOP.fullmatch(word) and not (words == [] and word.casefold() == "a"):
            break
        if word.casefold() in ("of", "and") and len(words) > 3:
            break
        if word.casefold() == "of" and (words or not number.scaled):
            break
        bare = len(word.rstrip(_MARKS))  # a full stop ends the sentence, not the unit
        words.append((word, match.start("word"), match.start("word") + bare))
        at = match.end()
    for i in range(len(words)):
        for length in range(min(MAX_UNIT_WORDS, len(words) - i), 0, -1):
            exact = tuple(w.casefold().rstrip(".") for w, _, _ in words[i : i + length])
            key = tuple(w.rstrip(_MARKS) for w in exact)
            # "17.4 km²" is no kilometre with a note.
            key = exact if exact in lexicon.forms else key
            name = lexicon.forms.get(key)
            if name is None or (i > 3 and lexicon.units[name].kind != "count"):
                continue
            if length == 1 and i + 1 < len(words) and _follows_noun(words, i, lexicon):
                continue
            if _no_code(name, words[i][0], i, lexicon):
                continue
            unit = f"?{' '.join(key)}" if " ".join(key) in lexicon.ambiguous else name
            per, end = _per(text, words[i + length - 1][2], lexicon)
            of = _OF_THINGS.match(text, words[i + length - 1][2]) if per is None else None
            if of:
                per, past = _per(text, of.end(), lexicon)
                end = past if per else end
            noun = text[number.end : words[i + length - 1][2]].strip()
            return Amount(
                number.start, end, core, number.value, unit, lexicon.units[name].kind, number,
                per, noun,
            )  # fmt: skip
    noun = " ".join(word for word, _, _ in words[:3])
    return Amount(*core, core, number.value, None, None, number, None, noun)


def _no_code(name: str, word: str, place: int, lexicon: Lexicon) -> bool:
    """Say whether a word only looks like a currency's code: "320 foundries try".

    A code has capitals and stands right behind the number.
    """
    if lexicon.units[name].kind != "currency" or word.casefold() != name.casefold():
        return False
    return place > 0 or word != name


def _follows_noun(words: Sequence[tuple[str, int, int]], i: int, lexicon: Lexicon) -> bool:
    """Say whether the unit word only describes the next: "garment units", "worker households"."""
    following = words[i + 1][0].casefold().rstrip(_MARKS)
    name = lexicon.forms.get((following,))
    if name is None or _no_code(name, words[i + 1][0], i + 1, lexicon):
        return False
    return words[i][2] + 1 == words[i + 1][1]


def _per(text: str, end: int, lexicon: Lexicon) -> tuple[str | None, int]:
    match = lexicon.per.match(text, end)
    if match:
        return lexicon.per_names[squeezed(match.group())], match.end()
    return None, end


def _qualified(text: str, amount: Amount, lexicon: Lexicon) -> Amount:
    match = lexicon.qualifier_before.search(text, max(0, amount.start - 30), amount.start)
    if match:
        words = squeezed(re.sub(r"\s+(?:a|an|another|the|only|still)?\s*$", "", match.group()))
        name = lexicon.qualifiers.get(words) or lexicon.qualifiers.get(squeezed(match.group()))
        if name:
            return replace(amount, start=match.start(), qualifier=name)  # type: ignore[arg-type]
    after = _AFTER_OR_MORE.match(text, amount.core[1]) or _AFTER_OR_MORE.match(text, amount.end)
    if after:
        word = after.group("word") or (after.group("odd") and "odd") or "more"
        name = _AFTER[word.casefold()]
        return replace(
            amount,
            end=max(amount.end, after.end()),
            qualifier=name,  # type: ignore[arg-type]
        )
    return amount


def _shared_units(text: str, amounts: list[Amount]) -> list[Amount]:
    """Give a number without unit that of the next: "34 and 18 per cent", "80 to 100 dollars"."""
    done = list(amounts)
    for i in range(len(done) - 2, -1, -1):
        one, after = done[i], done[i + 1]
        between = text[one.end : after.start]
        if one.unit is not None and not (one.kind == "currency" and after.number.scaled):
            if after.unit is None and (
                (
                    _BEFORE_FROM.search(text[max(0, one.start - 24) : one.start])
                    and _TO.fullmatch(between)
                )
                or (one.kind == "currency" and _GLUE.fullmatch(between))
                or _AGAINST.fullmatch(between)
            ):
                done[i + 1] = replace(after, unit=one.unit, kind=one.kind)
            continue
        if one.unit is None and after.unit is None:
            continue
        if (
            i
            and done[i - 1].kind == "count"
            and _AGAINST.fullmatch(text[done[i - 1].end : one.start])
        ):
            continue  # "237 tanneries, as against 160 in 1985, and 9,000 workers"
        if not between.strip(" ") and after.kind == "time":
            continue
        gap: object = _GLUE.fullmatch(between) or _TO.fullmatch(between) or between.strip() == ","
        gap = gap or _AGAINST.fullmatch(between) or re.fullmatch(
            rf"{_WHEN}\s*(?:,|and|to|but|or)?\s*(?:only|over|about|some|around|nearly|below|above|fewer than|more than|less than|almost)?\s*",  # noqa: E501
            between,
        )  # fmt: skip
        if not gap:
            continue
        value = one.value
        if after.number.scaled and not one.number.scaled and value < 1000:
            value *= _factor(text, after.number)
        if one.unit is None and (after.unit != "percent" or value <= 1000):
            done[i] = replace(
                one, value=value, unit=after.unit, kind=after.kind, per=after.per, noun=after.noun
            )
        elif one.unit == after.unit:
            done[i] = replace(one, value=value)
    return done


def _carried_money(text: str, amounts: list[Amount]) -> list[Amount]:
    """Give bare millions the currency told before: "22 million dollars …, to 381 million"."""
    done: list[Amount] = []
    money: Amount | None = None
    for found in amounts:
        one = found
        bare = one.unit is None and one.number.scaled and one.value >= 10**6
        if bare and money is not None and _ENDS.match(text, one.end):
            one = replace(one, unit=money.unit, kind=money.kind)
        if one.kind == "currency" and one.number.scaled:
            money = one
        done.append(one)
    return done


def _factor(text: str, number: Number) -> float:
    printed = re.match(r"[\d.,]*\d", text[number.start : number.end])
    if printed is None:
        words = text[number.start : number.end].casefold().split()
        return _SCALES.get(words[-1], 1.0) if words else 1.0
    bare, doubtful = parse_number(printed.group())
    if doubtful:
        bare = float(printed.group().replace(",", "."))
    return number.value / bare if bare else 1.0


def _joined(text: str, amounts: list[Amount]) -> list[Amount]:
    """Bring the two numbers of a range or of a change together."""
    done: list[Amount] = []
    for one in amounts:
        if done:
            pair = _pair(text, done[-1], one)
            if pair is not None:
                done[-1] = pair
                continue
        done.append(one)
    return done


def _pair(text: str, first: Amount, second: Amount) -> Amount | None:
    between = text[first.end : second.start]
    if first.unit != second.unit and first.unit is not None:
        return None
    start = first.start
    lead = text[max(0, start - 24) : start]
    glue = _GLUE.fullmatch(between)
    whole = replace(second, start=first.start, core=(first.core[0], second.core[1]))
    if second.qualifier is None and first.qualifier is not None:
        whole = replace(whole, qualifier=first.qualifier)
    if first.value_from is None and first.change_from is None:
        if _BEFORE_FROM.search(lead) and _TO.fullmatch(between):
            opened = lead.rstrip()
            head = re.search(r"(?:from)(?:\s+an?\s+\w+\s+of)?\s*$", opened, re.IGNORECASE)
            begin = start - (len(lead) - head.start()) if head else start
            return replace(whole, start=begin, change_from=first.value, qualifier=second.qualifier)
        if glue and first.value < second.value:
            word = (glue.group("word") or "").casefold()
            if (
                glue.group("dash")
                or word in ("to", "or")
                or (word == "and" and _BEFORE_BETWEEN.search(lead))
            ):
                return replace(whole, value_from=first.value)
        if _AGAINST.fullmatch(between) and second.unit == first.unit:
            return replace(
                first, end=second.end, change_from=second.value, noun=first.noun or second.noun
            )
    return None

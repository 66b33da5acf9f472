"""Goods whose making or sale is told before, or by a verb of their own trade."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.facts_words import Around, Verdict, last_place
from pipeline.extract.quantities import Amount
from pipeline.extract.quantities_lexicon import Lexicon

_MADE = re.compile(
    r"\b(?:[Ll]andings?|[Dd]eliveries|[Tt]hroughput|[Hh]aul|[Tt]onnage)\b"
    r"|\b(?:reel(?:s|ed)|weaves?|wove|knits?|knitted|deliver(?:s|ed)|cans|canned|grinds|ground|roast(?:s|ed)"
    r"|tan(?:s|ned)|smelt(?:s|ed)|casts?|forge[sd]|stitch(?:es|ed)|bottle[sd]|press(?:es|ed)|roll(?:s|ed)"
    r"|sew(?:s|ed)?|quarr(?:ies|ied)|built|builds|launch(?:es|ed)|put(?:s)?\s+together|lands|soaks?|soaked"
    r"|gins?|ginned|spins?|spun|dug|digs)\s+(?:[^\W\d]+\s+){0,3}$"
)
_LEVEL = re.compile(
    r"\b(?:stood|stands|was|were|is|are|had\s+been|has\s+been|came|comes|fell|fallen|rose|risen|climbed|dropped"
    r"|slid|sank|shrunk|shrank|grew|grown|reached|touched|peaked|amounted|down|up|slipped|dwindled)\b"
    r"(?:\s+(?!\d)[^\s;.,]+){0,4}\s+$|\breached\s+$"
)
"""A quantity stood somewhere or moved there: the goods are those spoken of before."""
_PRONOUN = re.compile(
    r"(?:^\W*|[,;]\s+|\b(?:and|on|later)\s+)(?:[Ii]t|[Tt]hey|[Tt]his|[Tt]he\s+(?:figure|total|volume))\s"
)
_MAKES = re.compile(
    r"\b(?:makes?|made|produces?|produced|turn(?:s|ed)?\s+out|assembles?|assembled|delivers?|delivered|builds?|built"
    r"|put(?:s)?\s+together|launch(?:es|ed)|manufactures?|manufactured|weaves?|wove|knits?|knitted|stitch(?:es|ed))"
    r"\s+(?:(?:some|about|around|nearly|over|almost|only|another)\s+)?$"
)
_PLURAL = re.compile(r"\s+(?:[a-z-]+\s+){0,2}?(?P<noun>[a-z]{2,}s)\b")
_LEAST = 1000
"""Below this many pieces it is one firm's work or an order."""


_MEASURED = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?)\s+(?:(?P<scale>million|thousand|billion)\s+)?"
    r"(?P<unit>[a-z][a-z0-9²]*(?:\s+[a-z]+)?)"
)
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_MOVED_TO = re.compile(
    r"\b(?:fallen|fell|shrunk|shrank|risen|rose|grown|grew|spread|extended|climbed|dropped|declined|come\s+down"
    r"|came\s+down|gone\s+up|increased|expanded|slid|dwindled|fell|and|but|then)\s*(?:\s\w+\s+){0,2},?\s*"
    r"(?:to|of|at)\s+(?:(?:about|only|barely|some|nearly|almost|just|hardly)\s+)?$"
)
_ENDS = re.compile(
    r"\s*(?:$|[,.;)]|(?:in|by|at|during|after|before|today|now|(?:ten|five)\s+years)\b)"
)
_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_FAR = 20
"""One measure moves by no more than this."""


def goods_before(near: Around, lexicon: Lexicon) -> Verdict:
    """Return the metric of goods by a verb of their trade or the words before their clause."""
    if _MADE.search(near.before):
        return Verdict("output", "goods made, by their trade")
    if _LEVEL.search(near.before):
        texts = [near.lead]
        if _PRONOUN.search(near.before):
            texts.append(near.earlier)
        for text in texts:
            exported = last_place(lexicon.signs["exports"], text)
            made = last_place(lexicon.signs["output"], text)
            if max(exported, made, last_place(_MADE, text)) < 0:
                continue
            metric = "exports" if exported >= 0 and exported >= made - 25 else "output"
            return Verdict(metric, f"goods of {metric}, told before")
    return Verdict("other", "goods")


def goods_counted(amount: Amount, near: Around, lexicon: Lexicon) -> Verdict | None:
    """Return output for a bare number of things that are made: "turned out 9,000 frames"."""
    if amount.value < _LEAST or not _MAKES.search(near.before):
        return None
    what = _PLURAL.match(near.after)
    if what is None:
        return None
    unit = lexicon.forms.get((what["noun"],))
    if unit in ("persons", "firms", "farms") or lexicon.signs["share_of_work"].search(what.group()):
        return None
    return Verdict("output", "things made", unit="pieces")


def _measured(told: str, lexicon: Lexicon) -> tuple[float, str]:
    """Return the last quantity of land or goods in a text, and its unit; 0 and "" where none."""
    found = (0.0, "")
    for match in _MEASURED.finditer(told):
        words = tuple(match["unit"].casefold().split())
        unit = lexicon.forms.get(words) or lexicon.forms.get(words[:1])
        if unit in lexicon.units:
            value = float(match["number"].replace(",", ""))
            found = (value * _SCALES.get(match["scale"] or "", 1), unit)
    return found


def measure_carried(  # noqa: PLR0911
    amount: Amount, near: Around, lexicon: Lexicon
) -> Verdict | None:
    """Return the metric of a bare number that leaves out the measure of one told before.

    "The fields, 900 hectares in 1996, have shrunk to 610"; the first number must be near it in
    size, and nothing else may follow the second.
    """
    if amount.value != amount.number.value or not _ENDS.match(near.after):
        return None
    if not amount.number.grouped and _FIRST_YEAR <= amount.value <= _LAST_YEAR:
        return None
    moved = _MOVED_TO.search(near.lead)
    if moved is None:
        return None
    first, unit = _measured(near.lead[: moved.start() + 1], lexicon)
    if not first / _FAR <= amount.value <= first * _FAR:
        return None
    kind = lexicon.units[unit].kind if unit in lexicon.units else ""
    if kind == "area":
        return Verdict("area", "land, its measure told before", unit=unit)
    if kind not in ("mass", "volume") and unit not in ("pieces", "pairs"):
        return None
    verdict = goods_before(near, lexicon)
    made = last_place(lexicon.signs["output"], near.lead)
    sold = last_place(lexicon.signs["exports"], near.lead)
    if verdict.metric == "other" and max(made, sold) >= 0:
        verdict = Verdict("exports" if sold > made else "output", "goods told before")
    return None if verdict.metric == "other" else replace(verdict, unit=unit)


__all__ = ["goods_before", "goods_counted", "measure_carried"]

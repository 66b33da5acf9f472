"""Goods whose making or sale is told before, or by a verb of their own trade."""

from __future__ import annotations

import re

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


__all__ = ["goods_before", "goods_counted"]

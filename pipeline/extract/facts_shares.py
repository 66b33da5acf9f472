"""Which metric a share has, by the words for what is shared."""

from __future__ import annotations

import re

from pipeline.extract.facts_bare import counted
from pipeline.extract.facts_words import Around, Verdict
from pipeline.extract.quantities_lexicon import Lexicon

_LOST = re.compile(r"\b(?:lost|loses)\s+(?:\w+\s+)?$")
_WORLD_FIRMS = re.compile(
    r"\W*(?:all\s+|the\s+)?(?:worldwide|global|world['’]s)\s+(?:businesses|firms|companies|enterprises)\b"
)
_WHAT_THEY_MAKE = re.compile(
    r"(?:what|all(?:\s+that)?)\s+(?:they|it|is|he|she)\s+(?:makes?|made|produces?|produced|grows?|sells?)\b"
)
_OWN = re.compile(r"(?:its|their|this|that|what\s+(?:they|it)\s+(?:makes?|produces?|sells?))\b")
_GOES_ABROAD = re.compile(
    r"\b(?:leaves?|left|leaving)\s+(?:the\s+)?(?:country|island|continent|[A-Z]\w+)"
    r"|\b(?:goes|go|went|gone|sent|shipped|sold)\s+(?:to\s+(?:foreign|the\s+[A-Z]|[A-Z])|outside\s+the\s+country)"
    r"|^\W*to\s+foreign\b"
)
_OUTSIDE = re.compile(
    r"\b(?:sold|goes|go|went|gone|sent|shipped|earned|leaves?|left|made|crosse[sd]|moved)\s+(?:\w+\s+)?"
    r"(?:outside|beyond|across)\s+(?:(?:the|its|their|a)\s+(?:national\s+)?(?:country|nation|borders?|frontiers?"
    r"|island|kingdom)\b|[A-Z]\w+)|\bfrom\s+(?:exports?|exporting|foreign\s+\w+|abroad|overseas)\b"
)
"""Sold over the border, said without the word for abroad."""
_SAID_OF = re.compile(r"(?:it|them|which|these|those)\b|(?:what|all(?:\s+that)?)\s+(?:\w+\s+){1,3}")
_WHAT_LAND_MAKES = re.compile(
    r"what\s+(?:the\s+(?:country|nation|world)|[A-Z]\w+)\s+(?:grows?|grew|makes?|made|produces?|produced|mines"
    r"|mined|catches|brews|weaves)\b"
)
_ALL_OF_TYPE = re.compile(
    r"(?:all|every)\s+(?:the\s+)?(?:[A-Z]\w+(?:an|ese|ish|i|ench|utch|reek|wiss|ai)|national)\s+[a-z]|[A-Z]\w+['’]s\s+[a-z]"
)
_MAKES = re.compile(
    r"\b(?:makes?|made|produces?|produced|turn(?:s|ed)?\s+out|weaves|wove|supplies|supplied|grows?|grew)\b"
    r"(?:,[^,;]{1,40},)?\s+(?:\w+\s+){0,3}$"
)
_TOTAL = re.compile(
    r"(?:[A-Z]\w+['’]s?|(?:the\s+)?(?:country['’]s|nation['’]s|national|world|world['’]s|[A-Z]\w+(?:an|ese|ish|i|ench|utch|reek|wiss|ai)))\s+(?:total|whole)\b"
)
_NO_WHOLE = re.compile(r"\b(?:prices?|costs?|reasons?|time|blame|credit|difference|problem)\b")
_MUST = re.compile(r"\b(?:must|has\s+to|have\s+to|shall)\b")
"""What a rule asks for is no size."""
_IN_IMPORTS = re.compile(r"\bshare\b[^;.]{0,40}\b(?:in|of)\s+(?:\w+\s+){0,2}imports\b")
_OF_ANOTHER = re.compile(r"\bthat\s+of\s+[A-Z]\w+\s+(?:\w+\s+)?$|\bshare\b")
_EXPORT_SHARE = re.compile(
    r"\bexport\s+(?:share|ratio|quota|quotient|intensity|rate|orientation)\b"
)
_PRONOUN = re.compile(r"(?:which|whom|them)\b|(?:these|those)\s+(?:are|were|had|have)\b")
_ONE_NOUN = re.compile(r"[a-z]+s\s*")
_GOODS = re.compile(
    r"(?:its|their|the|all|this|that|total|[\w-]+['’]s)?\s*(?:[\w'’-]+\s+){0,2}?"
    r"(?:output|production|produce|turnover|sales|revenues?|crop|harvest|catch|goods|products|volume)\b"
)
_EXPORTS_SAID = re.compile(
    r"\b(?:[Ee]xports?|[Ss]ales\s+(?:abroad|overseas)|(?:[Ff]oreign|[Oo]verseas)\s+sales|[Ss]hipments)\b"
)
_AT_HOME = re.compile(r"\b(?:domestic|home|local|internal)\b")
_MADE_HERE = re.compile(
    r"\b(?:made|produced|grown|processed|caught|mined|manufactured|stitched|sewn|woven|cast|forged"
    r"|assembled|smelted|brewed|landed|harvested)\b(?!\s+(?:in|by)\s+the\s+world)"
)
_BOUGHT_HERE = re.compile(
    r"\b(?:sold|bought|worn|used|eaten|drunk|consumed|purchased|(?:buys|consumes|uses|eats|wears))\b"
)
_OF_NATION = re.compile(
    r"(?:all\s+|the\s+)?(?:total\s+)?(?:national\b|domestic\b|[A-Z]\w+(?:an|ese|ish|i|ench|utch|reek|wiss|ai)\b)"
)
"""What a nation makes keeps its metric, a share of the world's is one of a market."""
_NATION = re.compile(
    r"(?:the\s+)?(?:national\b|country['’]s|nation['’]s|[A-Z]\w+(?:an|ese|ish|i|ian|ench|utch|reek|wiss|ai)\b)"
)
_LAST_FIRMS = re.compile(
    r"^(?:the|these|those|its|their|all|local|[\w-]+['’]s|[A-Z]\w+)\s+(?:[^\W\d][\w'’-]*\s+){0,2}?"
    r"(?:firms|companies|enterprises|factories|tanneries|workshops|plants|units|exporters"
    r"|manufacturers|producers|suppliers|subcontractors|establishments|mills|kilns|businesses|farms"
    r"|makers|growers|wineries|foundries)\b(?!['’])"
)
_WORLD = re.compile(r"\b(?:world|global|worldwide|Europe\w*|nationally|country['’]s|nation['’]s)\b")
_SMALL_FIRMS = re.compile(
    r"\b(?:SMEs|MSMEs|small|micro|medium|family)\b.{0,60}\b(?:are|make\s+up|account\w*\s+for|constitute|represent|form)\s+"
    r"(?:\w+\s+){0,2}$"
)
_OWN_OUTPUT = re.compile(r"(?:its|their|total|all|the total)\s+(?:output|production)\b")
_WHO_THEY_ARE = re.compile(r"\b(?:on|with|without|under|migrant|women|female|young|contracts?)\b")
_WOMEN = re.compile(r"\b(?:[Ww]omen|female|migrants|girls)\b")
_ARE = re.compile(
    r"\s*(?:\S+\s+){0,6}?(?:are|were|is|was)\s+(?!employed|working|engaged|exported|sold)"
)
_WHOLE = re.compile(
    r"\b(?:account\w*|provid\w*|absorb\w*|make\w*|mak\w+|made\s+up|compris\w*|constitut\w*"
    r"|represent\w*|contribut\w*|industrial|manufacturing|total|all|country|national)\b"
)
_AT_WORK = re.compile(
    r"\s+(?:(?:of|in)\s+)?(?:[\w'’-]+\s+){1,3}(?:now\s+)?work(?:s|ed)?\s+(?:for|in|at|from)\b"
)
_THE_WORKERS = re.compile(r"(?:the|its|their|this|these|all)\s+(?:[\w'’-]+\s+){0,3}")
_GIVES_WORK = re.compile(r"\b(?:account\w*|provid\w*|employ\w*)\b")
_SHIPPED = re.compile(r"\b(?:[Ee]xport\w*|shipped|sold abroad)\b")
_BUYERS_TAKE = re.compile(r"\b(?:takes?|took|buys?|bought|absorbs?|absorbed)\s+(?:\w+\s+)?$")
_EXPORTS_NOW = re.compile(r"\b(?:export\w*|sells?|sold)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)


def share_of(  # noqa: PLR0911, PLR0912
    what: str, near: Around, lexicon: Lexicon
) -> Verdict | None:
    """Return the metric of "… per cent of `what`", by where it goes or what it is."""
    signs = lexicon.signs
    tail = near.after[:70]
    said = _EXPORTS_SAID.search(near.lead)
    if (_GOES_ABROAD.search(tail) or _OUTSIDE.search(tail)) and (
        not what
        or _ONE_NOUN.fullmatch(what)
        or _GOODS.match(what)
        or _OWN.match(what)
        or _SAID_OF.match(what)
    ):
        return Verdict("export_share", "share that leaves the country")
    if not what and _EXPORT_SHARE.search(near.lead):
        return Verdict("export_share", "export share")
    if _WHAT_THEY_MAKE.match(what) and re.search(r"\b(?:export|ship|sell)\w*\b", near.before[-40:]):
        return Verdict("export_share", "exports a share of what is made")
    if said and not _AT_HOME.search(near.lead[said.start() :]):
        own = _OWN.match(what) and _EXPORTS_SAID.search(near.before[-45:])
        if (own or _GOODS.match(what)) and not signs["share_of_exports"].search(what):
            return Verdict("export_share", "exports as a share of sales")
    if signs["abroad"].search(what + " " + tail) and not signs["share_of_exports"].search(what):
        return Verdict("export_share", "share sold abroad")
    if _OWN_OUTPUT.match(what) and _SHIPPED.search(near.lead):
        return Verdict("export_share", "exports as a share of output")
    if _BUYERS_TAKE.search(near.before[-20:]):
        return Verdict("other", "share that buyers take")
    if _EXPORTS_NOW.search(near.before[-45:]) and not signs["share_of_exports"].search(what):  # noqa: SIM102
        if re.match(
            r"(?:its|their|the|all)?\s*(?:\w+\s+){0,2}(?:output|production|produce|goods|products|turnover|sales|shoes|crop|harvest)",
            what,
        ):
            return Verdict("export_share", "exports a share")
    if what:
        found = _share_noun(what, near, lexicon)
        if found:
            return found
    elif signs["exports_verb"].search(near.before[-45:]) and _EXPORTS_NOW.search(near.before[-45:]):
        return Verdict("export_share", "exports a share")
    before = near.before[-70:]
    if re.search(
        r"\bmarket share\b|\bshare of the (?:\w+ ){0,2}market\b", before + what + tail[:50]
    ):
        return Verdict("market_share", "market share")
    if _IN_IMPORTS.search(near.before):
        return Verdict("market_share", "share of imports")
    if not what and _OF_ANOTHER.search(before) and re.search(r"\bmarkets?\b", near.lead):
        return Verdict("market_share", "share beside a share of a market")
    of_before = re.search(r"\bshare\s+(?:of|in)\s+(?P<what>.{3,50})$", before)
    if of_before:
        return _share_noun(of_before.group("what"), near, lexicon) or Verdict("other", "share")
    if re.match(r"\s+share\s+(?:of|in)\b", near.after):
        return _share_noun(near.after[:60], near, lexicon) or Verdict("other", "share")
    return Verdict("other", "share")


def _share_noun(what: str, near: Around, lexicon: Lexicon) -> Verdict | None:  # noqa: PLR0911, PLR0912
    """Return the metric of "… per cent of `what`"."""
    signs = lexicon.signs
    if _PRONOUN.match(what):
        return None
    head = re.split(
        r"\b(?:in|by|from|with|at|during|since|for|which|who|that|and|was|were|to)\b", what
    )[0]
    world = signs["world"].search(head) is not None
    if _LOST.search(near.before) and re.match(r"(?:its|their|the|all)\b", head):
        if signs["share_of_work"].search(head):
            return Verdict("employment", "workers lost", -1)
        if signs["share_of_firms"].search(head):
            return Verdict("firms", "firms lost", -1)
    if signs["share_of_firms"].search(head) and _SMALL_FIRMS.search(near.lead):
        return Verdict("firms", "share of all firms")
    if _WORLD_FIRMS.match(head):
        return Verdict("other", "share of the world's firms")
    if _NO_WHOLE.search(head) or _MUST.search(near.after[:70]):
        return Verdict("other", "share of a price, or a rule")
    if _WHAT_LAND_MAKES.match(what):
        return Verdict("output", "share of what a country makes")
    if _TOTAL.match(what):
        for metric in ("exports", "output"):
            if signs[metric].search(near.before):
                return Verdict(metric, f"share of all {metric}")
    if signs["share_of_exports"].search(head):
        if re.search(r"\b(?:world|global|worldwide|international)\b", head):
            return Verdict("market_share", "share of world exports")
        return Verdict("export_share", "share of exports")
    if signs["share_of_work"].search(head) and not signs["wage"].search(head):
        if _WHO_THEY_ARE.search(what):
            return Verdict("other", "part of the workers")
        if not near.after.lstrip().startswith(("of", "in ")):
            return Verdict("employment", "every fifth job")
        members = _ARE.match(near.after) or _WOMEN.search(near.sentence)
        if members and not _GIVES_WORK.search(near.before):
            return Verdict("other", "who the workers are")
        whole = (
            signs["employment"].search(near.before)
            or _WHOLE.search(near.before + head)
            or _THE_WORKERS.match(head)
        )
        return (
            Verdict("employment", "share of jobs") if whole else Verdict("other", "part of workers")
        )
    if signs["share_of_land"].search(head) and _NATION.match(head):
        return Verdict("area", "share of land")
    if signs["share_of_capital"].search(head):
        return Verdict("investment", "share of capital")
    if re.search(r"\b(?:market|markets|supply|trade|demand)\b", head):
        return Verdict("market_share", "share of a market")
    if re.search(
        r"\b(?:gdp|gross domestic product|value[ -]added|output|production|turnover|sales|harvest|crop|catch|revenue)\b",  # noqa: E501
        head,
        re.I,
    ):
        if re.search(r"\b(?:gdp|gross domestic)\b", head, re.I) and not re.search(
            r"\bmanufactur\w*\b", what + near.lead
        ):
            return Verdict("other", "share of GDP")
        if re.search(r"\b(?:gdp|gross domestic|value)\b", head, re.I):
            return Verdict("output", "share of output")
        return Verdict(
            "market_share" if world and not _OF_NATION.match(head) else "output", "share of output"
        )
    behind = what + near.after[:80]
    goods = _ALL_OF_TYPE.match(head) and not signs["share_of_firms"].search(head)
    if goods and _MAKES.search(near.before):
        return Verdict("output", "share of all that is made")
    made, bought = _MADE_HERE.search(behind), _BOUGHT_HERE.search(behind)
    if made and (bought is None or made.start() < bought.start()):
        here = re.match(r"\w+\s+(?:there|here)\b", behind[made.start() :])
        foreign = (_WORLD.search(head) and not here) or signs["share_of_firms"].search(head)
        if not foreign and not signs["sample"].search(near.sentence):
            return Verdict("output", "share of what is made")
    elif bought and not signs["share_of_firms"].search(head):
        return Verdict("market_share", "share of what is bought")
    if re.search(
        r"\b(?:world['’]s|global|country['’]s|nation['’]s|worldwide|nationally|national)\b", head
    ) or (
        re.match(r"\s*all\b", head)
        and not signs["share_of_firms"].search(head)
        and re.search(r"\b(?:sold|made|produced|bought|grown|exported)\b", what + near.after[:80])
    ):
        return Verdict("market_share", "share of all")
    if signs["share_of_land"].search(head):
        return Verdict("area", "share of land")
    if signs["share_of_firms"].search(head) and re.search(
        r"\b(?:closed|shut|disappear\w*|left|located|concentrated|found|based|vanished|survive\w*)\b",
        near.after,
    ):
        down = re.search(r"\b(?:closed|shut|disappear\w*|vanished)\b", near.after)
        return Verdict("firms", "share of firms", -1 if down else 1)
    if _LAST_FIRMS.search(head) and not signs["sample"].search(near.sentence):
        return Verdict("firms", "share of the firms")
    found = counted(head, lexicon)
    paid = signs["wage"].search(near.sentence) or signs["sample"].search(near.sentence)
    named = _THE_WORKERS.match(head) or _AT_WORK.match(near.after)
    if found and found[0] == "persons" and named and not paid:
        return Verdict("employment", "share of the people at work")
    return None

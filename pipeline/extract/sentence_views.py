"""What the rules see in each sentence of a passage, before any trained model is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.attribution_signs import SignPatterns, load_signs
from pipeline.extract.context import PassageContext
from pipeline.extract.paper_voice import NUMBERED, OURS
from pipeline.protocols import SentenceView
from pipeline.records import Citation
from pipeline.structure.sentences import split_sentences

_WORD = re.compile(r"\w")
_NAME = re.compile(r"[^\W\d_]+")
_IBID = re.compile(r"\((?:ibid|op\. ?cit|loc\. ?cit|ebd|ebenda)\b[^)]*\)", re.IGNORECASE)
_LEAD_VOICE = re.compile(
    r"\W*(?!According to\b|(?:As|Like) [^,;]{1,80}\b(?:puts?|notes?|argues?|says?|writes?|observes?"
    r"|shows?|stress(?:es)?|claims?|holds?|remarks?)\b)"
    r"(?:(?:[^,;()]{1,60}|(?:In|As|For|To|With|From|By|Like|Unlike|After|Beyond|Given|On"
    r"|Based|\w+ing)\b[^;]{1,100}?),\s+)?(?:also\s+)?"
    r"(?:[Ww]e|I|[Ii]n this (?:paper|article|study|section|chapter)"
    r"|[Tt]his (?:paper|article|study|section|chapter)|[Oo]ur \w+)\s"
)
"""The authors are the subject of the sentence, whoever is cited in it or before them."""
_POINTS = re.compile(
    r"\W*(?:\[?\d+\]?\s*)?(?:[Cc]f\.|See\b|Compare\b|For (?:an? |the )?(?:\w+ )?(?:overviews?"
    r"|reviews?|details|discussions?|summary)\b|On [^.;()]{1,80}, (?:see|cf\.))"
)
"""The sentence sends the reader elsewhere and claims nothing."""
_HEDGE = re.compile(r"\b(?:may|might|could|can|should|must|would)\b")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_NAMED = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+")
_QUOTE = re.compile(r"[“\"]")
SIGNS = ("own_voice", "own_hint", "literature", "reported")


def views(context: PassageContext) -> tuple[SentenceView, ...]:
    """Return the sentences of a passage's body with the rules' features, in order.

    Starts and ends count characters of the passage. Features are named numbers; the weights of
    ``codebook/attribution.yaml`` and `attribution` read them.
    """
    signs = load_signs()
    at = context.start_of_body
    spans = [(at + start, at + end) for start, end in split_sentences(context.body)]
    rows = [_features(context, signs, start, end, i) for i, (start, end) in enumerate(spans)]
    cited = [bool(row["works"] or row["ibid"]) for row in rows]
    done: list[SentenceView] = []
    carrying = _ends_cited(context)
    ours = float(OURS.search(context.text, at) is not None)
    numbered = float(NUMBERED.search(context.text, at) is not None)
    for i, (start, end) in enumerate(spans):
        row = rows[i]
        before = cited[i - 1] if i else False
        after = cited[i + 1] if i + 1 < len(spans) else False
        row["after_cited"] = float(before)
        row["after_single"] = float(before and rows[i - 1]["works"] <= 2)
        row["before_cited"] = float(after)
        row["last"] = float(i + 1 == len(spans))
        row["cited_passage"] = sum(cited) / len(cited)
        row["our_passage"] = ours
        row["numbered_passage"] = numbered
        for name, share in (("own_hint", "hint_passage"), ("literature", "literature_passage")):
            others = sum(other[name] for j, other in enumerate(rows) if j != i)
            row[share] = others / max(1, len(rows) - 1)
        carried = not cited[i] and (carrying or after) and not row["own_voice"]
        done.append(
            SentenceView(
                start,
                end,
                int(row["citations"]),
                int(row["works"]),
                carried,
                tuple((name, value) for name, value in row.items() if value),
            )
        )
        carrying = cited[i] or (carrying and bool(row["reported"]))
    return tuple(done)


def _ends_cited(context: PassageContext) -> bool:
    before = context.previous
    return bool(before and before.sentences and before.sentences[-1].n_citations)


def _features(
    context: PassageContext, signs: SignPatterns, start: int, end: int, index: int
) -> dict[str, float]:
    text = context.text[start:end]
    inside = sources_in(context, start, end)
    plain = masked(context, start, end)
    row: dict[str, float] = {
        "citations": float(len([c for c in context.citations if start <= c.start < end])),
        "works": float(len({work_key(c, n) for n, c in enumerate(inside)})),
        "narrative": float(any(is_narrative(context, c) for c in inside)),
        "ibid": float(_IBID.search(text) is not None),
        "first": float(index == 0),
        "carries_on": float(signs["carries_on"].match(plain.lstrip()) is not None),
        "turns": float(signs["turns"].match(plain.lstrip()) is not None),
        "quote": float(_QUOTE.search(text) is not None),
        "number": float(re.search(r"\d", plain) is not None),
        "world": float(min(3, len(signs["world"].findall(plain)))),
        "long": float(len(text) > 200),
    }
    row["year"] = float(_YEAR.search(plain) is not None)
    row["named"] = float(min(3, len(_NAMED.findall(plain))))
    row["hedge"] = float(_HEDGE.search(plain) is not None)
    row["fact"] = float(bool(row["named"] or row["number"]))
    for name in SIGNS:
        row[name] = float(signs[name].search(plain) is not None)
    if row["own_voice"]:
        # "Section two reviews the literature": who speaks of a literature speaks for himself.
        row["literature"] = 0.0
    if inside and (_LEAD_VOICE.match(text) or _LEAD_VOICE.match(plain)):
        row["lead_voice"] = 1.0
    if inside and _POINTS.match(text):
        row["points"] = 1.0
    if inside and _self_cited(context, inside):
        row["self"] = 1.0
    return row


def masked(context: PassageContext, start: int, end: int) -> str:
    """Return a sentence with its citations blanked, of the same length."""
    text = context.text[start:end]
    for first, last in context.citation_regions:
        low, high = max(first, start) - start, min(last, end) - start
        if low < high:
            text = text[:low] + " " * (high - low) + text[high:]
    return text


def sources_in(context: PassageContext, start: int, end: int) -> list[Citation]:
    """Return the citations of a sentence that name its source: not those after "see also"."""
    signs = load_signs()
    found = []
    for one in context.citations:
        if not start <= one.start < end:
            continue
        opened = context.text.rfind("(", max(start, one.start - 300), one.start)
        lead = context.text[opened + 1 if opened >= 0 else max(start, one.start - 40) : one.start]
        if len(lead) < 200 and signs["see_also"].search(lead):
            continue
        found.append(one)
    return found


def work_key(citation: Citation, number: int) -> str:
    """Return what tells one cited work from another: the work, else the name as printed."""
    if citation.work_id:
        return citation.work_id
    plain = "".join(c for c in citation.surface.casefold() if c.isalnum())
    # Works of one numeric citation share the surface; a bare year belongs to the name before it.
    return plain if not citation.surface.startswith("[") else f"{plain}#{number}"


def is_narrative(context: PassageContext, citation: Citation) -> bool:
    """Say whether the authors cited are part of the sentence: "Ruiz (2004) counted"."""
    opened = citation.surface.find("(")
    if opened > 0 and _WORD.search(citation.surface[:opened]):
        return True
    before = context.text[max(0, citation.start - 200) : citation.start]
    return before.count("(") <= before.count(")") and not citation.surface.startswith("[")


def _self_cited(context: PassageContext, inside: Sequence[Citation]) -> bool:
    names = {m[-1].casefold() for a in context.paper_authors if (m := _NAME.findall(a))}
    if not names:
        return False
    return any({word.casefold() for word in _NAME.findall(one.surface)} & names for one in inside)

"""Standards beyond vocabulary and patterns, told by the shape of their names.

A run of capitalised words that ends in a head such as Protocol or Principles, or begins with one
and says what it is about, is a name; a short form is one next to words such as "certified".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.candidates import Candidate
from pipeline.extract.tokens import Tokens, fold
from pipeline.vocabulary import Vocabulary

SURE, DOUBTFUL, HINT = 0.75, 0.55, 0.42
"""Two of these stand by themselves; a hint needs a tagger that agrees."""
SUBJECT = 3
"""From so many capitalised words on, "Guidelines for …" is a name without a title before it."""
_CAP = r"[A-Z][A-Za-z0-9]*(?:['.&-](?!s\b)[A-Za-z0-9]+)*(?:(?<=s)'(?!\w)|(?<=[nr])'s(?=\s[A-Z]))?"
_INNER = r"of|and|the|to|in|with|for|from|on|against|&"
_RUN = re.compile(
    rf"(?<![\w-]){_CAP}(?:\s+(?:(?:{_INNER})\s+){{0,3}}{_CAP}|\s\([A-Z][A-Za-z]{{3,}}(?:\s(?:and\s)?[A-Z]\w+){{0,3}}\))*"
)
_CUT = re.compile(r"\s(?:in|from|on|to|with|of|and|for)\s+the\s+|^\s*\([^)]*\)\s*")
_SOFT_CUT = re.compile(r"\s(?:in|from)\s+")
_NEXT_SENTENCE = re.compile(r"\s(?=(?:The|This|These|It|They)\s)")
_ARTICLE = re.compile(r"\b[Tt]he\s$")
_YEAR = re.compile(
    r",\s(?:1[89]|20)\d\d(?:\s\(No\.\s?\d{1,3}\))?|\s\(No\.\s?\d{1,3}\)"
    r"|\sNo\.\s?\d{1,4}(?:/\d{2,4})?(?!\w)"
)
_ACRONYM = re.compile(
    r"(?<![\w./-])(?=[A-Za-z0-9]{0,8}[A-Z])[A-Z][A-Za-z]?[A-Z]{1,5}s?(?:-[A-Z]{2,4})?\+?(?![\w/])"
)
_GLUED = re.compile(r"(?<![\w./-])[A-Z]{2,4}\d{4,5}[A-Z]?(?::(?:19|20)\d\d)?(?![\w-])")


class StandardShapes:
    """Finds names of standards by their shape."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        shapes = vocabulary.shapes
        self._heads: dict[str, tuple[str, bool]] = {}
        for row in shapes.standard_heads:
            self._heads.update(dict.fromkeys(row.heads, (row.standard_type, False)))
            self._heads.update(dict.fromkeys(row.sure, (row.standard_type, True)))
        self._alone = {
            head: row.standard_type for row in shapes.standard_heads for head in row.alone
        }
        self._not_alone = re.compile(r"\s+[A-Z]")
        both = "|".join(re.escape(h) for h in sorted(self._heads, key=len, reverse=True))
        links = "|".join(shapes.standard_links)
        self._head = re.compile(rf"(?<![\w-])(?:{both})(?![\w-])")
        self._link = re.compile(rf"\s+(?:{links})\s+")
        self._bare = re.compile(
            rf"\b[Tt]he\s+(?P<head>{'|'.join(self._alone)})(?![\w-])(?!\s+[A-Z])"
        )
        self._never = frozenset(fold(name) for name in shapes.never_standards)
        self._never_in = frozenset(shapes.never_in_standards)
        self._never_first = frozenset(shapes.never_first) | frozenset(
            vocabulary.standards.not_first
        )
        self._not_acronyms = frozenset(shapes.never_acronyms)
        countries = vocabulary.countries.countries
        self._countries = frozenset(fold(f) for r in countries for f in (r.name, *r.aliases))
        before = "|".join(re.escape(w) for w in shapes.acronym_before)
        after = "|".join(re.escape(w) for w in shapes.acronym_after)
        self._before = re.compile(rf"(?:{before})\s+(?:the\s+)?$")
        self._under = re.compile(r"\b[Uu]nder\s+(?:the\s+)?$|\bsince\s+(?:the\s+)?$|\bsuch as\s+$")
        self._after = re.compile(rf"[\s-]?(?:{after})(?!\w)")

    def find(self, tokens: Tokens) -> Iterator[Candidate]:
        """Yield candidates for standards beyond the vocabulary."""
        text = tokens.folded
        if self._head.search(text) is not None:
            for run in _RUN.finditer(text):
                yield from self._in_run(text, *run.span())
            for match in self._bare.finditer(text):
                kind = self._alone[match["head"]]
                yield _candidate(match.start("head"), match.end("head"), kind, HINT, "bare head")
        for match in _GLUED.finditer(text):
            yield _candidate(*match.span(), "certification", SURE, "letters and number")
        for match in _ACRONYM.finditer(text):
            if match.group() in self._not_acronyms or match.group() in self._heads:
                continue
            if self._under.search(text, max(0, match.start() - 12), match.start()):
                if len(match.group()) > 3:
                    yield _candidate(*match.span(), None, HINT, "short form")
            elif self._after.match(text, match.end()):
                yield _candidate(*match.span(), "certification", DOUBTFUL, "short form")
            elif self._before.search(text, max(0, match.start() - 40), match.start()):
                yield _candidate(*match.span(), None, DOUBTFUL, "short form")

    def _in_run(self, text: str, start: int, end: int) -> Iterator[Candidate]:
        start = self._trimmed(text, start, end)
        done = start
        for match in self._head.finditer(text, start, end):
            if match.start() < done:
                continue
            last, subject = match.end(), self._link.match(text, match.end(), end)
            if subject is not None:
                last = self._subject_end(text, subject.end(), end)
            first = self._title_start(text, done, match.start())
            title = text[first : match.start()].strip()
            # A heading and the sentence behind it may say the name twice.
            again = text.find(text[first : match.end()], match.end(), last) if title else -1
            last = len(text[:again].rstrip()) if again > 0 else last
            kind, sure = self._heads[match.group()]
            words = [w for w in re.findall(r"\w+", title) if w[0].isupper()]
            about = [w for w in re.findall(r"\w+", text[match.end() : last]) if w[0].isupper()]
            if not sure and not title and (subject is None or len(about) < SUBJECT):
                continue
            if not sure and self._not_alone.match(text, match.end()):
                continue
            whole = text[first:last]
            if whole in self._never or self._never_in & {*words, *about} or not words + about:
                continue
            if not title and len(about) < 2 and not (sure and subject):
                continue
            year = _YEAR.match(text, last)
            last = year.end() if year is not None else last
            confidence = SURE if sure else DOUBTFUL if len(words) + len(about) > 1 else HINT
            if title in self._countries and not sure:
                confidence = HINT
            done = last
            yield _candidate(first, last, kind, confidence, f"head {match.group()}")

    def _trimmed(self, text: str, start: int, end: int) -> int:
        while start < end:
            word = re.compile(r"[\w'.-]+").match(text, start, end)
            if word is None or word.group() not in self._never_first:
                return start
            start = word.end()
            link = re.compile(rf"\s+(?:(?:{_INNER})\s+)*").match(text, start, end)
            start = link.end() if link is not None else start
        return start

    def _title_start(self, text: str, start: int, end: int) -> int:
        """Return where the title before a head begins: behind "in the", "and the", another name."""
        title = text[start:end]
        cuts = [m.end() for m in _CUT.finditer(title)]
        if not _ARTICLE.search(text, max(0, start - 5), start):
            cuts += [m.end() for m in _SOFT_CUT.finditer(title)]
        cuts += [m.end() for m in _NEXT_SENTENCE.finditer(title)]
        the = title.find(" the ")
        if the > 0 and title[:the].strip() in self._countries:
            cuts.append(the)
        bracket = title.rfind("(")
        if bracket >= 0 and ")" not in title[bracket:]:
            cuts.append(bracket + 1)
        begin = start + max(cuts, default=0)
        lead = re.match(rf"\s*(?:(?:{_INNER})\s+)*", text[begin:end])
        return begin + lead.end() if lead else begin

    def _subject_end(self, text: str, start: int, end: int) -> int:
        """Return where the subject behind a head ends: before "in Bangladesh", a bracket."""
        subject = text[start:end]
        follows = _NEXT_SENTENCE.search(subject)
        subject = subject[: follows.start()] if follows else subject
        ends = [
            m.start() for m in re.finditer(r"\s+(?:in|of)\s+(?:the\s+)?(?=[A-Z])|\s\(", subject)
        ]
        for cut in ends:
            rest = re.sub(r"^\W*(?:(?:in|of)\s+)?(?:the\s+)?", "", subject[cut:])
            if subject[cut + 1] == "(" or rest in self._countries:
                subject = subject[:cut]
                break
        words = subject.split(" ")
        while len(words) > 1 and words[-1] in self._never_first:
            words.pop()
        return start + len(" ".join(words))


def _candidate(start: int, end: int, kind: str | None, confidence: float, why: str) -> Candidate:
    return Candidate(
        "STANDARD", start, end, "rule:standard shape", confidence, subtype=kind, reason=why
    )

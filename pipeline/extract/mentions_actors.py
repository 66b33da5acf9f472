"""Organisations beyond the vocabulary, told by the shape of their names, and acronyms.

A run of capitalised words with a head such as Ministry or Chamber is a name; an acronym in
brackets right after a name stands for it from then on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.candidates import Candidate
from pipeline.extract.phrases import PhraseIndex
from pipeline.extract.tokens import Tokens, fold, split_words
from pipeline.vocabulary import Vocabulary

_LINKS = (
    "of|for|on|and|to|the|de|del|des|du|la|las|los|le|les|do|da|dos|das|di|della|degli|y|e|et"
    "|und|fur|von|van|against|in"
)
_CAP = (
    r"(?:d')?[A-Z][A-Za-z0-9]*(?:['.&-](?!s\b)[A-Za-z0-9]+)*"
    r"(?:(?<=\.[A-Z])\.(?=\s[A-Z]))?"  # U.S. before a name
    r"(?:(?<=s)'(?!\w)|(?<=People)'s|(?<=Women)'s|(?<=Children)'s|(?<=Minister)'s)?"
)
_RUN = re.compile(rf"(?<!\w){_CAP}(?:(?:\s+(?:(?:{_LINKS})\s+){{0,3}}|\s+&\s+){_CAP})*")
_FIRM_TAIL = r"(?:,?\s+(?:{suffixes}))+(?![\w])"
_ACRONYM = re.compile(r"\s?,?\s?\(\s?[\"']?(?P<short>[A-Z][A-Za-z0-9&/.-]{1,14})[\"']?\s?[),;:]")
_COMMA_ACRONYM = re.compile(r"\s?,\s?(?P<short>[A-Z][A-Z0-9&-]{2,12})\s?\)")
_SPLIT = re.compile(
    r"\s+(?=(?:Chief|President|Director|Chairman|Minister|Justice|Professor|Judge)\b)"
    r"|\s+(?:and|or)\s+(?:the\s+)?|\s+in\s+(?:the\s+)?|\s+to\s+the\s+"
    r"|\s+for\s+the\s+(?=[A-Z])|'s\s+"
)
_BARE_THE = re.compile(r"(?<!\w)(?!(?:of|for|and|in|to|on|from|against|by|with)\b)\w+\s+the\s+")
_MEMBERS = frozenset(
    {"Manufacturers", "Exporters", "Industries", "Traders", "Producers", "Employers"}
)
"""Several kinds of members make one name: "Carpet Manufacturers and Exporters Association"."""
_OF = re.compile(r"\s+(?:of|for|on|to|against|de|del|di|du|des|do|da|der)\s+")


@dataclass(frozen=True, slots=True)
class Acronym:
    """A short form introduced in the text: what it stands for."""

    short: str
    full: str
    candidate: Candidate


LONGEST, MOST_JOINTS = 250, 8
"""Characters and links of the longest name looked at: longer runs of capitals name no body, and
looking at each part of one took time with the fourth power of its length."""


class ActorShapes:
    """Finds names of organisations by their shape."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        shapes = vocabulary.shapes
        self._heads: PhraseIndex[str] = PhraseIndex()
        for row in shapes.actor_heads:
            for head in row.heads:
                self._heads.add(head, row.actor_type)
        self._weak = frozenset(shapes.weak_heads)
        heads = {head for row in shapes.actor_heads for head in row.heads}
        standards = {h for row in shapes.standard_heads for h in (*row.sure, *row.heads)}
        self._standards = frozenset(standards - heads)
        self._never = frozenset(fold(name) for name in shapes.never_names)
        self._never_first = frozenset(shapes.never_first)
        self._never_acronyms = frozenset(shapes.never_acronyms)
        suffixes = "|".join(
            re.escape(s) for s in sorted(shapes.firm_suffixes, key=len, reverse=True)
        )
        self._firm = re.compile(
            rf"(?P<name>{_CAP}(?:(?:\s+(?:&\s+|and\s+)?){_CAP}){{0,4}}?)"
            + _FIRM_TAIL.format(suffixes=suffixes)
        )
        self._countries = frozenset(
            fold(form)
            for row in vocabulary.countries.countries
            for form in (row.name, *row.aliases)
        )

    def find(self, tokens: Tokens) -> Iterator[Candidate]:
        """Yield candidates for organisations beyond the vocabulary."""
        text = tokens.folded
        for run in _RUN.finditer(text):
            if " " in run.group():
                yield from self._in_run(text, *run.span())
        for match in self._firm.finditer(text):
            start = self._trim(text, match.start(), match.end())
            if start < match.end() - 4 and match.group("name").split()[0] != "":
                yield Candidate(
                    "ACTOR", start, match.end(), "rule:firm suffix", 0.85, subtype="firm"
                )

    def _in_run(self, text: str, start: int, end: int) -> Iterator[Candidate]:
        pieces = [(start, end), *self._split(text, start, end)]
        for first, last in pieces:
            begin = self._trim(text, first, last)
            found = self._judge(text, begin, last)
            if found is not None:
                yield found

    def _split(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        # Parts of a run that joins several names; kept only where a part has a head of its own.
        cuts = [m.span() for m in _SPLIT.finditer(text, start, end)]
        edges = [start, *(edge for cut in cuts for edge in cut), end]
        for i in range(0, len(edges), 2):
            for j in range(i + 1, min(len(edges), i + 2 * MOST_JOINTS), 2):
                if (i, j) != (0, len(edges) - 1) and edges[i] < edges[j]:
                    yield edges[i], edges[j]

    def _trim(self, text: str, start: int, end: int) -> int:
        while start < end:
            word = re.match(r"[\w'.&-]+", text[start:end])
            if word is None or word.group() not in self._never_first:
                return start
            start += word.end()
            while start < end and not text[start].isalnum():
                start += 1
            # A link word left at the front goes too.
            link = re.match(rf"(?:{_LINKS})\s+", text[start:end])
            if link is not None:
                start += link.end()
        return start

    def _judge(self, text: str, start: int, end: int) -> Candidate | None:
        if end - start > LONGEST:
            return None
        name = text[start:end]
        parts = split_words(name)
        if (
            len(parts) < 2
            or name in self._never
            or not name[:1].isupper()
            or any(w in self._never_first for w in parts[1:] if w[0].isupper())
            or parts[-1] in ("Report", "Directors")
            or self._joins(name)
        ):
            return None
        lead = len(split_words(_OF.split(name, maxsplit=1)[0]))
        head = self._head(parts, lead)
        if head is None or parts[lead - 1] in self._standards:
            return None
        i, j, actor_type, weak = head
        others = [
            w for k, w in enumerate(parts) if not i <= k < j and w[0].isupper() and len(w) > 1
        ]
        if not others:
            return None
        confidence = 0.8 if not weak else 0.55 if len(others) > 1 else 0.4
        return Candidate(
            "ACTOR",
            start,
            end,
            f"rule:{'weak ' if weak else ''}head",
            confidence,
            subtype=actor_type,
        )

    def _joins(self, name: str) -> bool:
        """Whether a name is two names joined by ``and``, each with a head of its own."""
        if _BARE_THE.search(name):
            return True
        for match in re.finditer(r"\s+(?:and|or)\s+(the\s+)?|\s+in\s+", name):
            left, right = name[: match.start()], name[match.end() :]
            if match.group().strip() == "in":
                return True
            if match.group(1) and not (" for " in left and " " not in right):
                return True
            if left in self._countries or right in self._countries:
                return True
            words, before = split_words(right), split_words(left)
            if before[-1] in _MEMBERS and words[-1] not in _MEMBERS and not match.group(1):
                continue
            if self._own_head(words) and (
                self._own_head(before)
                or (before[-1].isupper() and len(before[-1]) > 1)
                or (len(before) > 1 and len(words) > 2 and "of" not in before)
            ):
                return True
        return False

    def _own_head(self, words: Sequence[str]) -> bool:
        if len(words) < 2 and not (words and words[0].isupper() and len(words[0]) > 1):
            return False
        lead = next((k for k, w in enumerate(words) if w in ("of", "for", "on")), len(words))
        return self._head(words, lead) is not None

    def _head(self, words: Sequence[str], lead: int) -> tuple[int, int, str, bool] | None:
        """Return place, type and weakness of the head: it ends the words before ``of``."""
        best: tuple[int, int, str, bool] | None = None
        for i, j, types in self._heads.find(words):
            phrase = " ".join(words[i:j])
            at_end = j == lead or j == len(words)
            if not at_end and i > 0:
                continue
            if best is None or j - i > best[1] - best[0] or (j == lead and best[1] != lead):
                best = (i, j, types[0], phrase in self._weak or not at_end)
        return best

    def acronyms(self, tokens: Tokens, names: Sequence[Candidate]) -> Iterator[Acronym]:
        """Yield the short forms that the text introduces right after one of the names."""
        text = tokens.folded
        for one in names:
            for pattern in (_ACRONYM, _COMMA_ACRONYM):
                match = pattern.match(text, one.end)
                if match is None:
                    continue
                short = match.group("short").rstrip(".")
                if self._stands_for(short, text[one.start : one.end]):
                    yield Acronym(
                        short,
                        tokens.text[one.start : one.end],
                        replace(
                            one,
                            start=match.start("short"),
                            end=match.start("short") + len(short),
                            method="rule:acronym",
                            reason=f"acronym introduced after {tokens.text[one.start : one.end]}",
                        ),
                    )
                    break

    def _stands_for(self, short: str, full: str) -> bool:
        capitals = [c for c in short if c.isupper()]
        if len(capitals) < 2 or short in self._never_acronyms:
            return False
        initials = "".join(w[0].upper() for w in re.findall(r"[A-Za-z0-9]+", full))
        letters = iter(full.upper())
        return short.upper()[0] in initials and (
            _in_order(capitals, initials) >= len(capitals) - 1
            or all(c.upper() in letters for c in short if c.isalnum())
        )


def _in_order(letters: Sequence[str], initials: str) -> int:
    """Return how many letters appear in order among the initials."""
    position = count = 0
    for letter in letters:
        at = initials.find(letter, position)
        if at >= 0:
            count, position = count + 1, at + 1
    return count

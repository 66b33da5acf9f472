"""Standards of open families, by the patterns of ``standards.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.candidates import Candidate
from pipeline.extract.tokens import Tokens
from pipeline.vocabulary import Vocabulary
from pipeline.vocabulary.rows import PatternRow

_NOISE = re.compile(r"\(\?P<\w+>|\(\?[:=!]|\\[a-zA-Z]|\[[^\]]*\]|\{[^}]*\}")
_COMMON = frozenset({"from", "with", "into", "against", "their", "between"})


class StandardPatterns:
    """Finds numbered norms, acts, codes and agreements beyond the vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        file = vocabulary.standards
        self._rows = [(re.compile(row.pattern), row) for row in file.patterns]
        self._cues = [literals(row.pattern) for row in file.patterns]
        self._not_first = frozenset(file.not_first)
        self._conventions = file.ilo_conventions

    def find(self, tokens: Tokens) -> Iterator[Candidate]:
        """Yield candidates; of two patterns that give the same span, the upper one is surer."""
        text = tokens.folded
        seen: set[tuple[int, int]] = set()
        here = {cue: cue in text for cue in frozenset().union(*self._cues)}
        for rank, (pattern, row) in enumerate(self._rows):
            cues = self._cues[rank]
            if cues and not any(here[cue] for cue in cues):
                continue
            for match in self._matches(pattern, text):
                if match.span() in seen:
                    continue
                seen.add(match.span())
                yield Candidate(
                    "STANDARD",
                    match.start(),
                    match.end(),
                    "rule:standard pattern",
                    0.85 - rank / 1000,
                    name=self._name(row, match, tokens.text),
                    subtype=row.standard_type,
                    reason=f"standard pattern {rank + 1}",
                )

    def _matches(self, pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
        position = 0
        while (match := pattern.search(text, position)) is not None:
            first = re.match(r"\w+", match.group())
            if first is not None and first.group() in self._not_first:
                position = match.start() + first.end()
                continue
            yield match
            position = max(match.end(), match.start() + 1)

    def _name(self, row: PatternRow, match: re.Match[str], text: str) -> str:
        surface = text[match.start() : match.end()]
        groups = {key: value or "" for key, value in match.groupdict().items()}
        number = groups.get("number", "")
        if row.lookup == "ilo_conventions" and number.isdigit():
            name = self._conventions.get(int(number))
            if name is not None:
                return name
        return row.name_template.format(match=surface, **groups).strip()


def literals(pattern: str) -> frozenset[str]:
    """Return plain stretches of a pattern, one of which stands in every text that it matches.

    Empty where none can be told. Stretches that the pattern does not ask for may be among them:
    then it is tried in vain, and nothing is lost.
    """
    plain = _NOISE.sub(" ", pattern.replace(r"\.", "."))
    plain = re.sub(r".\?", " ", plain)
    found = re.findall(r"[A-Za-z][A-Za-z.]+", plain)
    return frozenset(
        word for word in found if (word[0].isupper() or len(word) > 3) and word not in _COMMON
    )

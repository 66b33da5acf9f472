"""Joining lines into a paragraph; a hyphen at a line's end is mended with care."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.readers.lexicon import words

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_TAIL = re.compile(r"[^\W\d_]{1,40}$")
_HEAD = re.compile(r"[^\W\d_]{1,40}")
_HYPHENS = "-‐‑\u00ad¬\ufffe\x02"
_CJK = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]")
_SOFT = "\u00ad¬"


class Mender:
    """Joins lines, asking the document's own words whether a hyphen belongs to the word.

    Parameters
    ----------
    lines : iterable of str
        All lines of the document; words cut at a line's end are left out of the count.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self.seen: Counter[str] = Counter()
        for line in lines:
            found = _WORD.findall(line.casefold())
            if found and line.rstrip()[-1:] in _HYPHENS:
                found.pop()
            self.seen.update(found)
            if "-" in line:
                for word in found:
                    if "-" in word:
                        self.seen.update(word.split("-"))

    def keeps(self, left: str, right: str) -> bool:
        """Say whether ``left-`` + ``right`` is a word with a hyphen (True) or one cut in two."""
        if right[:1].isupper():
            return not (left.isupper() and right.isupper() and len(left) > 3)
        left, right = left.casefold(), right.casefold()
        joined, hyphened = self.seen[left + right], self.seen[f"{left}-{right}"]
        if joined or hyphened:
            return hyphened > joined
        if right in words("closed_seconds"):
            return False
        if left in words("compound_firsts"):
            return right in words("compound_seconds") or self.seen[right] > 0
        if right in words("compound_seconds") and len(right) > 3:
            return self.seen[left] > 0 and len(left) > 2
        return len(left) > 3 and len(right) > 4 and self.seen[left] > 0 and self.seen[right] > 0

    def glue(self, before: str, after: str) -> str:  # noqa: PLR0911 - one way out per case
        """Return the two lines as one."""
        before, after = before.rstrip(), after.lstrip()
        if not before or not after:
            return before or after
        last = before[-1]
        if last in _SOFT:
            return before[:-1] + after
        if last in _HYPHENS:
            tail, head = _TAIL.search(before[-41:-1]), _HEAD.match(after)
            address = "://" in before.rsplit(" ", 1)[-1]
            if address:
                return before + after
            if head and not tail and before[-2:-1].isspace():
                return f"{before} {after}"
            if tail and head and not self.keeps(tail.group(), head.group()):
                return before[:-1] + after
            if tail and after.startswith(("and ", "or ", "und ")):
                return f"{before} {after}"
            return before + after
        if last == "—" or (last == "–" and before[-2:-1].isdigit() and after[0].isdigit()):
            return before + after
        if last >= "\u3000" and _CJK.match(last) and _CJK.match(after[0]):
            return before + after
        token = before.rsplit(" ", 1)[-1]
        if ("://" in token or token.startswith("www.")) and last in "/_=?&%":
            return before + after
        return f"{before} {after}"

    def join(self, lines: Sequence[str]) -> str:
        """Return the lines of one paragraph as running text."""
        text = ""
        parts: list[str] = []
        for line in lines:
            stripped = line.strip()
            if not stripped:
                continue
            if not text:
                text = stripped
                continue
            # Only the last line matters to the glue: keep the join linear in length.
            glued = self.glue(text, stripped)
            if glued.startswith(text + " "):
                parts.append(text)
                text = stripped
            else:
                text = glued
        parts.append(text)
        return " ".join(parts)

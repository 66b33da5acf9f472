"""Where an English word may be broken, by a rule of thumb good enough for examples."""

import re
from itertools import pairwise

# Before an ending ("employ-ment"), after a prefix ("inter-national"), and between two
# consonants that stand between vowels ("clus-ters").
_ENDINGS = re.compile(r"(?<=[a-z]{3})(?=(?:tions?|ments?|ness|less|able|ships?|ful)$)")
_PREFIXES = re.compile(
    r"^(?:inter|multi|over|under|trans|[cC]om|[cC]on|pro|pre|dis|sub)(?=[bcdfglmnpstv][aeiour])"
)
_PAIR = re.compile(
    r"(?<=[a-z][aeiouy][bcdfglmnprt])(?=[bcdfglmnpstv][aeiouy][a-z])"
    r"|(?<=[a-z][aeiouy]s)(?=t[aeiouy][a-z])"
)
_KEEP = re.compile(r"(?:ch|sh|th|ph|ck|gh|wh|qu)$")


def pieces(word: str) -> list[str]:
    """Cut a word where it may be broken at the end of a line.

    Only words of seven letters and more, small but for the first, are cut; joined,
    the pieces give the word.

    >>> pieces("clusters"), pieces("employment")
    (['clus', 'ters'], ['employ', 'ment'])
    """
    core = word.rstrip(".,;:")
    if len(core) < 7 or not re.fullmatch(r"[A-Z]?[a-z]+", core):
        return [word]
    cuts = {m.end() for rule in (_ENDINGS, _PREFIXES, _PAIR) for m in rule.finditer(core)}
    good = [
        c for c in sorted(cuts) if 1 < c < len(core) - 2 and not _KEEP.search(core[c - 1 : c + 1])
    ]
    edges = [0, *good, len(word)]
    return [word[a:b] for a, b in pairwise(edges)]

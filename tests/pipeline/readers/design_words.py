"""Words and sentences for papers set by a machine."""

from __future__ import annotations

import random

VOCABULARY = [
    "cluster",
    "firms",
    "workers",
    "buyers",
    "wages",
    "export",
    "leather",
    "garment",
    "training",
    "standards",
    "inspection",
    "union",
    "association",
    "policy",
    "region",
    "village",
    "furnace",
    "market",
    "supplier",
    "contract",
    "audit",
    "learning",
    "growth",
    "cooperation",
    "poverty",
    "government",
    "household",
    "technology",
    "network",
    "governance",
    "upgrading",
    "labour",
    "price",
    "season",
    "harvest",
    "workshop",
    "quality",
    "collective",
    "environment",
    "pressure",
    "knowledge",
    "credit",
    "cotton",
    "manufacturers",
    "municipality",
    "competition",
    "responsibility",
    "certification",
    "international",
    "district",
]
SMALL = [
    "the",
    "of",
    "in",
    "and",
    "to",
    "by",
    "for",
    "with",
    "from",
    "under",
    "between",
    "among",
    "near",
    "over",
    "as",
    "while",
    "when",
    "after",
]
BREAKS = {
    "cluster": "clus-ter", "inspection": "inspec-tion", "association": "associa-tion",
    "cooperation": "coopera-tion", "government": "govern-ment", "technology": "technol-ogy",
    "governance": "gover-nance", "collective": "collec-tive", "environment": "environ-ment",
    "knowledge": "knowl-edge", "manufacturers": "manufac-turers", "municipality": "munici-pality",
    "competition": "competi-tion", "responsibility": "responsi-bility", "training": "train-ing",
    "certification": "certifica-tion", "international": "interna-tional", "standards": "stan-dards",
}  # fmt: skip


def sentence(rng: random.Random) -> str:
    """Return a sentence of 8 to 22 words."""
    words = []
    for i in range(rng.randint(8, 22)):
        words.append(rng.choice(SMALL if i % 3 == 2 else VOCABULARY))
    if rng.random() < 0.3:
        words.insert(len(words) // 2, f"(Author {rng.randint(1990, 2020)})")
    if rng.random() < 0.3:
        words.insert(3, f"{rng.randint(2, 99)},{rng.randint(100, 999)}")
    text = " ".join(words)
    return text[0].upper() + text[1:] + "."


def paragraph(rng: random.Random, low: int = 3, high: int = 7) -> str:
    """Return a paragraph of several sentences."""
    return " ".join(sentence(rng) for _ in range(rng.randint(low, high)))

"""Made papers for a warehouse of any size: words, numbers and names drawn by chance, no meaning.

A paper has 100 passages, 500 codes and 200 mentions, so that 10,000 papers make about 1 million
passages, 5 million codes and 2 million mentions. The same number gives the same paper.
"""

# ruff: noqa: E501 - rows of made records read better unbroken
from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice

import numpy as np

from pipeline.codebook import load_codebook
from pipeline.ids import content_id, sha256_text
from pipeline.records import (
    Citation,
    Code,
    Entity,
    Evidence,
    Fact,
    Mention,
    Paper,
    PaperBundle,
    Passage,
    Reading,
    Relation,
    Section,
    Sentence,
    Work,
)

PASSAGES, MENTIONS = 100, 2
ALWAYS = ("governance", "upgrading_path", "outcome", "claim")
SOMETIMES = ("level", "csr_factor", "upgrading_kind", "actor_classes", "enabling_environment")
"""Each passage has a code in every dimension of the first, and in one of the second."""
LABELS = {
    name: tuple(label.name for label in dimension.labels)
    for name, dimension in load_codebook().dimensions.items()
    if name in ALWAYS + SOMETIMES
}
COUNTRIES = ("PK", "IN", "BD", "BR", "KE", "TZ", "ET", "VN", "CN", "ID", "MX", "ZA", "TR", "IT")
SYLLABLES = ("ka", "lo", "mi", "ran", "tes", "vo", "shi", "pur", "del", "gan", "tor", "ne")


class Maker:
    """Makes papers; the same number gives the same paper."""

    def __init__(self, n_papers: int, folder: str = "/papers") -> None:
        self.folder = folder
        chance = random.Random(1)
        self.words = [
            "".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(20_000)
        ]
        weights = np.cumsum(1 / (np.arange(len(self.words)) + 3.0))
        self.weights = weights / weights[-1]
        self.clusters = [
            Entity(f"entity_c{n}", "CLUSTER", f"Place{n} goods{n % 40}",
                   COUNTRIES[n % len(COUNTRIES)], f"goods{n % 40}", "15")
            for n in range(max(50, n_papers // 8))
        ]  # fmt: skip
        self.actors = [
            Entity(f"entity_a{n}", "ACTOR", f"Body {n}", actor_type="government")
            for n in range(400)
        ]
        self.standards = [
            Entity(f"entity_s{n}", "STANDARD", f"Norm {n}", standard_type="private_code")
            for n in range(60)
        ]
        self.works = [
            Work(
                f"work_{n}",
                (f"Author{n % 900}",),
                str(1980 + n % 40),
                f"A work {n}",
                "Journal",
                None,
            )
            for n in range(max(400, n_papers * 4))
        ]

    def paper(self, number: int) -> PaperBundle:
        """Return paper `number` with its rows."""
        chance = random.Random(number)
        lengths = [chance.randint(40, 130) for _ in range(PASSAGES)]
        drawn = np.random.default_rng(number).random(sum(lengths))
        words = iter([self.words[at] for at in np.searchsorted(self.weights, drawn)])
        pieces = [" ".join(islice(words, length)) + "." for length in lengths]
        text = "\n\n".join(pieces)
        sha256 = sha256_text(text)
        paper_id = content_id("paper", sha256)
        year = chance.randint(1995, 2025)
        paper = Paper(
            paper_id, f"Paper {number} on {self.words[number % 20_000]}", (f"Author {number % 900}",),
            year, None, "en", None, (), f"{self.folder}/{number:06d}.txt", sha256, "text/plain", 20,
            len(text.split()), "bench",
        )  # fmt: skip
        sections = tuple(
            Section(f"section_{paper_id}_{n}", paper_id, n, 1, f"Part {n}", "body")
            for n in range(8)
        )
        passages, start = [], 0
        for n, piece in enumerate(pieces):
            passages.append(
                Passage(f"passage_{paper_id[6:]}_{n}", paper_id, sections[n * 8 // PASSAGES].section_id,
                        n, n // 5 + 1, n // 5 + 1, start, start + len(piece), piece)
            )  # fmt: skip
            start += len(piece) + 2
        works = chance.sample(self.works, 30)
        found = _Found()
        home = chance.choice(self.clusters)
        for passage in passages:
            self._evidence(chance, passage, home, works, found, year)
        used = {m.entity_id for m in found.mentions}
        known = [
            one for one in (*self.clusters, *self.actors, *self.standards) if one.entity_id in used
        ]
        return PaperBundle(
            Reading(paper, text, sections, tuple(passages), (), tuple(works), tuple(found.citations)),
            Evidence(tuple(known), tuple(found.mentions), tuple(found.sentences),
                     tuple(found.facts), tuple(found.relations)),
            tuple(found.codes),
            tuple((passage.passage_id, vector(chance)) for passage in passages),
        )  # fmt: skip

    def _evidence(
        self, chance: random.Random, passage: Passage, home: Entity, works: list[Work],
        found: _Found, year: int,
    ) -> None:  # fmt: skip
        pid = passage.passage_id
        for n, kind in enumerate((home, chance.choice(self.actors + self.standards))[:MENTIONS]):
            at = n * 12
            found.mentions.append(
                Mention(f"m{n}_{pid}", pid, kind.kind, kind.entity_id, passage.text[at : at + 8], at,
                        at + 8, "rule", 0.9)
            )  # fmt: skip
        half = len(passage.text) // 2
        work = chance.choice(works)
        for n, (start, end) in enumerate(((0, half), (half, len(passage.text)))):
            cited = chance.random() < 0.4
            found.sentences.append(
                Sentence(f"s{n}_{pid}", pid, start, end, "cited" if cited else "own", "affirmed",
                         (work.work_id,) if cited else ())
            )  # fmt: skip
        if chance.random() < 0.5:
            found.citations.append(
                Citation(f"x_{pid}", pid, work.work_id, passage.text[30:38], 30, 38)
            )
        if chance.random() < 0.2:
            metric, unit = chance.choice((("employment", "persons"), ("firms", "firms")))
            found.facts.append(
                Fact(f"f_{pid}", pid, f"s0_{pid}", home.entity_id, home.country, metric,
                     float(chance.randint(10, 50_000)), None, None, unit, year - 2, None, None, None,
                     passage.text[0:20], 0, 20, "own", None, "affirmed", "bench")
            )  # fmt: skip
            found.relations.append(
                Relation(f"r_{pid}", pid, found.mentions[-1].entity_id, "acts_in", home.entity_id, 0,
                         20, 0.8, "own", None, "affirmed")
            )  # fmt: skip
        for dimension in (*ALWAYS, chance.choice(SOMETIMES)):
            single = dimension in ("outcome", "claim")
            chosen = single or chance.random() < 0.3
            doubt = not single and chance.random() < 0.06
            found.codes.append(
                Code(pid, dimension, chance.choice(LABELS[dimension]), chance.uniform(0.5 if chosen else 0.05, 1),
                     chosen, "unsure" if doubt else "yes" if chosen else "no", f"bench-{dimension}", "1")
            )  # fmt: skip


class _Found:
    def __init__(self) -> None:
        self.mentions: list[Mention] = []
        self.sentences: list[Sentence] = []
        self.citations: list[Citation] = []
        self.facts: list[Fact] = []
        self.relations: list[Relation] = []
        self.codes: list[Code] = []


def vector(chance: random.Random) -> bytes:
    """Return 384 numbers as little-endian float16, as the encoder gives them."""
    return np.frombuffer(chance.randbytes(384), dtype=np.int8).astype("<f2").tobytes()


def n_rows(bundle: PaperBundle) -> int:
    """Return how many rows a paper brings."""
    reading, evidence = bundle.reading, bundle.evidence
    works_of_sentences = sum(len(one.works) for one in evidence.sentences)
    return 4 + works_of_sentences + sum(
        len(part)
        for part in (reading.sections, reading.passages, reading.works, reading.citations,
                     evidence.mentions, evidence.sentences, evidence.facts, evidence.relations,
                     bundle.codes, bundle.vectors)
    )  # fmt: skip


def papers(n: int, folder: str = "/papers", first: int = 0) -> Iterator[PaperBundle]:
    """Yield the made papers of a set of n, from number `first` on."""
    maker = Maker(n, folder)
    for number in range(first, n):
        yield maker.paper(number)

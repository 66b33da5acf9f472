"""How the warehouse bears size: loading, deciding that nothing changed, publishing, growth.

``python -m bench.warehouse [--papers N] [--keep FILE]`` makes N papers (1,000; the full size is
10,000: about 1 million passages, 5 million codes, 2 million mentions), loads them one by one as
`ingest` does, and prints rows a second over the run and in its last tenth, so that growth shows.
"""

# ruff: noqa: E501 - rows of made records read better unbroken
from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import warehouse
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
from warehouse.writer import Writer

PASSAGES, CODES, MENTIONS = 100, 5, 2
LABELS = {
    "governance": ("private_horizontal", "private_vertical", "social_horizontal",
                   "social_vertical", "public_horizontal", "public_vertical"),
    "upgrading_path": ("market", "csr", "multi_stakeholder", "labour", "cluster", "public"),
    "outcome": ("improved", "worsened", "blocked", "mixed", "potential", "none"),
    "level": ("corporate", "cluster", "regional", "national", "global"),
    "claim": ("evidence", "synthesis", "theory", "recommendation", "frame"),
}  # fmt: skip
COUNTRIES = ("PK", "IN", "BD", "BR", "KE", "TZ", "ET", "VN", "CN", "ID", "MX", "ZA", "TR", "IT")
SYLLABLES = ("ka", "lo", "mi", "ran", "tes", "vo", "shi", "pur", "del", "gan", "tor", "ne")


class Maker:
    """Makes papers; the same number gives the same paper."""

    def __init__(self, n_papers: int) -> None:
        chance = random.Random(1)
        self.words = [
            "".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(20_000)
        ]
        self.weights = [1 / (rank + 3) for rank in range(len(self.words))]
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
        pieces = [" ".join(chance.choices(self.words, self.weights, k=chance.randint(40, 130))) + "."
                  for _ in range(PASSAGES)]  # fmt: skip
        text = "\n\n".join(pieces)
        sha256 = sha256_text(text)
        paper_id = content_id("paper", sha256)
        year = chance.randint(1995, 2025)
        paper = Paper(
            paper_id, f"Paper {number} on {self.words[number % 20_000]}", (f"Author {number % 900}",),
            year, None, "en", None, (), f"/papers/{number:06d}.txt", sha256, "text/plain", 20,
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
        for dimension, labels in LABELS.items():
            chosen = chance.random() < 0.3 or dimension in ("outcome", "claim")
            found.codes.append(
                Code(pid, dimension, chance.choice(labels), chance.uniform(0.5 if chosen else 0.05, 1),
                     chosen, "yes" if chosen else "no", f"bench-{dimension}", "1")
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


def papers(n: int) -> Iterator[PaperBundle]:
    """Yield n made papers."""
    maker = Maker(n)
    for number in range(n):
        yield maker.paper(number)


def run(path: Path, n: int) -> dict[str, float]:
    """Load n papers into `path` and measure; seconds, rows a second, megabytes."""
    spent, rows, last_rows, last_spent = 0.0, 0, 0, 0.0
    slowest: list[float] = []
    with Writer(path) as writer:
        writer.sync_codebook(
            [
                ("1", dimension, label, "made")
                for dimension, labels in LABELS.items()
                for label in labels
            ]
        )
        writer.sync_models(
            [{"model_id": f"bench-{d}", "dimension": d, "status": "current"} for d in LABELS]
        )
        for at, made in enumerate(papers(n)):
            started = time.perf_counter()
            writer.load(made, size=1000, mtime_ns=at, recipe="bench")
            took = time.perf_counter() - started
            spent, rows = spent + took, rows + n_rows(made)
            slowest = sorted([*slowest, took])[-3:]
            if at >= n * 0.9:
                last_spent, last_rows = last_spent + took, last_rows + n_rows(made)
        started = time.perf_counter()
        writer.con.execute("CHECKPOINT")
        checkpoint = time.perf_counter() - started
        started = time.perf_counter()
        writer.publish()
        publish = time.perf_counter() - started
    started = time.perf_counter()
    with Writer(path) as writer:
        opened = time.perf_counter() - started
        known = writer.known()
        unchanged = sum(
            known[f"/papers/{at:06d}.txt"].size == 1000
            and known[f"/papers/{at:06d}.txt"].recipe == "bench"
            and known[f"/papers/{at:06d}.txt"].mtime_ns == at
            for at in range(n)
        )
        decided = time.perf_counter() - started
        assert unchanged == n
        started = time.perf_counter()
        writer.publish()
        nothing = time.perf_counter() - started
        started = time.perf_counter()
        writer.load(Maker(n).paper(n + 1), size=1, mtime_ns=1, recipe="bench")
        one_more = time.perf_counter() - started
        started = time.perf_counter()
        writer.publish()
        publish_one = time.perf_counter() - started
    with warehouse.open(path) as reader:
        started = time.perf_counter()
        counted = reader.sql("SELECT count(*), sum(length(text)) FROM passages").rows()[0][0]
        scan = time.perf_counter() - started
    return {
        "papers": n,
        "rows": rows,
        "passages": counted,
        "load_seconds": round(spent, 1),
        "rows_per_second": round(rows / spent),
        "rows_per_second_last_tenth": round(last_rows / last_spent),
        "slowest_paper_seconds": round(slowest[-1], 2),
        "checkpoint_seconds": round(checkpoint, 2),
        "publish_seconds": round(publish, 2),
        "open_writer_seconds": round(opened, 2),
        "decide_unchanged_seconds": round(decided, 2),
        "publish_nothing_seconds": round(nothing, 2),
        "one_more_paper_seconds": round(one_more, 2),
        "publish_one_more_seconds": round(publish_one, 2),
        "scan_passages_seconds": round(scan, 3),
        "file_mb": round(path.stat().st_size / 1e6, 1),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=1_000)
    parser.add_argument("--keep", type=Path, help="leave the warehouse at this path")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "bench.duckdb"
        for name, value in run(path, given.papers).items():
            print(f"{name:<28} {value:>14,}")


if __name__ == "__main__":
    main()

"""A small warehouse made by hand: three papers in which every named query finds something known.

Paper `a` reports on one cluster, `b` reviews it (citing `a` and others), `c` is in another
language and was not coded. Values are chosen so that each rule shows: a work cited twice, a work
that is a paper here, an unsure label, two numbers that contradict, a year said in the text.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from pipeline.ids import content_id, sha256_text
from pipeline.records import (
    Citation,
    Code,
    Entity,
    Evidence,
    Fact,
    Issue,
    Mention,
    Paper,
    PaperBundle,
    Passage,
    Reading,
    Reject,
    Relation,
    Section,
    Sentence,
    Work,
)
from warehouse.writer import Writer

SIALKOT = Entity("entity_sialkot", "CLUSTER", "Sialkot footballs", "PK", "footballs", "32")
AGRA = Entity("entity_agra", "CLUSTER", "Agra footwear", "IN", "footwear", "15")
INDIA = Entity("entity_in", "COUNTRY", "IN", "IN")
CHAMBER = Entity("entity_chamber", "ACTOR", "Sialkot Chamber", actor_type="business_association")
ILO = Entity("entity_ilo", "ACTOR", "ILO", actor_type="international_organisation")
SA8000 = Entity("entity_sa8000", "STANDARD", "SA8000", standard_type="multi_stakeholder_code")
W1 = Work("work_1", ("Nadvi, K.",), "1999", "Shifting ties in a cluster", "World Devel", None)
W2 = Work("work_2", ("Jamali, D.",), "2006", "Counting stitchers again", None, None)
W3 = Work("work_3", ("Khan, A.",), "2010", "Footballs of Sialkot", None, None)
WORKS = {work.work_id: work for work in (W1, W2, W3)}
LABELS = {
    "governance": ("private_horizontal", "private_vertical", "public_horizontal"),
    "upgrading_path": ("cluster", "csr", "public"),
    "outcome": ("improved", "blocked", "mixed", "none"),
    "csr_factor": ("d_business_association", "b_low_capacity"),
}
CARD = {
    "figures": {
        "real": {
            "n": 100,
            "labels": {
                "improved": {"true": 40, "found": 40, "right": 32},
                "mixed": {"true": 10, "found": 20, "right": 1},
            },
        }
    }
}


@dataclass
class Said:
    """One passage: its text, who says it, which names, codes and numbers stand in it."""

    text: str
    claim: str = "own"
    works: tuple[str, ...] = ()
    names: tuple[tuple[str, Entity], ...] = ()
    codes: tuple[tuple[str, str, float, bool, str], ...] = ()
    facts: tuple[tuple[str, float, int, str], ...] = ()
    relations: tuple[tuple[Entity, str, Entity], ...] = ()
    vector: tuple[float, ...] = ()
    bearer: Entity = field(default=SIALKOT)


def yes(dimension: str, label: str, probability: float = 0.9) -> tuple[str, str, float, bool, str]:
    return dimension, label, probability, True, "yes"


PAPERS: dict[str, tuple[str, int, str, tuple[Said, ...]]] = {
    "a": ("Footballs of Sialkot", 2010, "en", (
        Said(
            "In Sialkot the Sialkot Chamber and the ILO met; 4000 stitchers worked there in 2005.",
            names=(("Sialkot", SIALKOT), ("Sialkot Chamber", CHAMBER), ("ILO", ILO)),
            codes=(yes("governance", "private_horizontal"), yes("upgrading_path", "cluster"),
                   yes("outcome", "improved"), yes("csr_factor", "d_business_association")),
            facts=(("employment", 4000.0, 2005, "4000 stitchers"),),
            relations=((CHAMBER, "active_in", SIALKOT),),
            vector=(1, 0, 0, 0),
        ),
        Said(
            "Inspectors in India did little until 1998, as one study found.",
            claim="cited", works=("work_1",), names=(("India", INDIA),),
            codes=(yes("governance", "public_horizontal"),
                   ("upgrading_path", "public", 0.45, False, "unsure"),
                   yes("outcome", "blocked"), yes("csr_factor", "b_low_capacity", 0.7)),
            vector=(1, 0, 0, 0),
        ),
        Said(
            "Others saw the same of Sialkot firms that lent machines to one another.",
            claim="cited", works=("work_1",), names=(("Sialkot", SIALKOT),),
            codes=(yes("governance", "private_horizontal", 0.8), yes("upgrading_path", "cluster"),
                   yes("outcome", "improved", 0.6)),
            vector=(1, 0, 0, 0),
        ),
    )),
    "b": ("Review of ball makers", 2015, "en", (
        Said(
            "A study tells how Sialkot firms pooled their buying.",
            claim="cited", works=("work_1",), names=(("Sialkot", SIALKOT),),
            codes=(yes("governance", "private_horizontal", 0.7), yes("upgrading_path", "cluster"),
                   yes("outcome", "none")),
            vector=(0.8, 0.6, 0, 0),
        ),
        Said(
            "Under SA8000 the Sialkot trade had 6000 stitchers in 2005, another count says.",
            claim="cited", works=("work_2",), names=(("SA8000", SA8000), ("Sialkot", SIALKOT)),
            codes=(yes("governance", "private_vertical"), yes("upgrading_path", "csr"),
                   yes("outcome", "mixed")),
            facts=(("employment", 6000.0, 2005, "6000 stitchers"),),
            relations=((SA8000, "applied_in", SIALKOT),),
            vector=(0.8, 0.6, 0, 0),
        ),
        Said(
            "The first count gave 4000 stitchers in 2005 at Sialkot; Agra was left out.",
            claim="cited", works=("work_3",), names=(("Sialkot", SIALKOT), ("Agra", AGRA)),
            codes=(yes("outcome", "none"),),
            facts=(("employment", 4000.0, 2005, "4000 stitchers"),),
            vector=(0.8, 0.6, 0, 0),
        ),
    )),
    "c": ("Sapatos do vale", 2018, "pt", (Said("O vale dos sapatos tem muitas fábricas."),)),
}  # fmt: skip


def passage_id(paper: str, at: int) -> str:
    """Return the id of a passage, counted from 0."""
    return f"passage_{paper}{at}"


def make_bundle(name: str) -> PaperBundle:
    """Build one of the papers."""
    title, year, language, said = PAPERS[name]
    text = "\n\n".join(one.text for one in said)
    paper_id = f"paper_{name}"
    coded = language == "en"
    section = Section(f"section_{name}", paper_id, 0, 1, "Findings", "body")
    passages, citations, start = [], [], 0
    mentions, sentences, facts, relations, codes, vectors = [], [], [], [], [], []
    entities: dict[str, Entity] = {}
    for at, one in enumerate(said):
        this, end = passage_id(name, at), start + len(one.text)
        passages.append(Passage(this, paper_id, section.section_id, at, 3, 3, start, end, one.text))
        start = end + 2
        if not coded:
            continue
        sentence = Sentence(f"sentence_{name}{at}", this, 0, len(one.text), one.claim,  # type: ignore[arg-type]
                            "affirmed", one.works)  # fmt: skip
        sentences.append(sentence)
        citations += [
            Citation(f"citation_{name}{at}{work}", this, work, one.text[:5], 0, 5)
            for work in one.works
        ]
        for place, (surface, entity) in enumerate(one.names):
            entities[entity.entity_id] = entity
            first = one.text.index(surface)
            mentions.append(Mention(f"mention_{name}{at}{place}", this, entity.kind,
                                    entity.entity_id, surface, first, first + len(surface),
                                    "vocabulary", 0.9, "name"))  # fmt: skip
        for place, (metric, value, when, quote) in enumerate(one.facts):
            first = one.text.index(quote)
            facts.append(Fact(
                f"fact_{name}{at}{place}", this, sentence.sentence_id, one.bearer.entity_id,
                one.bearer.country, metric, value, None, None, "persons", when, None, None, None,
                quote, first, first + len(quote), one.claim,  # type: ignore[arg-type]
                one.works[0] if one.works else None, "affirmed", "number before noun",
            ))  # fmt: skip
        relations += [
            Relation(content_id("relation", this, relation), this, subject.entity_id, relation,
                     other.entity_id, 0, 9, 0.8, one.claim, None, "affirmed")  # type: ignore[arg-type]
            for subject, relation, other in one.relations
        ]  # fmt: skip
        codes += [
            Code(this, dimension, label, probability, selected, decision, f"model_{dimension}", "1")  # type: ignore[arg-type]
            for dimension, label, probability, selected, decision in one.codes
        ]
        if one.vector:
            vectors.append((this, np.array(one.vector, dtype="<f2").tobytes()))
    paper = Paper(
        paper_id, title, (f"Author {name.upper()}",), year, None, language, None, ("clusters",),
        f"{name}.txt", sha256_text(text), "text/plain", None, len(text.split()), "1",
    )  # fmt: skip
    cited = sorted({work for one in said for work in one.works})
    reading = Reading(
        paper, text, (section,), tuple(passages), (),
        tuple(WORKS[work] for work in cited), tuple(citations), (),
        (Issue.of(paper_id, "structure", "no_abstract", "no abstract was found"),)
        if name == "a" else (),
    )  # fmt: skip
    evidence = Evidence(tuple(entities.values()), tuple(mentions), tuple(sentences),
                        tuple(facts), tuple(relations))  # fmt: skip
    return PaperBundle(reading, evidence, tuple(codes), tuple(vectors))


def make_golden(path: Path) -> Path:
    """Write the golden warehouse and publish it."""
    with Writer(path) as writer:
        writer.sync_codebook([
            ("1", dimension, label, f"{label} is meant")
            for dimension, labels in LABELS.items() for label in labels
        ])  # fmt: skip
        writer.sync_models([
            {"model_id": f"model_{dimension}", "dimension": dimension, "status": "in_use",
             "card": json.dumps(CARD if dimension == "outcome" else {})}
            for dimension in LABELS
        ])  # fmt: skip
        for name in PAPERS:
            writer.load(make_bundle(name), size=1, mtime_ns=1, recipe="recipe_1")
        writer.reject(
            Reject("locked.pdf", "0" * 64, "open", "locked", "give its password",
                   datetime(2026, 1, 1, tzinfo=UTC)),
            size=1, mtime_ns=1, recipe="recipe_1",
        )  # fmt: skip
        text = PAPERS["a"][3][0].text
        with writer.transaction():
            writer.con.execute(
                "INSERT INTO annotations VALUES"
                " ('annotation_1', ?, 'passage_a0', 'governance', 'private_horizontal', 'anna',"
                " '1', TIMESTAMP '2026-02-03 04:05:06', 'round', NULL, NULL)",
                [sha256_text(text)],
            )
        writer.publish()
    return path

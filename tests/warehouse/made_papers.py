"""Small made papers for the warehouse's tests."""

from __future__ import annotations

from dataclasses import replace

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
    Table,
    Work,
)

BODY = (
    "The Arusha gemstone cluster employed about 4100 workers in 2017.",
    "Its association set a common price list and shared one polishing hall.",
    "Inspectors never came, and the county council did not enforce the mining code.",
)
CLUSTER = Entity(
    content_id("entity", "CLUSTER", "Arusha gemstone cutting", "TZ"),
    "CLUSTER", "Arusha gemstone cutting", "TZ", "gemstone cutting", "32",
)  # fmt: skip
COUNTRY = Entity(content_id("entity", "COUNTRY", "TZ"), "COUNTRY", "TZ", "TZ")
WORK = Work(content_id("work", "mushi 2015"), ("Mushi, A.",), "2015", "Stones", "Journal", None,
            raw="Mushi, A. 2015. Stones. Journal.", key="1")  # fmt: skip


def bundle(
    source: str = "a.txt",
    *,
    title: str | None = "Gemstones of Arusha",
    authors: tuple[str, ...] = ("Asha Mushi",),
    body: tuple[str, ...] = BODY,
    doi: str | None = None,
    data: str | None = None,
    model: str = "m1",
    probability: float = 0.9,
) -> PaperBundle:
    """Build one paper; `data` stands for its bytes (the text itself, unless given)."""
    text = "\n\n".join((*((title,) if title else ()), *body))
    sha256 = sha256_text(text if data is None else data)
    paper_id = content_id("paper", sha256_text(text))
    paper = Paper(
        paper_id, title, authors, 2018, doi, "en", None, ("gems",), source, sha256, "text/plain",
        None, len(text.split()), "1", (("title", "text:first line"),),
    )  # fmt: skip
    roles = (("front",) if title else ()) + ("body",) * len(body)
    section_of = {role: content_id("section", paper_id, role) for role in roles}
    sections = tuple(
        Section(section_id, paper_id, at, 1, None, role)  # type: ignore[arg-type]
        for at, (role, section_id) in enumerate(section_of.items())
    )
    passages, start = [], 0
    for at, (role, piece) in enumerate(zip(roles, text.split("\n\n"), strict=True)):
        passage_id = content_id("passage", paper_id, at)
        end = start + len(piece)
        passages.append(
            Passage(passage_id, paper_id, section_of[role], at, None, None, start, end, piece)
        )
        start = end + 2
    coded = [passage for passage in passages if passage.section_id == section_of["body"]]
    reading = Reading(
        paper, text, sections, tuple(passages),
        (Table(content_id("table", paper_id), paper_id, "A table", None, (("a", "b"), ("1", "2"))),),  # noqa: E501
        (replace(WORK, paper_id=paper_id),),
        (Citation(content_id("citation", coded[0].passage_id), coded[0].passage_id, WORK.work_id,
                  coded[0].text[:3], 0, 3),),
    )  # fmt: skip
    return PaperBundle(
        reading,
        _evidence(coded),
        tuple(
            Code(passage.passage_id, "governance", "private_horizontal", probability, True,
                 "yes", model, "1")
            for passage in coded
        ),
        tuple((passage.passage_id, b"\0" * 768) for passage in coded),
    )  # fmt: skip


def _evidence(coded: list[Passage]) -> Evidence:
    first = coded[0]
    sentence = Sentence(
        content_id("sentence", first.passage_id, 0), first.passage_id, 0, len(first.text), "cited",
        "affirmed", (WORK.work_id,),
    )  # fmt: skip
    surface = first.text[:10]
    mention = Mention(
        content_id("mention", first.passage_id, 0), first.passage_id, "CLUSTER",
        CLUSTER.entity_id, surface, 0, 10, "rule", 0.9, "name",
    )  # fmt: skip
    fact = Fact(
        content_id("fact", first.passage_id, 0), first.passage_id, sentence.sentence_id,
        CLUSTER.entity_id, "TZ", "employment", 4100.0, None, None, "persons", 2017, None, None,
        "about", first.text[4:20], 4, 20, "cited", WORK.work_id, "affirmed", "number before noun",
    )  # fmt: skip
    relation = Relation(
        content_id("relation", first.passage_id), first.passage_id, CLUSTER.entity_id,
        "located_in", COUNTRY.entity_id, 0, 10, 0.8, "cited", WORK.work_id, "affirmed",
    )  # fmt: skip
    return Evidence((CLUSTER, COUNTRY), (mention,), (sentence,), (fact,), (relation,))

"""Names introduced once hold in the whole paper: acronyms, and clusters named in a heading."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.extract import Extractor
from pipeline.records import Paper, Passage, Reading, Section


def paper(*parts: tuple[str, str], title: str = "A study") -> Reading:
    """Build a paper of (heading, body) sections."""
    head = Paper(
        "paper_i", title, (), 2010, None, "en", None, (), "i.txt", "0" * 64, "text/plain", None,
        9, "1",
    )  # fmt: skip
    sections, passages, at, whole = [], [], 0, []
    for n, (heading, body) in enumerate(parts):
        text = f"{heading}\n\n{body}" if heading else body
        sections.append(Section(f"s{n}", "paper_i", n, 1, heading or None, "body"))
        passages.append(
            Passage(
                f"p{n}", "paper_i", f"s{n}", n, None, None, at, at + len(text), text,
                heading_end=len(text) - len(body),
            )
        )  # fmt: skip
        at += len(text) + 2
        whole.append(text)
    return Reading(head, "\n\n".join(whole), tuple(sections), tuple(passages))


def told(extractor: Extractor, reading: Reading, kind: str) -> list[tuple[str, str, str]]:
    """Return passage, words and canonical name of the mentions of a kind."""
    (made,) = extractor.extract([reading])
    names = {one.entity_id: one.name for one in made.evidence.entities}
    return [
        (m.passage_id, m.surface, names[m.entity_id])
        for m in made.evidence.mentions
        if m.kind == kind
    ]


FULL = "International Textile Group"
BARE: Sequence[tuple[str, list[tuple[str, str]]]] = [
    ("ITG opened two mills in the valley.", [("p1", "ITG")]),
    ("Two years later ITG's managers left.", [("p1", "ITG")]),
    ("The mills (owned by ITG) closed, and ITG sold them.", [("p1", "ITG"), ("p1", "ITG")]),
]


@pytest.mark.parametrize(("text", "expected"), BARE)
def test_an_acronym_of_one_paragraph_holds_in_another(
    extractor: Extractor, text: str, expected: list[tuple[str, str]]
) -> None:
    reading = paper(("", f"The {FULL} (ITG) bought the old works."), ("", text))
    after = [one for one in told(extractor, reading, "ACTOR") if one[0] == "p1"]
    assert after == [(place, words, FULL) for place, words in expected]


def test_an_acronym_holds_before_it_is_introduced(extractor: Extractor) -> None:
    reading = paper(("", "ITG opened mills."), ("", f"The {FULL} (ITG) bought the old works."))
    assert ("p0", "ITG", FULL) in told(extractor, reading, "ACTOR")


def test_an_acronym_introduced_in_a_heading_holds_in_the_text(extractor: Extractor) -> None:
    reading = paper((f"The {FULL} (ITG)", "In 2003 ITG opened two mills in the valley."))
    assert told(extractor, reading, "ACTOR") == [("p0", "ITG", FULL)]


def test_an_acronym_of_one_paper_means_nothing_in_the_next(extractor: Extractor) -> None:
    first = paper(("", f"The {FULL} (ITG) bought the old works."))
    extractor.extract([first])
    assert told(extractor, paper(("", "In 2003 ITG opened mills.")), "ACTOR") == []


@pytest.mark.parametrize("place", ["heading", "title"])
def test_a_cluster_named_in_full_above_is_meant_by_its_short_name(
    extractor: Extractor, place: str
) -> None:
    name = "The Sialkot surgical instruments cluster"
    body = "Firms are small. The Sialkot cluster trained its workers, and Sialkot grew."
    reading = paper((name if place == "heading" else "", body), title=name)
    found = told(extractor, reading, "CLUSTER")
    assert {name for _, _, name in found} == {"Sialkot surgical instruments"}
    assert ("p0", "Sialkot cluster") in {(p, words) for p, words, _ in found}


def test_a_heading_by_itself_is_no_mention(extractor: Extractor) -> None:
    reading = paper(("The Sialkot surgical instruments cluster", "Firms are small there."))
    assert told(extractor, reading, "CLUSTER") == []

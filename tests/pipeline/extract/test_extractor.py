"""The extractor as a whole: one judge call, offsets, roles, batching, loose passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from pipeline.codebook import load_codebook
from pipeline.extract import Extractor
from pipeline.protocols import CodeVerdict, PassageInput, PassageVerdict, TaggedSpan
from pipeline.records import Paper, Passage, Reading, Section

KEYS = {"codes", "mentions", "facts", "sentences", "models", "codebook"}


@dataclass
class FakeJudge:
    """Tags the word Quorvex as a firm and says one label of each of two kinds."""

    seen: list[list[str]] = field(default_factory=list)

    @property
    def model_ids(self) -> dict[str, str]:
        return {"governance": "model_g", "tagger": "model_t"}

    def judge(self, passages: Sequence[PassageInput], point: str = "balanced") -> list:
        self.seen.append([one.text for one in passages])
        return [self._one(one) for one in passages]

    def _one(self, one: PassageInput) -> PassageVerdict:
        at = one.text.find("Quorvex")
        spans = (TaggedSpan("ACTOR", at, at + 7, 0.99, "firm"),) if at >= 0 else ()
        codes = tuple(
            CodeVerdict("governance", label, p, p > 0.5, "yes" if p > 0.5 else "no")
            for label, p in (("public_horizontal", 0.9), ("social_vertical", 0.04))
        )
        return PassageVerdict(spans=spans, codes=codes, vector=b"\0\0")


def reading(bodies: Sequence[tuple[str, str]], language: str | None = "en") -> Reading:
    """Build a paper of (role, text) sections, each with the heading ``Part``."""
    paper = Paper(
        "paper_x", "T", (), 2010, None, language, None, (), "x.txt", "0" * 64, "text/plain",
        None, 10, "1",
    )  # fmt: skip
    sections, passages, at, whole = [], [], 0, []
    for number, (role, body) in enumerate(bodies):
        text = f"Part\n\n{body}"
        sections.append(Section(f"s{number}", "paper_x", number, 1, "Part", role))  # type: ignore[arg-type]
        passages.append(
            Passage(
                f"p{number}", "paper_x", f"s{number}", number, None, None, at, at + len(text),
                text, heading_end=6,
            )
        )  # fmt: skip
        at += len(text) + 2
        whole.append(text)
    return Reading(paper, "\n\n".join(whole), tuple(sections), tuple(passages))


def test_judge_is_called_once_without_headings_and_spans_are_shifted_back() -> None:
    judge = FakeJudge()
    extractor = Extractor(load_codebook(), judge)
    one = reading([("body", "Quorvex hired them."), ("references", "Quorvex 2004.")])
    found = extractor.extract([one, replace(one, paper=replace(one.paper, paper_id="paper_y"))])
    assert judge.seen == [["Quorvex hired them.", "Quorvex hired them."]]
    mentions = found[0].evidence.mentions
    assert [(m.passage_id, m.start, m.surface, m.method) for m in mentions] == [
        ("p0", 6, "Quorvex", "tagger")
    ]
    assert found[0].vectors == (("p0", b"\0\0"),)


def test_codes_are_kept_when_selected_or_likely() -> None:
    found = Extractor(load_codebook(), FakeJudge()).extract([reading([("body", "They met.")])])
    assert [(c.label, c.selected, c.model_id) for c in found[0].codes] == [
        ("public_horizontal", True, "model_g")
    ]


@pytest.mark.parametrize("role", ["front", "references"])
def test_other_roles_are_no_evidence(role: str, extractor: Extractor) -> None:
    found = extractor.extract([reading([(role, "Nike left the Agra footwear cluster.")])])
    assert found[0].evidence.mentions == ()
    assert found[0].evidence.sentences == ()


def test_a_footnote_is_evidence_like_the_text() -> None:
    judge = FakeJudge()
    extractor = Extractor(load_codebook(), judge)
    one = reading([("body", "They met."), ("note", "Quorvex has 40 firms in Kenya.")])
    (found,) = extractor.extract([one])
    assert judge.seen == [["They met.", "Quorvex has 40 firms in Kenya."]]
    assert [s.passage_id for s in found.evidence.sentences] == ["p0", "p1"]
    assert {m.surface for m in found.evidence.mentions} == {"Quorvex", "Kenya"}
    assert {c.passage_id for c in found.codes} == {"p0", "p1"}


def test_a_table_gives_mentions_but_neither_codes_nor_sentences() -> None:
    judge = FakeJudge()
    extractor = Extractor(load_codebook(), judge)
    table = "Cluster | Workers | Buyer\nSialkot football cluster | 9,000 | Nike"
    (found,) = extractor.extract([reading([("body", "They met."), ("table", table)])])
    assert judge.seen == [["They met."]]
    told = [(m.kind, m.surface) for m in found.evidence.mentions]
    assert told == [("CLUSTER", "Sialkot football cluster"), ("ACTOR", "Nike")]
    assert {s.passage_id for s in found.evidence.sentences} == {"p0"}
    assert {c.passage_id for c in found.codes} == {"p0"}


@pytest.mark.parametrize("between", ["note", "table"])
def test_what_stands_between_two_passages_of_a_section_does_not_part_them(
    between: str, extractor: Extractor
) -> None:
    first, second = "Ruiz (2004) visited the Agra footwear cluster.", "It employs 9,000 workers."
    one = reading([("body", first), (between, "See the annex."), ("body", second)])
    passages = (*one.passages[:2], replace(one.passages[2], section_id="s0"))
    (found,) = extractor.extract([replace(one, passages=passages)])
    names = {e.entity_id: e.name for e in found.evidence.entities}
    told = [(f.passage_id, names.get(f.entity_id or ""), f.value) for f in found.evidence.facts]
    assert told == [("p2", "Agra footwear", 9000.0)]


@pytest.mark.parametrize(("language", "count"), [("en", 1), (None, 1), ("pt", 0)])
def test_only_english_papers_are_evidence(
    language: str | None, count: int, extractor: Extractor
) -> None:
    found = extractor.extract([reading([("body", "Nike left.")], language)])
    assert len(found[0].evidence.mentions) == count


def test_result_does_not_depend_on_the_batch(extractor: Extractor) -> None:
    papers = [
        reading([("body", "The Okra Growers Association of Tamale (OGAT) met.")]),
        reading([("body", "OGAT met. The Sialkot football cluster in Pakistan grew.")]),
    ]
    assert extractor.extract(papers) == [extractor.extract([one])[0] for one in papers]


def test_every_mention_and_relation_has_its_entities(extractor: Extractor) -> None:
    text = "Nike buys from the Sialkot football cluster in Pakistan under SA8000."
    evidence = extractor.extract([reading([("body", text)])])[0].evidence
    known = {one.entity_id for one in evidence.entities}
    assert {m.entity_id for m in evidence.mentions} == known
    names = {one.entity_id: one.name for one in evidence.entities}
    told = {(names[r.subject_id], r.relation, names.get(r.object_id, r.object_id))
            for r in evidence.relations}  # fmt: skip
    assert ("Nike", "buys_from", "Sialkot football") in told
    assert ("Sialkot football", "located_in", "PK") in told
    for relation in evidence.relations:
        assert relation.claim_source == evidence.sentences[0].claim_source


def test_loose_passage_has_exactly_the_keys_of_the_contract(extractor: Extractor) -> None:
    text = "The Sialkot football cluster in Pakistan lost orders to Nike under SA8000."
    row = extractor.extract_loose([text], [[]])[0].as_json("balanced")
    assert set(row) == KEYS
    assert [(m["type"], text[m["start"] : m["end"]] == m["text"]) for m in row["mentions"]] == [
        ("CLUSTER", True), ("COUNTRY", True), ("ACTOR", True), ("STANDARD", True),
    ]  # fmt: skip
    assert row["mentions"][0] == {
        "type": "CLUSTER", "start": 4, "end": 28, "text": "Sialkot football cluster",
        "entity": "Sialkot football", "country": "PK", "sector": "sports goods (footballs)",
        "isic": "32",
    }  # fmt: skip
    assert row["codebook"] == "1"


def test_loose_passages_stand_by_themselves(extractor: Extractor) -> None:
    texts = ["The Okra Growers Association of Tamale (OGAT) met.", "OGAT met.", "", " \n"]
    rows = [one.as_json() for one in extractor.extract_loose(texts, [[]] * 4)]
    assert [len(row["mentions"]) for row in rows] == [2, 0, 0, 0]


def test_loose_codes_hold_every_label() -> None:
    extractor = Extractor(load_codebook(), FakeJudge())
    row = extractor.extract_loose(["They met."], [[]])[0].as_json("balanced")
    assert row["codes"] == {
        "governance": [
            {"label": "public_horizontal", "probability": 0.9, "selected": True, "decision": "yes"},
            {"label": "social_vertical", "probability": 0.04, "selected": False, "decision": "no"},
        ]
    }
    assert row["models"] == {"governance": "model_g", "tagger": "model_t"}


def test_loose_result_is_asked_at_its_own_point(extractor: Extractor) -> None:
    result = extractor.extract_loose(["They met."], [[]])[0]
    with pytest.raises(ValueError, match="balanced"):
        result.as_json("precise")


def test_loose_works_are_named_with_and_without_references(extractor: Extractor) -> None:
    text = (
        "Sialkot in Pakistan had 65,000 workers (cf. Nadvi 1999; Khan et al. 2006: 410). "
        "We met them. In Kenya 500 farms exist [12]."
    )
    listed = ["Nadvi, K. (1999): Facing the new competition. Geneva."]
    rows = [one.as_json() for one in extractor.extract_loose([text] * 2, [[], listed])]
    both = ["Nadvi 1999", "Khan et al. 2006"]
    assert [[s["works"] for s in row["sentences"]] for row in rows] == [[both, [], []]] * 2
    assert [{f["value"]: f["cited"] for f in row["facts"]} for row in rows] == [
        {65000: "Nadvi 1999; Khan et al. 2006", 500: None}
    ] * 2

"""Linking: spellings together, industries apart, doubts to the review list, people's decisions."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.errors import IllegalRecord
from pipeline.extract.corrections import Correction
from pipeline.extract.linking import LinkedPaper, Linker
from pipeline.extract.mentions import MentionFinder, Source
from pipeline.vocabulary import load_vocabulary

FINDER = MentionFinder(load_vocabulary())
LINKER = Linker(load_vocabulary(), FINDER.words, FINDER.names)


def link(
    texts: Sequence[str], corrections: Sequence[Correction] = (), title: str = ""
) -> LinkedPaper:
    found = FINDER.find([Source(text) for text in texts])
    rows = [(f"p{i}", t, f) for i, (t, f) in enumerate(zip(texts, found, strict=True))]
    return LINKER.link("paper_1", rows, corrections, title)


def clusters(paper: LinkedPaper) -> dict[str, set[str]]:
    told: dict[str, set[str]] = {}
    for mentions in paper.mentions.values():
        for mention in mentions:
            entity = paper.entities[mention.entity_id]
            if entity.kind == "CLUSTER":
                told.setdefault(f"{entity.name} {entity.country}", set()).add(mention.surface)
    return told


def test_spellings_accents_and_typing_errors_come_together() -> None:
    paper = link(
        ["The Torreon blue jeans cluster. The Torreón jeans cluster. The Turreon jeans cluster."]
    )
    assert clusters(paper) == {
        "Torreon blue jeans MX": {
            "Torreon blue jeans cluster",
            "Torreón jeans cluster",
            "Turreon jeans cluster",
        }
    }


@pytest.mark.parametrize("dash", ["-", " - ", "–", " – ", "‐", "‑"])
def test_any_dash_is_one_name(dash: str) -> None:
    paper = link([f"The Saltillo{dash}Ramos Arizpe automotive cluster grew."])
    assert list(clusters(paper)) == ["Saltillo-Ramos Arizpe automotive MX"]


def test_one_place_with_two_industries_is_two_clusters() -> None:
    paper = link(["The Sialkot football cluster and the Sialkot surgical instruments cluster."])
    assert set(clusters(paper)) == {"Sialkot football PK", "Sialkot surgical instruments PK"}


def test_bare_place_takes_the_one_trade_of_the_paper() -> None:
    paper = link(["The Sialkot football cluster grew.", "Owners in Sialkot sold their mills."])
    assert clusters(paper)["Sialkot football PK"] == {"Sialkot football cluster", "Sialkot"}
    reasons = [m.reason for m in paper.mentions["p1"]]
    assert reasons == ["Sialkot, the one trade the paper names for it; known cluster"]


def test_several_trades_are_a_doubt_not_a_guess() -> None:
    paper = link(
        [
            "The Sialkot football cluster and the Sialkot surgical instruments cluster.",
            "Sialkot lost orders.",
        ]
    )
    assert [(i.stage, i.problem) for i in paper.issues] == [("linking", "ambiguous cluster")]
    assert "several trades" in paper.issues[0].detail
    assert "Sialkot PK" in clusters(paper)


def test_unknown_place_gets_the_country_named_beside_it() -> None:
    paper = link(["They compared the Quorbu leather cluster in Ghana with rivals in Togo."])
    assert list(clusters(paper)) == ["Quorbu leather GH"]
    entity = next(e for e in paper.entities.values() if e.kind == "CLUSTER")
    assert (entity.sector, entity.isic) == ("leather", "15")


def test_country_cluster_is_the_papers_one_such_cluster() -> None:
    paper = link(
        [
            "We look at the Mexican automotive cluster.",
            "The Saltillo-Ramos Arizpe automotive cluster.",
        ]
    )
    assert list(clusters(paper)) == ["Saltillo-Ramos Arizpe automotive MX"]


def test_each_mention_has_its_reason() -> None:
    paper = link(["Nike bought from the Agra footwear cluster in India under SA8000."])
    assert all(m.reason for m in paper.mentions["p0"])
    assert {m.kind for m in paper.mentions["p0"]} == {"ACTOR", "CLUSTER", "COUNTRY", "STANDARD"}


def test_acronym_and_full_name_are_one_actor() -> None:
    paper = link(["The Okra Growers Association of Tamale (OGAT) met.", "OGAT paid."])
    assert [e.name for e in paper.entities.values()] == ["Okra Growers Association of Tamale"]


def test_rename_keeps_attributes_and_moves_all_mentions() -> None:
    decision = Correction("rename", "CLUSTER", "Agra footwear", "Agra shoes")
    paper = link(["The Agra footwear cluster.", "The Agra footwear cluster."], [decision])
    (entity,) = paper.entities.values()
    assert (entity.name, entity.country, entity.isic) == ("Agra shoes", "IN", "15")
    assert [m.reason for m in paper.mentions["p0"]] == ["rename decided by a person"]


def test_merge_moves_mentions_to_the_known_entity() -> None:
    decision = Correction("merge", "CLUSTER", "Sialkot sports goods", "Sialkot football")
    texts = ["The Sialkot football cluster.", "The Sialkot sports goods cluster."]
    assert set(clusters(link(texts))) == {"Sialkot football PK", "Sialkot sports goods PK"}
    assert set(clusters(link(texts, [decision]))) == {"Sialkot football PK"}


def test_split_takes_one_surface_away() -> None:
    decision = Correction(
        "split", "ACTOR", "Nike", "Nike Foundation", surface="NIKE", paper_id="paper_1"
    )
    paper = link(["Nike came. NIKE paid."], [decision])
    names = [paper.entities[m.entity_id].name for m in paper.mentions["p0"]]
    assert names == ["Nike", "Nike Foundation"]


def test_a_decision_on_another_paper_changes_nothing() -> None:
    decision = Correction("rename", "ACTOR", "Nike", "X", paper_id="paper_2")
    assert link(["Nike came."], [decision]) == link(["Nike came."])


def test_impossible_corrections_are_refused_in_words() -> None:
    with pytest.raises(IllegalRecord, match="expected the mentions' words"):
        Correction("split", "ACTOR", "A", "B")
    with pytest.raises(IllegalRecord, match="expected one of merge, split, rename"):
        Correction("drop", "ACTOR", "A", "B")  # type: ignore[arg-type]


def test_a_cluster_named_in_passing_is_not_what_the_paper_is_about() -> None:
    texts = [
        "The Moradabad brassware cluster grew. Owners in Moradabad hired. Moradabad prospered.",
        "Two buyers moved to Ningbo, in China.",
    ]
    assert link(texts).country == "IN"


def test_the_title_tells_the_country() -> None:
    texts = ["British buyers left for China. The Wenzhou footwear cluster in China gained."]
    assert link(texts).country == "CN"
    assert link(texts, title="The memory of buyers in Moradabad, India").country == "IN"
    assert link(texts, title="The brass wards of Moradabad").country == "IN"
    assert link(texts, title="The memory of buyers").country == "CN"


def test_a_country_of_trade_is_not_the_places() -> None:
    paper = link(
        ["The Kovarna glass cluster lies in the Czech Republic.",
         "The Kovarna glass cluster is sold out in June and exports to Japan."]
    )  # fmt: skip
    assert list(clusters(paper)) == ["Kovarna glass CZ"]


def test_a_wire_harness_is_a_car_part_and_no_fastener() -> None:
    paper = link(["The Timișoara wire-harness cluster grew. Screws came to the Kovarna cluster."])
    assert "Timişoara auto parts RO" in clusters(paper)

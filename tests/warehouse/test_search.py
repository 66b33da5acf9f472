"""Search: by words, by meaning, fused; filters; kept up to date; rebuilt when damaged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import UnknownNameError, UsageError
from tests.warehouse.golden import make_bundle, make_golden
from warehouse import search
from warehouse.search import Searcher
from warehouse.search_index import Updated, index_folder
from warehouse.search_vectors import VectorStore, append, kill, unit, write_axes
from warehouse.writer import Writer


class Toy:
    """Knows two meanings: of review, and of anything else."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.array([[0.8, 0.6, 0, 0] if "review" in one else [1, 0, 0, 0] for one in texts])


def ids(searcher: Searcher, words: str, **more: object) -> list[str]:
    return [hit.passage_id for hit in searcher.search(words, **more)]  # type: ignore[arg-type]


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    return make_golden(tmp_path / "w.duckdb")


def test_words_are_found_by_their_stems_and_marked(golden: Path) -> None:
    with Searcher(golden) as searcher:
        hits = searcher.search("inspector", way="words")
    assert [(hit.passage_id, hit.by_words, hit.by_meaning) for hit in hits] == [
        ("passage_a1", 1, None)
    ]
    assert hits[0].snippet[0] == ("Inspectors", True)
    assert "".join(text for text, _ in hits[0].snippet).startswith("Inspectors in India did")


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        ("inspectors in the mills", ["Inspectors"]),
        ('"inspectors in india" of', ["Inspectors", "in", "India"]),
        ("in", ["in"]),
    ],
)
def test_stop_words_are_marked_in_phrases_and_alone_only(
    golden: Path, words: str, marks: list[str]
) -> None:
    with Searcher(golden) as searcher:
        hit = next(
            hit for hit in searcher.search(words, way="words") if hit.passage_id[-2:] == "a1"
        )
    assert [text for text, marked in hit.snippet if marked] == marks


def test_meaning_and_fusion(golden: Path) -> None:
    with Searcher(golden, Toy()) as searcher:
        by_meaning = ids(searcher, "review", way="meaning", limit=3)
        fused = searcher.search("pooled review", limit=6)
    assert sorted(by_meaning) == ["passage_b0", "passage_b1", "passage_b2"]
    assert fused[0].passage_id == "passage_b0"
    assert fused[0].by_words == 1
    assert fused[0].by_meaning is not None


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"country": "IN"}, {"passage_b2"}),
        ({"paper": "Review"}, {"passage_b0", "passage_b1", "passage_b2"}),
        ({"label": "mixed"}, {"passage_b1"}),
        ({"year_to": "2010"}, {"passage_a0", "passage_a2"}),
        ({"entity": "SA8000"}, {"passage_b1"}),
        ({"claim": "own"}, {"passage_a0"}),
        ({"language": "pt"}, set()),
    ],
)
def test_filters(golden: Path, filters: dict[str, str], expected: set[str]) -> None:
    with Searcher(golden) as searcher:
        assert set(ids(searcher, "Sialkot", filters=filters)) == expected


def test_wrong_use_is_said(golden: Path) -> None:
    with Searcher(golden) as searcher:
        with pytest.raises(UnknownNameError, match="country"):
            searcher.search("x", filters={"land": "PK"})
        with pytest.raises(UsageError, match="no encoder"):
            searcher.search("x", way="meaning")
        with pytest.raises(UsageError, match="nothing to look for"):
            searcher.search("  ")
        assert searcher.search('"unclosed AND ((') is not None


def test_the_index_follows_loading(golden: Path) -> None:
    assert search.update(golden) == Updated(3, 0, True)
    assert search.update(golden) == Updated(0, 0, False)
    bundle = make_bundle("b")
    paper = replace(bundle.reading.paper, paper_id="paper_d", source="d.txt", title="Another",
                    sha256="1" * 64, authors=())  # fmt: skip
    text = "Lacquer boxes were painted by monks."
    reading = replace(
        bundle.reading, paper=paper, text=text, works=(), citations=(),
        sections=(replace(bundle.reading.sections[0], paper_id="paper_d", section_id="section_d"),),
        passages=(replace(bundle.reading.passages[0], passage_id="passage_d0", paper_id="paper_d",
                          section_id="section_d", start=0, end=len(text), text=text),),
    )  # fmt: skip
    fresh = replace(bundle, reading=reading, codes=(), vectors=(),
                    evidence=type(bundle.evidence)())  # fmt: skip
    with Writer(golden) as writer:
        writer.load(fresh, size=1, mtime_ns=1, recipe="recipe_1")
        writer.publish()
    assert search.update(golden) == Updated(1, 0, False)
    with Searcher(golden) as searcher:
        assert ids(searcher, "lacquer", way="words") == ["passage_d0"]


def test_a_damaged_or_missing_index_is_made_anew(golden: Path) -> None:
    search.update(golden)
    folder = index_folder(golden)
    for path in (folder / "vectors" / "ids", folder / "words" / "meta.json", folder / "state.json"):
        path.write_bytes(b"x")
        assert search.update(golden) == Updated(3, 0, True)
    with Searcher(golden) as searcher:
        assert ids(searcher, "inspectors", way="words") == ["passage_a1"]


def test_nearest_over_short_vectors_is_the_exact_answer(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    middles = rng.normal(size=(30, 384))
    vectors = unit(
        (middles[rng.integers(0, 30, 25_000)] + 0.3 * rng.normal(size=(25_000, 384))).astype("f4")
    )
    names = [f"p{i}" for i in range(len(vectors))]
    write_axes(tmp_path, vectors[:5000])
    append(tmp_path, names, vectors)
    kill(tmp_path, [7])
    store = VectorStore(tmp_path)
    for at in (7, 100, 20_000):
        exact = vectors @ vectors[at]
        exact[7] = -np.inf
        best = {names[i] for i in np.argsort(-exact)[:10]}
        assert len(best & set(store.nearest(vectors[at], 10))) >= 9
    assert store.nearest(vectors[3], 5, only=["p3", "p9", "absent"]) == ["p3", "p9"]

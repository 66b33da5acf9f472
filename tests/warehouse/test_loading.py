"""Identity: what a source becomes, by the contract."""

from __future__ import annotations

from datetime import UTC, datetime

from made_papers import BODY, bundle
from snapshots import column, one, rows

from pipeline.records import PaperBundle, Reject
from warehouse.verify import checks
from warehouse.writer import LoadResult, Writer

LONG = tuple(
    f"In year {year} the tanners of the river town built workshop number {year * 7} and"
    f" hired {year % 90} hands from the hills, said ledger {year * 13}."
    for year in range(1900, 1960)
)
VOCABULARY = ("codes_known",)
"""Checks that these made papers fail on purpose: their models are in no registry."""


def load(writer: Writer, made: PaperBundle, recipe: str = "r1") -> LoadResult:
    """Load with a size and time that don't matter here."""
    return writer.load(made, size=10, mtime_ns=20, recipe=recipe)


def sources(writer: Writer) -> dict[str, tuple[str | None, str | None]]:
    """Return source to (paper, relation)."""
    return {label: (one.paper_id, one.relation) for label, one in writer.known().items()}


def offenders(writer: Writer) -> dict[str, int]:
    """Run every check on the writer's own connection."""
    found = {}
    for name, sql in checks().items():
        params = {"countries": ["TZ"]} if "$countries" in sql else None
        n = len(writer.con.execute(sql, params).fetchall())
        if n and name not in VOCABULARY:
            found[name] = n
    return found


def test_a_new_paper_is_loaded_with_all_its_rows(writer: Writer) -> None:
    made = bundle("a.txt")
    paper_id = made.reading.paper.paper_id
    assert load(writer, made) == LoadResult(paper_id, "", "loaded")
    counted = {name: len(found) for name, found in rows(writer).items() if found}
    assert counted.pop("main.unit_scales") > 20  # written by its migration, not by loading
    assert counted == {
        f"main.{name}": n
        for name, n in {
            "papers": 1, "paper_texts": 1, "paper_sources": 1, "sections": 2, "passages": 4,
            "passage_vectors": 3, "tables": 1, "works": 1, "paper_works": 1, "citations": 1,
            "entities": 2, "mentions": 1, "sentences": 1, "sentence_works": 1, "facts": 1,
            "relations": 1, "codes": 3, "fingerprints": 1,
        }.items()
    }  # fmt: skip
    assert sources(writer) == {"a.txt": (paper_id, "same_bytes")}
    assert offenders(writer) == {}


def test_loading_twice_is_loading_once(writer: Writer) -> None:
    load(writer, bundle())
    before = rows(writer, times=True)
    assert load(writer, bundle()).action == "unchanged"
    assert rows(writer, times=True) == before


def test_same_bytes_elsewhere_is_one_more_source(writer: Writer) -> None:
    first = load(writer, bundle("a.txt"))
    second = load(writer, bundle("b.txt"))
    assert second == LoadResult(first.paper_id, "same_bytes", "added_source")
    assert sources(writer) == {
        "a.txt": (first.paper_id, "same_bytes"), "b.txt": (first.paper_id, "same_bytes"),
    }  # fmt: skip
    assert one(writer, "SELECT count(*) FROM papers") == 1


def test_same_text_in_other_bytes_is_one_more_source(writer: Writer) -> None:
    first = load(writer, bundle("a.pdf", data="the bytes of a PDF"))
    second = load(writer, bundle("a.docx", data="the bytes of a Word file"))
    assert second == LoadResult(first.paper_id, "same_text", "added_source")


def test_same_title_and_authors_with_nearly_all_the_text_is_the_same_work(writer: Writer) -> None:
    first = load(writer, bundle("a.txt", body=LONG, authors=("Asha Mushi", "Ivo Bello")))
    nearly = (*LONG[:-1], "And one closing line is another here.")
    second = load(writer, bundle("b.txt", body=nearly, authors=("Mushi, A.", "Bello, I.")))
    assert second == LoadResult(first.paper_id, "same_work", "added_source")
    assert one(writer, "SELECT count(*) FROM papers") == 1
    assert column(writer, "SELECT problem FROM issues") == []


def test_less_than_that_stays_two_papers_with_an_issue(writer: Writer) -> None:
    load(writer, bundle("a.txt", body=LONG))
    second = load(writer, bundle("b.txt", body=LONG[:45]))
    assert second.action == "loaded"
    assert one(writer, "SELECT count(*) FROM papers") == 2
    assert column(writer, "SELECT problem FROM issues") == ["same_title_other_text"]


def test_near_duplicates_under_other_titles_stay_with_an_issue(writer: Writer) -> None:
    load(writer, bundle("a.txt", title="Leather of the valley", body=LONG))
    second = load(writer, bundle("b.txt", title="Hides and hands", body=LONG[:50]))
    assert second.action == "loaded"
    assert column(writer, "SELECT problem FROM issues") == ["near_duplicate"]


def test_same_doi_is_the_same_work_even_with_less_of_the_text(writer: Writer) -> None:
    first = load(writer, bundle("a.txt", body=LONG, doi="10.1234/ABC"))
    doi = "https://doi.org/10.1234/abc."
    second = load(writer, bundle("b.txt", title="Preprint", body=LONG[:40], doi=doi))
    assert second == LoadResult(first.paper_id, "same_work", "added_source")


def test_an_erratum_under_the_same_doi_stays_with_an_issue(writer: Writer) -> None:
    load(writer, bundle("a.txt", body=LONG, doi="10.1234/abc"))
    erratum = bundle("b.txt", title="Erratum", body=("In table two a digit is wrong.",) * 2,
                     doi="10.1234/abc")  # fmt: skip
    assert load(writer, erratum).action == "loaded"
    assert column(writer, "SELECT problem FROM issues") == ["same_doi_other_text"]


def test_papers_without_likeness_raise_no_issue(writer: Writer) -> None:
    load(writer, bundle("a.txt", title="One", body=LONG))
    load(writer, bundle("b.txt", title="Two"))
    assert column(writer, "SELECT problem FROM issues") == []


def test_same_path_with_new_bytes_replaces_the_paper_whole(writer: Writer) -> None:
    load(writer, bundle("a.txt"))
    changed = bundle("a.txt", title="Stones", body=("Wholly other words stand here.",))
    assert load(writer, changed) == LoadResult(
        changed.reading.paper.paper_id, "replaced", "replaced"
    )
    with_only = rows(writer)
    assert column(writer, "SELECT paper_id FROM papers") == [changed.reading.paper.paper_id]
    assert {row[0] for row in with_only["main.paper_texts"]} == {changed.reading.paper.paper_id}
    assert len(with_only["main.codes"]) == 1
    assert {row[-1] for row in with_only["main.codes_history"]} == {"replaced"}
    assert offenders(writer) == {}


def test_the_other_copy_of_a_replaced_paper_keeps_it(writer: Writer) -> None:
    old = load(writer, bundle("a.txt"))
    load(writer, bundle("b.txt"))
    new = load(writer, bundle("a.txt", title="Stones", body=("Wholly other words stand here.",)))
    assert sources(writer) == {
        "a.txt": (new.paper_id, "replaced"), "b.txt": (old.paper_id, "same_bytes"),
    }  # fmt: skip
    assert one(writer, "SELECT source FROM papers WHERE paper_id = ?", old.paper_id) == "b.txt"
    assert offenders(writer) == {}


def test_a_new_recipe_makes_the_rows_again_and_says_which_part(writer: Writer) -> None:
    writer.describe_recipe("r1", {"parser": "1", "codebook": "1", "governance": "m1"})
    writer.describe_recipe("r2", {"parser": "1", "codebook": "1", "governance": "m2"})
    first = load(writer, bundle(), "r1")
    load(writer, bundle("copy.txt"), "r1")
    second = load(writer, bundle(model="m2"), "r2")
    assert second == LoadResult(first.paper_id, "", "replaced")
    assert column(writer, "SELECT DISTINCT model_id FROM codes") == ["m2"]
    assert column(writer, "SELECT DISTINCT cause FROM codes_history") == ["model"]
    assert set(sources(writer)) == {"a.txt", "copy.txt"}
    assert offenders(writer) == {}


def test_a_source_is_in_exactly_one_of_sources_and_rejects(writer: Writer) -> None:
    reject = Reject("a.txt", "00", "read", "locked", "give --password", datetime.now(UTC))
    writer.reject(reject, size=1, mtime_ns=2, recipe="r1")
    assert writer.known()["a.txt"].reason == "locked"
    load(writer, bundle("a.txt"))
    assert column(writer, "SELECT source FROM rejects") == []
    writer.reject(reject, size=1, mtime_ns=2, recipe="r1")
    assert column(writer, "SELECT source FROM paper_sources") == []
    assert column(writer, "SELECT source FROM rejects") == ["a.txt"]
    assert column(writer, "SELECT problem FROM issues") == ["source_turned_bad"]
    assert one(writer, "SELECT count(*) FROM papers") == 1
    assert offenders(writer) == {}


def test_a_source_that_is_good_again_finds_its_paper(writer: Writer) -> None:
    first = load(writer, bundle("a.txt"))
    reject = Reject("a.txt", "00", "read", "locked", "", datetime.now(UTC))
    writer.reject(reject, size=1, mtime_ns=2, recipe="r1")
    load(writer, bundle("a.txt"))
    assert one(writer, "SELECT count(*) FROM papers") == 1
    assert sources(writer)["a.txt"][0] == first.paper_id
    assert column(writer, "SELECT problem FROM issues") == []
    assert offenders(writer) == {}


def test_entities_and_works_live_as_long_as_a_paper_speaks_of_them(writer: Writer) -> None:
    load(writer, bundle("a.txt"))
    load(writer, bundle("b.txt", title="Two", body=("Second body of other words.",)))
    assert one(writer, "SELECT count(*) FROM entities") == 2
    assert one(writer, "SELECT count(*) FROM works") == 1
    third = bundle("b.txt", title="Three", body=("Third body.",))
    load(writer, PaperBundle(third.reading, type(third.evidence)()))
    assert one(writer, "SELECT count(*) FROM entities") == 2
    load(writer, PaperBundle(*(getattr(bundle("a.txt", body=BODY[:1]), n) for n in ("reading",)),
                             type(third.evidence)()))  # fmt: skip
    assert one(writer, "SELECT count(*) FROM entities") == 0
    assert one(writer, "SELECT count(*) FROM works") == 1


def test_known_and_paper_of_bytes(writer: Writer) -> None:
    result = load(writer, bundle("a.txt"))
    sha256 = bundle("a.txt").reading.paper.sha256
    assert writer.paper_of_bytes(sha256) == result.paper_id
    assert writer.paper_of_bytes(sha256, "r1") == result.paper_id
    assert writer.paper_of_bytes(sha256, "r2") is None
    known = writer.known()["a.txt"]
    assert (known.size, known.mtime_ns, known.recipe) == (10, 20, "r1")


def test_what_is_known_is_the_same_after_opening_again(writer: Writer) -> None:
    load(writer, bundle("a.txt", body=LONG, doi="10.1234/abc"))
    load(writer, bundle("b.txt"))
    known = writer.known()
    path = writer.path
    writer.__exit__(None, None, None)
    with Writer(path) as again:
        assert again.known() == known
        assert load(again, bundle("c.txt", body=LONG[:40], doi="10.1234/ABC")).relation == (
            "same_work"
        )
    writer.__enter__()

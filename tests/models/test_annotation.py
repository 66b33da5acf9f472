from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.annotated import Annotation, coded_passages
from models.annotation.agreement import disputed, label_agreement, pair_agreement
from models.annotation.formats import FORMATS, export_records, import_records
from models.annotation.records import CoderRecord, check_records
from pipeline.codebook import load_codebook
from pipeline.errors import UnknownNameError, UsageError
from pipeline.ids import sha256_text

DIMENSIONS = {"governance": ("private_horizontal", "public_vertical"), "outcome": ("none", "mixed")}
text = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(
    lambda t: t.strip() == t
)
name = st.text("abcdefg-.@", min_size=1, max_size=8)
labels = st.fixed_dictionaries(
    {},
    optional={
        d: st.lists(st.sampled_from(names), unique=True).map(lambda f: tuple(sorted(f)))
        for d, names in DIMENSIONS.items()
    },
).filter(bool)
records = st.lists(
    st.builds(CoderRecord, text=text, group=name, passage_id=name, coder=name, labels=labels),
    max_size=5,
    unique_by=lambda r: r.text,
)


def _plain(found: list[CoderRecord]) -> list[tuple[object, ...]]:
    return sorted(
        (
            r.text,
            r.group,
            r.passage_id,
            r.coder,
            tuple(sorted((d, tuple(sorted(v))) for d, v in r.labels.items())),
        )
        for r in found
    )


@pytest.mark.parametrize("tool", sorted(FORMATS))
@given(found=records)
def test_there_and_back_loses_nothing(tool: str, found: list[CoderRecord]) -> None:
    back = import_records(export_records(found, tool, DIMENSIONS), tool, DIMENSIONS)
    assert _plain(back) == _plain(found)


@pytest.mark.parametrize("tool", sorted(FORMATS))
def test_two_coders_of_one_passage_stay_two(tool: str) -> None:
    found = [
        CoderRecord("One passage.", "d", "p", "ana", {"governance": ("public_vertical",)}),
        CoderRecord("One passage.", "d", "p", "ben", {"governance": ()}),
    ]
    back = import_records(export_records(found, tool, DIMENSIONS), tool, DIMENSIONS)
    assert _plain(back) == _plain(found)


def test_what_the_codebook_does_not_know_is_refused() -> None:
    codebook = load_codebook()
    record = CoderRecord("A passage.", "d", "p", "ana", {"governance": ("private_sideways",)})
    with pytest.raises(UnknownNameError, match=r"private_sideways.*Known: private_horizontal"):
        check_records([record], codebook)
    record = CoderRecord("A passage.", "d", "p", "ana", {"outcome": ("mixed", "none")})
    with pytest.raises(UsageError, match="outcome has 2 labels"):
        check_records([record], codebook)
    with pytest.raises(UnknownNameError, match=r"No format 'word'. Known: argilla, csv"):
        import_records("", "word", DIMENSIONS)
    with pytest.raises(UsageError, match="not a label-studio export"):
        import_records('{"a": 1}', "label-studio", DIMENSIONS)


def _row(
    passage: str, coder: str, label: str | None, origin: str = "csv", day: int = 1
) -> Annotation:
    at = datetime(2026, 1, day, tzinfo=UTC)
    return Annotation(sha256_text(passage), passage, "doc", "governance", label, coder, at, origin)


ROWS = [
    _row("one", "ana", "public_vertical"),
    _row("one", "ben", "public_vertical"),
    _row("two", "ana", "private_horizontal"),
    _row("two", "ben", None),
    _row("three", "ana", None),
    _row("three", "ben", None),
]


def test_agreement_of_two_coders() -> None:
    names = ("private_horizontal", "public_vertical")
    by_label = {one.label: one for one in label_agreement(ROWS, "governance", names)}
    assert by_label["public_vertical"].alpha == pytest.approx(1.0)
    assert by_label["private_horizontal"].alpha == pytest.approx(0.0, abs=0.01)
    assert by_label["private_horizontal"].n == 3
    (pair,) = pair_agreement(ROWS, "governance", names)
    assert (pair.first, pair.second, pair.n) == ("ana", "ben", 3)
    assert pair.f1 == pytest.approx(2 / 3)
    assert pair.kappa == pytest.approx((5 / 6 - 11 / 18) / (1 - 11 / 18))


def test_disputes_end_with_an_adjudication() -> None:
    assert [sha for sha, _ in disputed(ROWS, "governance")] == [sha256_text("two")]
    settled = [*ROWS, _row("two", "eve", "private_horizontal", "adjudicated", 2)]
    assert disputed(settled, "governance") == []
    by_text = {p.text: p for p in coded_passages(settled)}
    assert by_text["two"].labels == {"governance": ("private_horizontal",)}
    assert by_text["three"].labels == {"governance": ()}


def test_a_disputed_passage_pulls_less() -> None:
    by_text = {p.text: p for p in coded_passages(ROWS)}
    assert by_text["one"].weight == 1.0
    assert by_text["two"].weight == 0.5

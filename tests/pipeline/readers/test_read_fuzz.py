# ruff: noqa: E501 - files and designs as data
"""Mutated files of every format end in a document or a rejection, in bounded time."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.readers import read_bytes
from tests.pipeline.readers.designs import DESIGNS, make
from tests.pipeline.readers.making import STYLES, docx, p

PROSE = "The cluster gives work to many people, and it has grown for years as buyers came. "
SEEDS: dict[str, bytes] = {
    "a.txt": (PROSE * 3 + "\n\n1 INTRODUCTION\n\n" + PROSE + "\n\n¹ A note.\n\f" + PROSE).encode(),
    "a.md": f"---\ntitle: T\n---\n# T\n\n{PROSE}[^1]\n\n| a | b |\n|--|--|\n| 1 | 2 |\n\n[^1]: note\n".encode(),
    "a.html": f"<html><body><main><h1>T</h1><p>{PROSE}</p><table><tr><td>1<td>2</table></main></body></html>".encode(),
    "a.docx": docx(
        p("T", "Title") + p(PROSE) + "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>", styles=STYLES
    ),
    "jats.xml": f"<article><front><article-meta/></front><body><sec><title>A</title><p>{PROSE}</p></sec></body></article>".encode(),
    "tei.xml": f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>{PROSE}</p></body></text></TEI>'.encode(),
    "a.pdf": make(DESIGNS[3], seed=5).data,
}


def outcome(data: bytes, name: str) -> str:
    try:
        return f"{len(read_bytes(data, name).blocks)} blocks"
    except ReadError as error:
        assert len(error.detail) > 10
        return error.reason


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, bytes]:
    name = draw(st.sampled_from(sorted(SEEDS)))
    data = bytearray(SEEDS[name])
    rng = random.Random(draw(st.integers(0, 2**32)))
    kind = draw(st.sampled_from(["flip", "cut", "repeat", "insert", "splice", "zero"]))
    for _ in range(draw(st.integers(1, 12))):
        at = rng.randrange(max(1, len(data)))
        if kind == "flip":
            data[at] = rng.randrange(256)
        elif kind == "cut":
            del data[at : at + rng.randrange(1, 400)]
        elif kind == "repeat":
            data[at:at] = data[at : at + rng.randrange(1, 60)] * rng.randrange(1, 30)
        elif kind == "insert":
            data[at:at] = rng.choice(
                [
                    b"<",
                    b">",
                    b"&x;",
                    b"\xff\xfe",
                    b"\x00" * 9,
                    b"-" * 40,
                    b"[" * 40,
                    b"\n\n",
                    b"*_" * 20,
                    b"<div>" * 30,
                ]
            )
        elif kind == "splice":
            other = SEEDS[rng.choice(sorted(SEEDS))]
            data[at:at] = other[: rng.randrange(1, 300)]
        elif len(data) > at + 20:
            data[at : at + 20] = bytes(20)
        if not data:
            break
    return name, bytes(data)


@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(mutations())
def test_a_mutated_file_ends_in_a_document_or_a_rejection(case: tuple[str, bytes]) -> None:
    name, data = case
    start = time.process_time()
    outcome(data, name)
    assert time.process_time() - start < 20


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=600), st.sampled_from(sorted(SEEDS)))
def test_any_bytes_at_all(data: bytes, name: str) -> None:
    outcome(data, name)


HOSTILE = {
    "spaces": b" " * 300_000 + b"x",
    "dashes": b"-" * 300_000,
    "brackets": b"[" * 100_000,
    "angles": b"<" * 100_000,
    "tags": b"<div>" * 60_000 + b"deep words here",
    "comments": b"<html><!--" + b"-" * 300_000,
    "stars": b"*a" * 100_000,
    "digits": b"1." * 100_000,
    "words": b"word " * 80_000,
    "one word": b"w" * 400_000,
    "names": b"Aa, " * 60_000,
    "pipes": b"| a " * 60_000 + b"\n" + b"|--" * 60_000,
    "quotes": b"> " * 20_000,
    "underscores": b"_" * 200_000 + b"x",
    "carets": b"[^1]" * 50_000,
    "css": b"<html><style>" + b"a{" * 60_000 + b"</style><p>words to read",
    "css comment": b"<html><style>/*" + b"*" * 200_000 + b"</style><p>words to read",
    "entities": b"<html>" + b"&amp" * 60_000,
    "tabs": b"a\tb\n" * 40_000,
    "doctype": b"<!DOCTYPE x " + b"y" * 200_000,
    "meta": b"<meta " + b"x" * 200_000 + b"charset=utf-8>",
    "numbered": b"\n\n".join(b"%d. Title here" % i for i in range(4000)),
    "short lines": b"ab\n\n" * 30_000,
    "notes": "¹ x\n\n".encode() * 20_000,
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_long_hostile_lines_take_bounded_time(name: str, suffix: str) -> None:
    start = time.process_time()
    outcome(HOSTILE[name], "a" + suffix)
    assert time.process_time() - start < 15

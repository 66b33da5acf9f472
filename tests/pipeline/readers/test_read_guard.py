"""The guarded child: whatever a file does, the next one is read."""

from __future__ import annotations

import io
import os
import signal
import threading
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Block, Box, Document, MetaValue, Trouble
from pipeline.errors import PASSING, ReadError
from pipeline.readers import guard_child, wire
from pipeline.readers.guard import GuardedReader, GuardLimits
from tests.pipeline.readers.making import raw_pdf

WORDS = b"A cluster of firms makes shoes and sells them to buyers abroad, and it has grown.\n"


def test_a_document_comes_back_whole() -> None:
    with GuardedReader() as reader:
        document = reader.read(WORDS, "a.txt")
    assert document.media_type == "text/plain"
    assert [b.text for b in document.blocks] == [WORDS.decode().strip()]


def test_a_rejection_comes_back_with_its_parts() -> None:
    with GuardedReader() as reader, pytest.raises(ReadError) as caught:
        reader.read(b"\x89PNG\r\n\x1a\n....", "a.pdf")
    assert (caught.value.reason, caught.value.stage) == ("not_a_document", "detect")


def test_a_file_that_takes_too_long_is_stopped_and_the_next_is_read() -> None:
    slow = b"".join(
        b"%d words to read here and there, said by many.\n\n" % i for i in range(60_000)
    )
    with GuardedReader(GuardLimits(seconds=0.05, bytes_per_second=1 << 30)) as reader:
        with pytest.raises(ReadError) as caught:
            reader.read(slow, "a.txt")
        assert caught.value.reason == "too_slow"
    with GuardedReader() as reader:
        assert reader.read(WORDS, "b.txt").blocks


def test_a_child_that_dies_ends_one_file_only() -> None:
    slow = b"".join(
        b"%d words to read here and there, said by many.\n\n" % i for i in range(60_000)
    )
    with GuardedReader() as reader:
        child = reader._running()
        killer = threading.Timer(0.15, os.kill, (child.pid, signal.SIGSEGV))
        killer.start()
        with pytest.raises(ReadError) as caught:
            reader.read(slow, "a.txt")
        killer.join()
        assert caught.value.reason == "crashed"
        assert "signal 11" in caught.value.detail
        assert reader.read(WORDS, "b.txt").blocks


def _killed_while_reading(times: int) -> str:
    """Read a long file whose process is killed so often; return its first words."""
    slow = b"".join(
        b"%d words to read here and there, said by many.\n\n" % i for i in range(60_000)
    )
    with GuardedReader() as reader:
        seen: set[int] = set()
        ended = threading.Event()

        def kill() -> None:
            while len(seen) < times and not ended.wait(0.05):
                child = reader._child
                if child is not None and child.pid not in seen and reader._served:
                    seen.add(child.pid)
                    time.sleep(0.15)
                    os.kill(child.pid, signal.SIGKILL)

        killer = threading.Thread(target=kill)
        reader.start()
        killer.start()
        try:
            return reader.read(slow, "a.txt").blocks[0].text[:7]
        finally:
            ended.set()
            killer.join()


def test_a_child_that_was_killed_from_outside_reads_again() -> None:
    assert _killed_while_reading(1) == "0 words"


def test_a_child_that_was_killed_twice_says_so_and_the_file_is_not_to_blame() -> None:
    with pytest.raises(ReadError) as caught:
        _killed_while_reading(2)
    assert caught.value.reason == "killed"
    assert caught.value.reason in PASSING


def test_memory_is_limited() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<a>" + b" " * (280 << 20) + b"</a>")
    with GuardedReader(GuardLimits(memory=600 << 20)) as reader:
        with pytest.raises(ReadError) as caught:
            reader.read(bomb.getvalue(), "a.docx")
        assert caught.value.reason in ("too_large", "crashed", "damaged")
        assert reader.read(WORDS, "b.txt").blocks


def test_a_very_large_output_is_refused() -> None:
    with GuardedReader(GuardLimits(output=1000)) as reader, pytest.raises(ReadError) as caught:
        reader.read(WORDS * 100, "a.txt")
    assert caught.value.reason == "too_large"


def test_a_hundred_thousand_pages_and_a_billion_pixels_do_no_harm() -> None:
    words = "Seen words on the page, enough of them to be no scan at all"
    seen = f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET"
    picture = (
        "5=<< /Type /XObject /Subtype /Image /Width 40000 /Height 40000 /BitsPerComponent 8"
        " /ColorSpace /DeviceRGB /Length 3 >>\nstream\nabc\nendstream"
    )
    one = raw_pdf(
        seen + " q 600 0 0 700 0 0 cm /I1 Do Q", resources="/XObject << /I1 5 0 R >>", extra=picture
    )
    many = raw_pdf(seen).replace(b"/Kids [10 0 R]", b"/Kids [" + b"10 0 R " * 100_000 + b"]")
    many = many.replace(b"/Count 1", b"/Count 100000")
    with GuardedReader(GuardLimits(seconds=30)) as reader:
        assert reader.read(one, "a.pdf").blocks[0].text == words
        try:
            document = reader.read(many, "b.pdf")
        except ReadError as error:
            assert error.reason in ("damaged", "too_large", "too_slow")
        else:
            assert document.blocks
        assert reader.read(WORDS, "c.txt").blocks


def test_the_child_starts_fast() -> None:
    best = 9.0
    for _ in range(3):
        with GuardedReader() as reader:
            start = time.perf_counter()
            reader._running()
            best = min(best, time.perf_counter() - start)
    assert best < 3  # 0.1 on a quiet machine; imports of a heavy library would show


@pytest.mark.parametrize(
    "event",
    [
        ("socket.connect", ()),
        ("subprocess.Popen", ()),
        ("os.remove", ()),
        ("open", ("/tmp/x", "w")),
    ],
    ids=lambda event: event[0],
)
def test_the_child_gives_up_what_reading_does_not_need(
    event: tuple[str, tuple[object, ...]],
) -> None:
    with pytest.raises(PermissionError):
        guard_child._refuse(*event)


def test_reading_a_file_stays_allowed(tmp_path: Path) -> None:
    guard_child._refuse("open", (str(tmp_path), "rb"))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.builds(
            Block,
            st.sampled_from(["paragraph", "note", "heading", "table"]),
            st.text(min_size=1).filter(str.strip),
            level=st.integers(0, 6),
            page=st.none() | st.integers(1, 9),
            boxes=st.lists(
                st.builds(Box, st.integers(1, 9), *[st.floats(0, 900)] * 4), max_size=2
            ).map(tuple),
            cells=st.lists(st.lists(st.text(), max_size=2).map(tuple), max_size=2).map(tuple),
            marker=st.none() | st.text(max_size=3),
        ),
        max_size=4,
    )
)
def test_a_document_survives_the_pipe(blocks: list[Block]) -> None:
    document = Document(
        "text/plain", tuple(blocks), n_pages=3, metadata=(MetaValue("title", "T", "x"),),
        troubles=(Trouble("a", "b"),), reader="text", extra={"k": "v"},
    )  # fmt: skip
    assert wire.from_json(wire.to_json(document)) == document

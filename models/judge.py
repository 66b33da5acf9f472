"""All trained models behind one call: one encoder pass per passage, the heads on its scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from models.definitions import with_sentences
from models.encoder import Encoded, Encoder
from models.features import SENTENCE_MAX, PassageFeatures
from models.model import CodingModel
from models.registry import loaded_in_use
from models.scheme import Scheme
from models.tagging import decode_spans, judge_sentences
from models.working_points import select
from pipeline.protocols import CodeVerdict, PassageInput, PassageVerdict, TaggedSpan
from pipeline.records import ENTITY_KINDS


class TrainedJudge:
    """Implements `pipeline.protocols.Judge`.

    Parameters
    ----------
    encoder : Encoder
    models : mapping
        Dimension to its model in use.
    """

    def __init__(self, encoder: Encoder, models: Mapping[str, CodingModel]) -> None:
        self._encoder, self._models = encoder, dict(models)
        self._by_sentence = any(SENTENCE_MAX in m.card.features for m in models.values())

    @property
    def model_ids(self) -> dict[str, str]:
        """Dimension and ``encoder`` to model id."""
        ids = {name: model.model_id for name, model in self._models.items()}
        return {**ids, "encoder": self._encoder.model_id}

    def judge(
        self, passages: Sequence[PassageInput], point: str = "balanced"
    ) -> list[PassageVerdict]:
        """Judge a batch; one verdict per passage, in order."""
        encoded = self._encoder([passage.text for passage in passages])
        spans = [
            decode_spans(passage.text, one, self._encoder.scheme)
            for passage, one in zip(passages, encoded, strict=True)
        ]
        rows = [
            features_of(passage.text, one, tagged, self._encoder.scheme)
            for passage, one, tagged in zip(passages, encoded, spans, strict=True)
        ]
        if self._by_sentence:
            rows = with_sentences(rows, self._features)
        codes = self._codes(rows, point)
        return [
            PassageVerdict(
                spans=tagged,
                sentences=judge_sentences(one, passage.sentences),
                codes=verdicts,
                vector=one.pooled.astype("<f2").tobytes(),
            )
            for passage, one, tagged, verdicts in zip(passages, encoded, spans, codes, strict=True)
        ]

    def _features(self, texts: Sequence[str]) -> list[PassageFeatures]:
        return [
            features_of(text, one, (), self._encoder.scheme)
            for text, one in zip(texts, self._encoder(texts), strict=True)
        ]

    def _codes(self, rows: Sequence[PassageFeatures], point: str) -> list[tuple[CodeVerdict, ...]]:
        verdicts: list[list[CodeVerdict]] = [[] for _ in rows]
        for name, model in self._models.items():
            probability = model.probabilities(rows)
            chosen = select(probability, model.points, point, model.card.single)
            for i, line in enumerate(probability):
                for j, label in enumerate(model.card.labels):
                    p = float(line[j])
                    decision = model.points[j].decision(p)
                    verdicts[i].append(CodeVerdict(name, label, p, bool(chosen[i, j]), decision))
        return [tuple(one) for one in verdicts]


def features_of(
    text: str, encoded: Encoded, spans: Sequence[TaggedSpan], scheme: Scheme
) -> PassageFeatures:
    """Return what the heads' parts are made from, for one passage."""
    kinds = np.zeros(len(ENTITY_KINDS) + len(scheme.subtypes), dtype=np.float32)
    for span in spans:
        kinds[ENTITY_KINDS.index(span.kind)] += 1
        if span.subtype is not None:
            kinds[len(ENTITY_KINDS) + scheme.subtypes.index((span.kind, span.subtype))] += 1
    return PassageFeatures(text, encoded.codes, encoded.pooled, np.log1p(kinds))


def load_judge(models_path: Path | None = None, *, threads: int = 1) -> TrainedJudge:
    """Load the encoder and the models in use (shipped ones where none was trained here).

    Raises
    ------
    ModelError
        An artefact is missing or was changed.
    """
    models = loaded_in_use(models_path or Path(".clusterlore/models"))
    return TrainedJudge(Encoder(threads=threads), models)

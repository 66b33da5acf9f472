"""The shipped encoder: one ONNX pass per passage gives codes, tags, sentences and a vector."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models.artefacts import SHIPPED, open_artefact
from models.scheme import Scheme
from models.tokens import PieceTokenizer, Tokens


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the encoder says of one passage.

    `codes` (labels,) logits in the scheme's order; `pooled` (384,) mean vector; `tags`
    (T, tags + subtypes) and `sentences` (T, classes) token scores; `offsets` (T, 2) characters.
    """

    codes: npt.NDArray[np.float32]
    pooled: npt.NDArray[np.float32]
    tags: npt.NDArray[np.float32]
    sentences: npt.NDArray[np.float32]
    offsets: npt.NDArray[np.int64]


class Encoder:
    """The encoder of an artefact folder (encoder.onnx, tokenizer.json, scheme.json).

    Parameters
    ----------
    folder : Path
        Checked against its manifest before anything is loaded.
    threads : int
        Threads of one pass; one, where several processes share the machine.

    Raises
    ------
    ModelError
        A file that is missing or was changed.
    """

    def __init__(self, folder: Path = SHIPPED / "encoder", threads: int = 1) -> None:
        self._artefact = open_artefact(folder)
        self._threads = threads
        self.model_id = self._artefact.model_id
        scheme = json.loads(self._artefact.read("scheme.json"))
        self.scheme = Scheme(
            tuple((d, label) for d, label in scheme["labels"]),
            tuple((k, t) for k, t in scheme["subtypes"]),
            tuple(scheme["single"]),
        )

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        data = self._artefact.read("encoder.onnx")
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> PieceTokenizer:
        return PieceTokenizer.from_bytes(self._artefact.read("tokenizer.json"))

    def __call__(self, texts: Sequence[str]) -> list[Encoded]:
        """Encode passages, one pass each.

        Dynamic quantisation scales a pass by its largest value: were passages passed in batches,
        a passage's scores would depend on its neighbours. One by one they depend on nothing but
        its text, nothing is spent on padding, and on one thread it is as fast.
        """
        return [self._pass(tokens) for tokens in self._tokenizer(texts)]

    def _pass(self, tokens: Tokens) -> Encoded:
        codes, tags, sentences, pooled = self._session.run(
            ["codes", "tags", "sentences", "pooled"],
            {"ids": tokens.ids[None], "cases": tokens.cases[None]},
        )
        return Encoded(codes[0], pooled[0], tags[0], sentences[0], tokens.offsets)

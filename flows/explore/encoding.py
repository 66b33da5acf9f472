"""The shipped encoder as search needs it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pipeline.errors import ModelError

if TYPE_CHECKING:
    import numpy as np


class QueryEncoder:
    """Loads the encoder when the first query comes.

    Raises
    ------
    ModelError
        There is no encoder here.
    """

    def __init__(self) -> None:
        from models.artefacts import MANIFEST, SHIPPED

        if not (SHIPPED / "encoder" / MANIFEST).exists():
            raise ModelError("no encoder is installed, so nothing can be searched by meaning")

    @cached_property
    def _encoder(self) -> Any:
        from models.encoder import Encoder

        return Encoder()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one vector for each text, (texts, values)."""
        import numpy as np

        return np.stack([np.asarray(one.pooled, np.float32) for one in self._encoder(texts)])


def query_encoder() -> QueryEncoder | None:
    """Return the encoder, or None where there is none."""
    try:
        return QueryEncoder()
    except ModelError:
        return None

"""Encoder features kept between trainings, by encoder and text: each text is encoded once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.encoder import Encoder
from models.features import PassageFeatures
from models.judge import features_of
from models.tagging import decode_spans
from pipeline.ids import sha256_text


class CachedEncoder:
    """Callable that returns features of texts, from the cache where they are in it.

    The cache is one ``.npz`` per encoder, without pickle; a damaged one is made again.
    """

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder, self._path = encoder, folder / f"{encoder.model_id}.npz"
        self._rows: dict[str, tuple[np.ndarray, ...]] | None = None

    def __call__(self, texts: Sequence[str]) -> list[PassageFeatures]:
        """Return one `PassageFeatures` per text."""
        rows = self._load()
        hashes = [sha256_text(text) for text in texts]
        missing = list(dict.fromkeys(h for h in hashes if h not in rows))
        if missing:
            by_hash = dict(zip(hashes, texts, strict=True))
            todo = [by_hash[one] for one in missing]
            for one, text, encoded in zip(missing, todo, self._encoder(todo), strict=True):
                spans = decode_spans(text, encoded, self._encoder.scheme)
                made = features_of(text, encoded, spans, self._encoder.scheme)
                rows[one] = (made.logits, made.pooled, made.kinds)
            self._save(rows)
        return [PassageFeatures(text, *rows[h]) for text, h in zip(texts, hashes, strict=True)]

    def _load(self) -> dict[str, tuple[np.ndarray, ...]]:
        if self._rows is None:
            self._rows = {}
            try:
                with np.load(self._path, allow_pickle=False) as data:
                    parts = [data[name] for name in ("keys", "logits", "pooled", "kinds")]
            except (OSError, ValueError, KeyError):
                return self._rows
            for key, *values in zip(*parts, strict=True):
                self._rows[key.tobytes().hex()] = tuple(values)
        return self._rows

    def _save(self, rows: dict[str, tuple[np.ndarray, ...]]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        keys = np.stack([np.frombuffer(bytes.fromhex(one), dtype=np.uint8) for one in rows])
        columns = [np.stack(column) for column in zip(*rows.values(), strict=True)]
        fresh = self._path.with_suffix(".new.npz")
        np.savez(fresh, keys=keys, logits=columns[0], pooled=columns[1], kinds=columns[2])
        fresh.replace(self._path)

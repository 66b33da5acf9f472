"""A coding model: a fitted head with its thresholds, its card and the figures measured on it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from models.artefacts import Artefact, open_artefact, seal
from models.features import PassageFeatures
from models.heads import Head, HeadCard, head_bytes, head_from_bytes
from models.linear import LinearHead, linear_bytes, linear_from_bytes
from models.measures import Floats
from models.words import WordScores
from models.working_points import LabelPoints

WEIGHTS = "weights.npz"
WORDS = "words.npz"


@dataclass(frozen=True)
class CodingModel:
    """One dimension's model.

    `figures` holds what cross-validation measured (with n and intervals), `training` what it
    learned from; both are printed on the card, none is used to code.
    """

    card: HeadCard
    head: Head | LinearHead
    points: tuple[LabelPoints, ...]
    model_id: str = ""
    encoder_id: str = ""
    codebook_version: str = "1"
    trained_at: str = ""
    training: dict[str, Any] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)

    def probabilities(self, rows: Sequence[PassageFeatures]) -> Floats:
        """Return calibrated probabilities (passages, labels)."""
        return self.head.probabilities(rows)


def save_model(model: CodingModel, parent: Path, name: str | None = None) -> Artefact:
    """Write card.json, head.skops and the manifest under `parent`.

    The folder is the model id, or `name` where given (shipped models).
    """
    scratch = parent / (name or "new")
    scratch.mkdir(parents=True, exist_ok=True)
    files = ["card.json", "head.skops"]
    head = model.head
    if not isinstance(head, Head):
        raise TypeError("only a freshly fitted head can be saved")
    (scratch / "head.skops").write_bytes(head_bytes(head))
    weights = linear_bytes(head)
    if weights is not None:
        (scratch / WEIGHTS).write_bytes(weights)
        files.append(WEIGHTS)
    if head.words is not None:
        (scratch / WORDS).write_bytes(head.words.to_bytes())
        files.append(WORDS)
    facts = {
        "head": model.card.model_dump(),
        "points": [asdict(one) for one in model.points],
        "encoder_id": model.encoder_id,
        "codebook_version": model.codebook_version,
        "trained_at": model.trained_at or datetime.now(UTC).isoformat(timespec="seconds"),
        "training": model.training,
        "figures": model.figures,
    }
    (scratch / "card.json").write_text(
        json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    artefact = seal(scratch, model.card.dimension, files)
    if name is not None:
        return artefact
    final = parent / artefact.model_id
    scratch.rename(final)
    return open_artefact(final)


def load_model(folder: Path, *, whole: bool = False) -> CodingModel:
    """Load a model after checking its files' hashes.

    Parameters
    ----------
    folder : Path
    whole : bool
        Load the fitted estimators, as saving again needs them, instead of their plain weights.

    Raises
    ------
    ModelError
        Files missing or changed, or an artefact that holds foreign types.
    """
    artefact = open_artefact(folder)
    facts = json.loads(artefact.read("card.json"))
    card = HeadCard.model_validate(facts["head"])
    return CodingModel(
        card=card,
        head=_head(card, artefact, whole=whole),
        points=tuple(LabelPoints(**one) for one in facts["points"]),
        model_id=artefact.model_id,
        encoder_id=facts["encoder_id"],
        codebook_version=facts["codebook_version"],
        trained_at=facts["trained_at"],
        training=facts["training"],
        figures=facts["figures"],
    )


def _head(card: HeadCard, artefact: Artefact, *, whole: bool) -> Head | LinearHead:
    """Read plain weights where there are some: scikit-learn is then never imported to code."""
    words = WordScores.from_bytes(artefact.read(WORDS)) if WORDS in artefact.hashes else None
    if WEIGHTS in artefact.hashes and not whole:
        return linear_from_bytes(card, artefact.read(WEIGHTS), words)
    head = head_from_bytes(card, artefact.read("head.skops"))
    head.words = words
    return head

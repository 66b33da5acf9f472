"""Retraining as plain functions: material, candidates, the gate, promotion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from flows.settings import Settings
from models.annotated import Annotation, coded_passages
from models.comparison import Comparison, compare, compare_on_new
from models.encoder import Encoder
from models.feature_cache import CachedEncoder
from models.feature_store import load_store
from models.features import NEEDS_VECTORS
from models.model import CodingModel, load_model
from models.passages import MEASURED_ORIGINS, CodedPassage, load_written, real_texts, resolve_real
from models.registry import folders_in_use, promote, save_candidate
from models.training import Material, gather, train_dimension, training_set
from pipeline.codebook import Codebook, Dimension, load_codebook
from pipeline.errors import ModelError, UnknownNameError

ENOUGH_TO_COMPARE = 30
"""Measured passages below which two models are not compared."""


@dataclass(frozen=True)
class Trained:
    """A trained candidate: its model id, its figures, how it compares, whether it was promoted."""

    dimension: str
    model_id: str
    figures: dict[str, Any]
    comparison: Comparison | None
    promoted: bool
    note: str


def codebook_for(settings: Settings, extra: Path | None = None) -> Codebook:
    """Return the codebook, from `extra` where the user keeps one of their own."""
    return load_codebook(extra) if extra else load_codebook()


def passages_at_hand(
    annotations: Sequence[Annotation], real_folder: Path | None
) -> list[CodedPassage]:
    """Return written passages, real ones whose text is at hand, and annotated ones."""
    passages = load_written()
    if real_folder is not None and real_folder.is_dir():
        passages += resolve_real(real_texts(real_folder))
    known = {passage.sha256 for passage in passages}
    return passages + [one for one in coded_passages(annotations) if one.sha256 not in known]


def material_of(
    passages: Sequence[CodedPassage], settings: Settings, dimensions: Sequence[Dimension] = ()
) -> tuple[Material, Encoder]:
    """Join passages with features; the encoder runs once for each new text, ever."""
    encoder = Encoder(threads=settings.worker_count)
    scored = {name for name, _ in encoder.scheme.labels}
    cached = CachedEncoder(encoder, settings.models_path / "cache")
    store = load_store()
    vectors = any(d.name not in scored or set(d.features) & set(NEEDS_VECTORS) for d in dimensions)
    return gather(passages, store, cached, encoder.model_id, with_vectors=vectors), encoder


def dimensions_to_train(codebook: Codebook, names: Sequence[str]) -> list[Dimension]:
    """Return the dimensions by name, all of them where none is named."""
    for name in names:
        codebook.dimension(name)
    return [d for d in codebook.dimensions.values() if not names or d.name in names]


def train(
    names: Sequence[str],
    settings: Settings,
    annotations: Sequence[Annotation] = (),
    *,
    real_folder: Path | None = None,
    codebook_folder: Path | None = None,
    promote_if_better: bool = True,
) -> list[Trained]:
    """Train candidates; each is promoted only if the gate lets it.

    A dimension with no model in use (a new one) is put in use at once, since there is nothing
    that it could be worse than.

    Raises
    ------
    UnknownNameError
        A dimension that the codebook does not have.
    ModelError
        Too few coded passages in a dimension that was asked for by name.
    """
    codebook = codebook_for(settings, codebook_folder)
    passages = passages_at_hand(annotations, real_folder)
    wanted = dimensions_to_train(codebook, names)
    material, encoder = material_of(passages, settings, wanted)
    in_use = folders_in_use(settings.models_path)
    out = []
    for dimension in wanted:
        try:
            model, _, _ = train_dimension(dimension, material, encoder.scheme)
        except ModelError:
            if names:
                raise
            continue
        artefact = save_candidate(settings.models_path, model)
        comparison = None
        if dimension.name in in_use:
            current = load_model(in_use[dimension.name])
            comparison = _compare(model, current, material, annotations, dimension, encoder)
        promoted, note = _gate(comparison, dimension.name in in_use)
        if promoted and promote_if_better:
            promote(settings.models_path, artefact.model_id, note, by="gate")
        out.append(
            Trained(
                dimension.name,
                artefact.model_id,
                model.figures,
                comparison,
                promoted and promote_if_better,
                note,
            )
        )
    return out


def _gate(comparison: Comparison | None, has_one: bool) -> tuple[bool, str]:
    if comparison is None:
        return not has_one, "first model of its dimension" if not has_one else "nothing to compare"
    gain = comparison.candidate - comparison.in_use
    words = (
        f"{comparison.measure} {gain:+.3f} [{comparison.low:+.3f}, {comparison.high:+.3f}]"
        f" on {comparison.n} passages of {comparison.documents} documents"
    )
    return comparison.better, words


def _compare(
    model: CodingModel,
    current: CodingModel,
    material: Material,
    annotations: Sequence[Annotation],
    dimension: Dimension,
    encoder: Encoder,
) -> Comparison | None:
    """Judge candidate and model in use by the passages both could be trained on, if there are
    enough of them; else by those that came in since.

    The model in use is cross-validated with its own card on what there was when it was trained;
    those that came in since it judges as it is.
    """
    since = current.trained_at
    newer = {row.passage_sha256 for row in annotations if row.at.isoformat() > since}
    old = [i for i, p in enumerate(material.passages) if p.sha256 not in newer]
    before = Material(
        [material.passages[i] for i in old],
        [material.rows[i] for i in old],
        [material.folds[i] for i in old],
        material.encoder_id,
        material.encode,
    )
    try:
        new_data, old_data = training_set(material, dimension), training_set(before, dimension)
    except ModelError:
        return None
    keys = _hashes(material, dimension), _hashes(before, dimension)
    trained_on = set(keys[1])
    judged = [
        p.sha256
        for p in before.passages
        if p.origin in MEASURED_ORIGINS and dimension.name in p.labels and p.sha256 in trained_on
    ]
    own = encoder.scheme.columns(dimension.name)
    if len(judged) < ENOUGH_TO_COMPARE:
        place = {one: i for i, one in enumerate(keys[0])}
        new = [i for i, p in enumerate(material.passages) if p.sha256 in newer & set(place)]
        if len(new) < ENOUGH_TO_COMPARE or model.card.labels != current.card.labels:
            return None
        rows = [place[material.passages[i].sha256] for i in new]
        features = [material.rows[i] for i in new]
        return compare_on_new((model.card, new_data), current, (rows, features), own)
    return compare((model.card, new_data), (current.card, old_data), judged, keys, own)


def _hashes(material: Material, dimension: Dimension) -> list[str]:
    return [
        p.sha256
        for p in material.passages
        if dimension.name in p.labels and (not dimension.single or p.labels[dimension.name])
    ]


def promote_by_word(settings: Settings, model_id: str, reason: str) -> None:
    """Put a model in use by an explicit word; the reason is kept in the history.

    Raises
    ------
    UnknownNameError
        No such model.
    """
    if not reason.strip():
        raise UnknownNameError("reason", reason, ["any words that say why"])
    promote(settings.models_path, model_id, reason, by="person")


def comparison_json(comparison: Comparison | None) -> dict[str, Any] | None:
    """Return a comparison for ``--json``."""
    return None if comparison is None else {**asdict(comparison), "better": comparison.better}

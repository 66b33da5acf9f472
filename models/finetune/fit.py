"""The training loop: bfloat16 passes over float32 master weights, all tasks in one loss."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from models.finetune.batches import NOT_CODED, Batch, Item, batches
from models.finetune.net import MultiTaskNet, Outputs
from models.scheme import TAGS, Scheme
from pipeline.records import CLAIM_SOURCES


@dataclass(frozen=True, slots=True)
class FitSettings:
    """What the loop can be told; defaults were chosen by grouped cross-validation.

    `real_weight` is how much more a real passage counts for the codes; `fresh` is False where
    training goes on from trained weights, whose biases must not be set back.
    """

    epochs: int = 8
    batch: int = 8
    encoder_rate: float = 2e-4
    head_rate: float = 2e-3
    weight_decay: float = 0.02
    warmup: float = 0.1
    tag_weight: float = 1.0
    sentence_weight: float = 0.5
    real_weight: float = 1.0
    fresh: bool = True
    seed: int = 20


def fit(
    net: MultiTaskNet,
    items: Sequence[Item],
    scheme: Scheme,
    settings: FitSettings,
    report: Callable[[str], None],
) -> None:
    """Train `net` in place on `items`.

    On processors with AMX, bfloat16 halves the time; the masters keep small steps from being
    rounded away.
    """
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    if settings.fresh:
        _start_at_base_rates(net, items)
    masters = {n: p.detach().clone().float() for n, p in net.named_parameters() if p.requires_grad}
    net.bfloat16().train()
    live = {name: p for name, p in net.named_parameters() if p.requires_grad}
    optimizer = torch.optim.AdamW(_groups(masters, settings), fused=True)
    steps = settings.epochs * -(-len(items) // settings.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: _triangle(step, steps, settings.warmup)
    )
    for epoch in range(settings.epochs):
        started, total, seen = time.monotonic(), 0.0, 0
        for plain in batches(items, settings.batch, rng):
            batch = _weighed(plain, settings.real_weight)
            loss = _loss(net(batch.ids, batch.mask, batch.cases), batch, scheme, settings)
            loss.backward()
            for name, parameter in live.items():
                if parameter.grad is not None:
                    masters[name].grad = parameter.grad.float()
                    parameter.grad = None
            nn.utils.clip_grad_norm_(masters.values(), 1.0)
            optimizer.step()
            schedule.step()
            with torch.no_grad():
                for name, parameter in live.items():
                    parameter.copy_(masters[name])
            total, seen = total + loss.item() * len(batch.items), seen + len(batch.items)
        report(f"epoch {epoch + 1}: loss {total / seen:.4f}, {time.monotonic() - started:.0f} s")
    net.float().eval()
    with torch.no_grad():
        for name, parameter in net.named_parameters():
            if name in masters:
                parameter.copy_(masters[name])


def _weighed(batch: Batch, real_weight: float) -> Batch:
    """Let real passages count more: they are what the model will meet."""
    if real_weight == 1.0:
        return batch
    factors = [1.0 if i.passage.origin == "written" else real_weight for i in batch.items]
    return replace(batch, weights=batch.weights * torch.tensor(factors))


def _start_at_base_rates(net: MultiTaskNet, items: Sequence[Item]) -> None:
    """Set each label's bias to its share, so that rare labels need not first be unlearned."""
    codes = np.stack([item.codes for item in items])
    coded = codes != NOT_CODED
    share = (np.where(coded, codes, 0).sum(0) + 1) / (coded.sum(0) + 2)
    with torch.no_grad():
        net.codes.whole.bias.copy_(torch.from_numpy(np.log(share / (1 - share))))


def _triangle(step: int, steps: int, warmup: float) -> float:
    rise = max(1, int(steps * warmup))
    return min((step + 1) / rise, max(0.02, (steps - step) / max(1, steps - rise)))


def _groups(masters: dict[str, torch.Tensor], settings: FitSettings) -> list[dict[str, object]]:
    """Heads learn fast, upper layers faster than lower ones (layer-wise decay of 0.9)."""
    groups = []
    for name, tensor in masters.items():
        tensor.requires_grad_(True)
        rate = settings.head_rate
        if name.startswith("encoder."):
            layer = name.split("layer.")[1].split(".")[0] if "layer." in name else "-1"
            rate = settings.encoder_rate * 0.9 ** (5 - int(layer))
        if "token_type" in name:
            rate = settings.head_rate
        decay = settings.weight_decay if tensor.ndim > 1 else 0.0
        groups.append({"params": [tensor], "lr": rate, "weight_decay": decay})
    return groups


def _loss(outputs: Outputs, batch: Batch, scheme: Scheme, settings: FitSettings) -> torch.Tensor:
    loss = _code_loss(outputs.codes.float(), batch, scheme)
    tags = outputs.tags.float()
    n_tags = len(TAGS)
    if bool((batch.tags != NOT_CODED).any()):
        tag_loss = functional.cross_entropy(
            tags[..., :n_tags].flatten(0, 1), batch.tags.flatten(), ignore_index=NOT_CODED
        )
        loss = loss + settings.tag_weight * 4.0 * tag_loss
    if bool((batch.subtypes != NOT_CODED).any()):
        loss = loss + 0.3 * functional.cross_entropy(
            tags[..., n_tags:].flatten(0, 1), batch.subtypes.flatten(), ignore_index=NOT_CODED
        )
    rows, sources, assertions = [], [], []
    for i, item in enumerate(batch.items):
        for first, past, source, assertion in item.sentences:
            rows.append(outputs.sentences[i, first:past].float().mean(0))
            sources.append(source)
            assertions.append(assertion)
    if rows:
        scores, n = torch.stack(rows), len(CLAIM_SOURCES)
        loss = loss + settings.sentence_weight * (
            functional.cross_entropy(scores[:, :n], torch.tensor(sources))
            + functional.cross_entropy(scores[:, n:], torch.tensor(assertions))
        )
    return loss


def _code_loss(logits: torch.Tensor, batch: Batch, scheme: Scheme) -> torch.Tensor:
    """Binary cross-entropy per label, softmax cross-entropy in the one-label dimensions."""
    weights = batch.weights
    several = [i for i, (name, _) in enumerate(scheme.labels) if name not in scheme.single]
    targets = batch.codes[:, several]
    coded = (targets != NOT_CODED).float() * weights[:, None]
    each = functional.binary_cross_entropy_with_logits(
        logits[:, several], targets.clamp(min=0), reduction="none"
    )
    loss = (each * coded).sum() / coded.sum().clamp(min=1) * 10.0
    for name in scheme.single:
        columns = scheme.columns(name)
        answers = batch.codes[:, columns]
        use = (answers[:, 0] != NOT_CODED) & (answers.max(1).values > 0)
        if bool(use.any()):
            one = functional.cross_entropy(
                logits[use][:, columns], answers[use].argmax(1), reduction="none"
            )
            loss = loss + 0.5 * (one * weights[use]).sum() / weights[use].sum()
    return loss


@torch.no_grad()
def predict(net: MultiTaskNet, items: Sequence[Item], size: int = 32) -> dict[str, dict[str, Any]]:
    """Return per passage id: code logits, pooled vector, tag scores and sentence scores.

    Arrays are float32: ``codes`` (labels,), ``pooled`` (384,), ``tags`` (T, tags + subtypes),
    ``sentences`` (T, classes).
    """
    net.eval()
    out: dict[str, dict[str, Any]] = {}
    for batch in batches(items, size):
        scores = net(batch.ids, batch.mask, batch.cases)
        for i, item in enumerate(batch.items):
            length = len(item.tokens.ids)
            out[item.passage.passage_id] = {
                "codes": scores.codes[i].float().numpy(),
                "pooled": scores.pooled[i].float().numpy(),
                "tags": scores.tags[i, :length].float().numpy(),
                "sentences": scores.sentences[i, :length].float().numpy(),
            }
    return out

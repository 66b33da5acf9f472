"""``python -m models.finetune``: fine-tune by grouped folds, then on all, and write both.

Needs the extra ``train`` and the published MiniLM files in ``--base``. Real passages join where
``--annotations`` is at hand. Documents keep the fold that ``models/corpus/folds.json`` gives them,
so that ``--start`` can go on from an earlier run's weights when the corpus has grown: a fold goes
on from the weights that had not seen it, the final network from the final one, or from the average
of the folds' where there was none.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from models.definitions import described
from models.finetune.batches import Item, make_items
from models.finetune.export import compare, export
from models.finetune.fit import FitSettings, fit, predict
from models.finetune.net import MultiTaskNet, load_encoder
from models.finetune.stack import build_stack, read_fold, write_tags
from models.finetune.weights import average, read_folds, write_folds
from models.passages import CORPUS_FOLDER, CodedPassage, load_written, real_texts, resolve_real
from models.scheme import SENTENCE_CLASSES, TAGS, Scheme
from models.splits import kept_folds
from models.tokens import PieceTokenizer
from pipeline.codebook import Codebook, load_codebook


def say(line: str) -> None:
    """Report progress on stderr."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def build(
    base: Path,
    codebook: Codebook,
    tokenizer: PieceTokenizer,
    scheme: Scheme,
    dropout: float = 0.0,
) -> MultiTaskNet:
    """Return an untrained network whose label queries are the definitions' vectors."""
    encoder = load_encoder(str(base), dropout).eval()
    texts = []
    for name, label in scheme.labels:
        dimension = codebook.dimensions[name]
        one = next(one for one in dimension.labels if one.name == label)
        texts.append(described(dimension, one))
    rows = []
    with torch.no_grad():
        for tokens in tokenizer(texts):
            ids = torch.from_numpy(tokens.ids)[None]
            hidden = encoder(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state
            rows.append(hidden[0].mean(0))
    n_tags = len(TAGS) + len(scheme.subtypes)
    return MultiTaskNet(encoder, torch.stack(rows), n_tags, len(SENTENCE_CLASSES))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the folds asked for and, with ``--final``, the model on all passages."""
    parser = argparse.ArgumentParser(prog="python -m models.finetune", description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder of the published MiniLM")
    parser.add_argument("--annotations", type=Path, help="folder of the real coded passages")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--only", type=int, nargs="*", help="run these folds alone")
    parser.add_argument("--final", action="store_true", help="train on all and save the weights")
    parser.add_argument("--ship", type=Path, help="export net.pt and the folds' scores to here")
    parser.add_argument("--epochs", type=int, default=FitSettings().epochs)
    parser.add_argument("--start", type=Path, nargs="*", default=[], help="go on from these runs")
    parser.add_argument("--real-weight", type=float, default=FitSettings().real_weight)
    parser.add_argument("--seed", type=int, default=FitSettings().seed)
    parser.add_argument("--rate", type=float, default=FitSettings().encoder_rate)
    parser.add_argument("--dropout", type=float, default=0.0, help="between the encoder's layers")
    parser.add_argument("--batch", type=int, default=FitSettings().batch)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--without-written", action="store_true")
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    codebook = load_codebook()
    scheme = Scheme.of(codebook)
    tokenizer = PieceTokenizer.from_file(options.base / "tokenizer.json")
    passages: list[CodedPassage] = [] if options.without_written else load_written()
    if options.annotations:
        passages += resolve_real(real_texts(options.annotations))
    items = make_items(passages, tokenizer, scheme)
    groups = [passage.group for passage in passages]
    kept = read_folds()
    folds = kept_folds(groups, [p.origin for p in passages], options.folds, kept)
    write_folds(kept | dict(zip(groups, folds, strict=True)))
    settings = FitSettings(
        epochs=options.epochs,
        encoder_rate=options.rate,
        head_rate=10 * options.rate,
        batch=options.batch,
        real_weight=options.real_weight,
        fresh=not options.start,
        seed=options.seed,
    )
    for fold in range(options.folds) if options.only is None else options.only:
        train = [item for item, f in zip(items, folds, strict=True) if f != fold]
        held = [item for item, f in zip(items, folds, strict=True) if f == fold]
        say(f"fold {fold}: {len(train)} passages to train on, {len(held)} held out")
        net = build(options.base, codebook, tokenizer, scheme, options.dropout)
        if options.start:
            net.load_state_dict(average([run / f"fold_{fold}.pt" for run in options.start]))
        fit(net, train, scheme, settings, say)
        _save(options.out / f"fold_{fold}.npz", predict(net, held))
        torch.save(net.state_dict(), options.out / f"fold_{fold}.pt")
    if options.final:
        net = build(options.base, codebook, tokenizer, scheme, options.dropout)
        if options.start:
            net.load_state_dict(average(_final_starts(options.start, options.folds)))
        fit(net, items, scheme, settings, say)
        torch.save(net.state_dict(), options.out / "net.pt")
    if options.ship:
        _ship(options.out, options.base, options.ship, items, folds, scheme)
    return 0


def _final_starts(runs: Sequence[Path], folds: int) -> list[Path]:
    """Return the final weights of earlier runs; of a run that has none, all its folds'."""
    return [
        path
        for run in runs
        for path in (
            [run / "net.pt"]
            if (run / "net.pt").is_file()
            else [run / f"fold_{k}.pt" for k in range(folds)]
        )
    ]


def _ship(
    out: Path, base: Path, shipped: Path, items: list[Item], folds: list[int], scheme: Scheme
) -> None:
    """Export the final weights, check them against the reference, and stack the folds' scores."""
    net = build(base, load_codebook(), PieceTokenizer.from_file(base / "tokenizer.json"), scheme)
    net.load_state_dict(torch.load(out / "net.pt", weights_only=True))
    licence = (Path(__file__).parent / "MINILM_LICENSE").read_text(encoding="utf-8")
    artefact = export(net, scheme, base / "tokenizer.json", licence, shipped / "encoder")
    say(f"{artefact.model_id}: {compare(net, items[::40], shipped / 'encoder')}")
    scores = [read_fold(out / f"fold_{fold}.npz") for fold in sorted(set(folds))]
    build_stack(items, folds, scores, scheme, shipped / "stack", artefact.model_id)
    write_tags(items, folds, scores, scheme, CORPUS_FOLDER / "held_out_tags.jsonl")


def _save(path: Path, scores: dict[str, dict[str, Any]]) -> None:
    arrays: dict[str, Any] = {
        f"{key}|{part}": value for key, row in scores.items() for part, value in row.items()
    }
    np.savez_compressed(path, **arrays)


if __name__ == "__main__":
    sys.exit(main())

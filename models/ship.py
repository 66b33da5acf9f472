"""``python -m models.ship``: train every dimension's head for the shipped set, and write its page.

Run after `models.finetune --ship`, whose held-out scores the heads learn from. Real passages join
where ``--annotations`` is at hand. The pages go to docs/models.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from models.artefacts import SHIPPED
from models.card_pages import write_page
from models.encoder import Encoder
from models.feature_cache import CachedEncoder
from models.feature_store import load_store
from models.model import CodingModel, load_model, save_model
from models.passages import load_written, real_texts, resolve_real
from models.training import gather, train_dimension
from pipeline.codebook import load_codebook


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, save and describe the heads; print one line each and the time it took."""
    parser = argparse.ArgumentParser(prog="python -m models.ship", description=__doc__)
    parser.add_argument("--annotations", type=Path, help="folder of the real coded passages")
    parser.add_argument("--heads", type=Path, default=SHIPPED / "heads")
    parser.add_argument("--pages", type=Path, default=Path("docs/models"))
    parser.add_argument("--cache", type=Path, default=Path(".clusterlore/models/cache"))
    options = parser.parse_args(arguments)
    encoder = Encoder(threads=2)
    passages = load_written()
    if options.annotations:
        passages += resolve_real(real_texts(options.annotations))
    encode = CachedEncoder(encoder, options.cache)
    started = time.monotonic()
    material = gather(passages, load_store(), encode, encoder.model_id)
    for dimension in load_codebook().dimensions.values():
        model, _, _ = train_dimension(dimension, material, encoder.scheme)
        save_model(model, options.heads, dimension.name)
        write_page(load_model(options.heads / dimension.name), dimension, options.pages)
        sys.stdout.write(_line(model) + "\n")
        sys.stdout.flush()
    took = time.monotonic() - started
    sys.stdout.write(f"{len(material.passages):,} passages, {took:.0f} s\n")
    return 0


def _line(model: CodingModel) -> str:
    origin = "real" if "real" in model.figures else "written"
    found = model.figures[origin]
    low, high = found["interval"]
    beside = found.get("baselines", {})
    parts = [
        f"{model.card.dimension:22}",
        f"{origin} n={found['n']}",
        f"{found['measure']} {found['value']:.3f} [{low:.3f}, {high:.3f}]",
        f"macro-F1 {found['macro_f1']:.3f}",
        f"ECE {found['calibration_error']:.3f}",
        *(f"{name} {one['value']:.3f}" for name, one in beside.items()),
        f"{'+'.join(model.card.features)} prior={model.card.prior} c={model.card.c}",
    ]
    if "precise" in found:
        precise = found["precise"]
        parts.insert(5, f"precise {precise['precision']:.2f} at {precise['recall']:.2f}")
    return " · ".join(parts)


if __name__ == "__main__":
    sys.exit(main())

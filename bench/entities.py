"""Measure mentions and clusters, and the speed of the rules: ``python bench/entities.py``.

``--real FOLDER`` names the coded real passages, ``--tags FILE`` the spans of a tagger that never
saw the passages' documents (JSON lines: id, spans). ``--fast`` leaves the stock pipeline out.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--real", type=Path, default=ROOT.parent / "shared" / "annotations")
    parser.add_argument("--written", action="store_true", help="measure on written passages")
    parser.add_argument("--tags", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()

    from flows.evaluation.entities import run
    from flows.settings import Settings

    real = options.real if options.real.is_dir() and not options.written else None
    results = run(Settings(), real, options.tags)
    results["speed"] = speed(real)
    if options.json:
        print(json.dumps(results, indent=1))
        return
    for table in results["tables"].values():
        for row in table["rows"]:
            print("  ".join(str(cell).ljust(12) for cell in row))
    for group, found in results["papers"].items():
        one = found["exact"]
        print(
            group[:40].ljust(42),
            "  ".join(f"{k} {v['f1']:.2f} ({v['gold']})" for k, v in one.items()),
        )
    for number, found in results.get("cluster_tables", {}).items():
        print("clusters of", number, json.dumps(found, ensure_ascii=False))
    print("speed", results["speed"])
    print(*results["notes"], sep="\n")


def speed(real: Path | None) -> dict[str, Any]:
    """Words a second of the whole step with no trained models, and the time to load."""
    from flows.evaluation.entities import measured_passages

    started = time.perf_counter()
    from pipeline.codebook import load_codebook
    from pipeline.extract import Extractor
    from pipeline.protocols import NoJudge

    extractor = Extractor(load_codebook(), NoJudge())
    load = time.perf_counter() - started
    texts = [p.text for p in measured_passages(real)]
    started = time.perf_counter()
    extractor.extract_loose(texts, [[]] * len(texts))
    words = sum(len(text.split()) for text in texts)
    return {
        "load_seconds": round(load, 2),
        "words_a_second": round(words / (time.perf_counter() - started)),
    }


if __name__ == "__main__":
    main()

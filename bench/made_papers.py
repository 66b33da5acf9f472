"""Papers for benchmarks, made from the passages that were written for this project."""

from __future__ import annotations

import json
import random
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEADINGS = ("Introduction", "The setting", "Methods", "Findings", "Discussion", "Conclusion")


def passages() -> list[str]:
    """Return the written passages."""
    found = []
    for path in sorted((ROOT / "models" / "corpus").glob("written_*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            found.append(json.loads(line)["text"])
    return found


def write_papers(folder: Path, n_papers: int, words: int, seed: int = 1) -> int:
    """Write text papers of about `words` words each; return the words in all."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(seed)
    known = passages()
    total = 0
    for i in range(n_papers):
        parts = [f"Notes on clusters of small firms, number {i + 1}", "A. Writer and B. Author"]
        written = 0
        draw.shuffle(known)
        source = iter(known)
        while written < words:
            if written * len(HEADINGS) // words >= (len(parts) - 2) // 6:
                parts.append(HEADINGS[min(len(HEADINGS) - 1, written * len(HEADINGS) // words)])
            text = next(source)
            parts.append(text)
            written += len(text.split())
        text = "\n\n".join(parts) + "\n"
        (folder / f"paper-{i:05}.txt").write_text(text, encoding="utf-8")
        total += len(text.split())
    return total

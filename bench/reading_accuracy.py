"""How much of a paper's words the readers give in reading order, against files of known text.

Run: ``python -m bench.reading_accuracy``. Words are NFKC, case-folded, de-hyphenated ``\\w+``.
Prints, for each pair, the longest common subsequence as a share of the truth's words and of ours.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

from rapidfuzz.distance import LCSseq

from pipeline.document import Document
from pipeline.readers import read_bytes

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT.parent / "shared" / "samples"
EXAMPLES = ROOT / "examples"
PAIRS = (
    ("t01_twocol_leather_bangladesh.pdf", "truth_t01_a17.txt"),
    ("a17_hyphenated_narrow.txt", "truth_t01_a17.txt"),
    ("d02_ilo_wikipedia.docx", "truth_d02.txt"),
    ("dol_complychain_step5_en.html", "truth_dol_complychain_step5_en.txt"),
)


def words(text: str) -> list[str]:
    """Return the words of a text as the measure counts them."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"(?<=\w)[-\u00ad\u2010\u2011]\s*\n?\s*(?=\w)", "", text)
    return re.findall(r"\w+", text)


def reading_text(document: Document) -> str:
    """Return the text the contract's reading-order query would give."""
    return "\n".join(b.text for b in document.blocks if b.kind not in ("note", "table", "caption"))


def shares(ours: str, truth: str) -> tuple[float, float]:
    """Return the common subsequence as a share of the truth's words and of ours."""
    left, right = words(ours), words(truth)
    common = LCSseq.similarity(left, right)
    return common / max(len(right), 1), common / max(len(left), 1)


def pairs() -> list[tuple[Path, Path]]:
    """Return the pairs of file and truth that are at hand."""
    found = [(SAMPLES / a, SAMPLES / b) for a, b in PAIRS if (SAMPLES / a).exists()]
    for truth in sorted((EXAMPLES / "truth").glob("*.txt")):
        for paper in sorted((EXAMPLES / "papers").glob(f"{truth.stem}.*")):
            found.append((paper, truth))
    return found


def main() -> int:
    """Print the shares; 1 where one falls below 98 %."""
    worst = 1.0
    for paper, truth in pairs():
        document = read_bytes(paper.read_bytes(), paper.name)
        recall, precision = shares(reading_text(document), truth.read_text(encoding="utf-8"))
        worst = min(worst, recall, precision)
        print(f"{paper.name:45} of the truth {recall:7.2%}   of ours {precision:7.2%}")
    return 0 if worst >= 0.98 else 1


if __name__ == "__main__":
    sys.exit(main())

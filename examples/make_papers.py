"""Make `papers/` and `truth/` from `sources/`; the same bytes at each run.

    python examples/make_papers.py [--check]

Needs reportlab and python-docx. `--check` writes nothing and exits 1 if a shipped file
differs from what would be made.
"""

import argparse
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from papermaker import pdf, plain, web, word
from papermaker.source import Paper, read_paper, truth

HERE = Path(__file__).parent
WRITERS: dict[str, Callable[[Paper, dict[str, Any]], bytes]] = {
    "pdf": pdf.write,
    "docx": word.write,
    "html": web.write,
    "txt": plain.write,
}


def make(folder: Path) -> dict[Path, bytes]:
    """Every file that is made, by its path below `folder`, from its `sources/`."""
    editions = tomllib.loads((folder / "sources" / "editions.toml").read_text("utf-8"))
    made: dict[Path, bytes] = {}
    for source in sorted((folder / "sources").glob("*.md")):
        paper, edition = read_paper(source), editions[source.stem]
        kind = edition["format"]
        data = source.read_bytes() if kind == "md" else WRITERS[kind](paper, edition)
        made[Path("papers") / f"{source.stem}.{kind}"] = data
        made[Path("truth") / f"{source.stem}.txt"] = truth(paper).encode("utf-8")
    return made


def main() -> int:
    """Write or check the files; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    check = parser.parse_args().check
    different = 0
    for path, data in make(HERE).items():
        target = HERE / path
        if not target.exists() or target.read_bytes() != data:
            different += 1
            print(f"{'differs' if check else 'written'}: {path}", file=sys.stderr)
            if not check:
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(data)
    return int(check and different > 0)


if __name__ == "__main__":
    sys.exit(main())

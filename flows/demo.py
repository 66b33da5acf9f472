"""``make demo``: the example papers are read, and a few questions are asked of them."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from flows.commands.output import emit_table, say
from flows.ingest import ingest
from flows.progress import shown_progress
from flows.settings import Settings

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "papers"
QUESTIONS: tuple[tuple[str, dict[str, Any], tuple[str, ...]], ...] = (
    ("evidence_map", {}, ()),
    ("who_governs_what", {}, ()),
    (
        "numbers_of_a_cluster",
        {"cluster": "Naivasha", "metric": "employment"},
        ("name", "year", "value", "unit", "qualifier", "claim_source", "n_independent", "quote"),
    ),
    ("contradictions", {}, ()),
    ("standards_and_outcomes", {}, ("standard", "country", "cluster", "outcome", "n_passages")),
)
SHOWN = 12


def main() -> int:
    """Run the demo in a folder of its own; return 0 if every paper was loaded and proved."""
    import warehouse
    from warehouse.verify import verify

    with tempfile.TemporaryDirectory(prefix="clusterlore-demo-") as folder:
        settings = Settings(home=Path(os.environ.get("CLUSTERLORE_DEMO_HOME", folder)))
        say(f"1. Reading the example papers (made up, like all that is in them): {EXAMPLES.name}/")
        with shown_progress("reading") as progress:
            report = ingest([EXAMPLES], settings, progress=progress)
        emit_table(["sources", "n"], sorted(report.actions.items()))
        say("\n2. Asking questions; 'clusterlore sql --list' shows all there are")
        with warehouse.open(settings.warehouse_path) as reader:
            for name, parameters, wanted in QUESTIONS:
                result = reader.named(name, parameters)
                keep = [i for i, c in enumerate(result.columns) if not wanted or c in wanted]
                columns = [result.columns[i] for i in keep]
                rows = [[row[i] for i in keep] for row in result.rows()]
                asked = "".join(f" --param {key}={value}" for key, value in parameters.items())
                emit_table(columns, rows[:SHOWN], title=f"\n$ clusterlore sql {name}{asked}")
                if len(rows) > SHOWN:
                    say(f"   … and {len(rows) - SHOWN} rows more")
            say("\n3. Proving every row against the text it came from: 'clusterlore verify'")
            checks = list(verify(reader))
        offences = sum(check.offenders for check in checks)
        emit_table(["checks", "offences"], [(len(checks), offences)])
    loaded = report.actions["loaded"] + report.actions["unchanged"]
    return 0 if loaded == report.n_sources and offences == 0 else 1


if __name__ == "__main__":
    sys.exit(main())

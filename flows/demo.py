"""``make demo``: the example papers are read, and a few questions are asked of them."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from flows.commands.output import emit_table, say
from flows.ingest import ingest
from flows.progress import shown_progress
from flows.settings import Settings

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "papers"
QUESTIONS = (
    ("evidence_map", {}, 14),
    ("cluster_profile", {}, 10),
    ("numbers_of_a_cluster", {"cluster": "Naivasha"}, 10),
    ("contradictions", {}, 8),
    ("standards_and_outcomes", {}, 8),
)


def main() -> int:
    """Run the demo in a folder of its own; return 0 if every paper was loaded and proved."""
    import warehouse
    from flows.verifying import verify_warehouse

    with tempfile.TemporaryDirectory(prefix="clusterlore-demo-") as folder:
        home = Path(os.environ.get("CLUSTERLORE_DEMO_HOME", folder))
        settings = Settings(home=home)
        say(f"1. Reading the example papers (made up, like all that is in them) from {EXAMPLES}")
        with shown_progress("reading") as progress:
            report = ingest([EXAMPLES], settings, progress=progress)
        emit_table(["sources", "n"], sorted(report.actions.items()))
        say("2. Asking questions: 'clusterlore sql --list' shows all there are")
        with warehouse.open(settings.warehouse_path) as reader:
            for name, parameters, limit in QUESTIONS:
                result = reader.named(name, parameters)
                rows = list(result.rows())
                emit_table(result.columns, rows[:limit], title=f"clusterlore sql {name}")
                if len(rows) > limit:
                    say(f"   … and {len(rows) - limit} rows more")
        say("3. Proving every row against the text it came from: 'clusterlore verify'")
        offences = verify_warehouse(settings)
        emit_table(["check", "offences"], offences)
    loaded = report.actions["loaded"] + report.actions["unchanged"]
    return 0 if loaded == report.n_sources and not any(n for _, n in offences) else 1


if __name__ == "__main__":
    sys.exit(main())

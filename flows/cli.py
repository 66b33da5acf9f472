"""The command line: ``clusterlore``. Commands import what they need when they run.

Worker processes import this module anew (it is their main module, too), so it holds nothing that
takes time: the application is made when it is called.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from functools import cache
from types import FrameType
from typing import TYPE_CHECKING

from pipeline.errors import ClusterloreError

if TYPE_CHECKING:
    import typer

COLLECT_AFTER = 20_000
"""New objects after which Python's collector looks for circles: imports make many that stay."""


@cache
def application(command: str = "") -> typer.Typer:
    """Return the application with all its commands (with `command` among them, at least)."""
    import typer

    from flows.commands import register

    app = typer.Typer(
        name="clusterlore",
        help="Reads research on industrial clusters and value chains into facts you can query.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    register(app, command)
    return app


class Terminated(KeyboardInterrupt):
    """SIGTERM: Ctrl-C by another name, so that what runs ends by the same ways."""


def main() -> None:
    """Run the command line: 0 done, 1 the work failed, 2 wrong use, 130 Ctrl-C, 143 SIGTERM.

    Errors a user can cause are one line on stderr; a traceback is for bugs.
    """
    gc.set_threshold(COLLECT_AFTER)
    signal.signal(signal.SIGTERM, _terminate)
    try:
        application(sys.argv[1] if len(sys.argv) > 1 else "")()
    except ClusterloreError as error:
        sys.stderr.write(f"clusterlore: {error}\n")
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output (`| head`) went away; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (KeyboardInterrupt, SystemExit) as ended:
        how = _interrupt_behind(ended)
        if how is None:
            raise
        sys.stderr.write("clusterlore: stopped; run it again to go on\n")
        sys.exit(143 if isinstance(how, Terminated) else 130)


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise Terminated


def _interrupt_behind(ended: BaseException | None) -> KeyboardInterrupt | None:
    """Return the interrupt that made the command line end: typer turns it into an exit."""
    while ended is not None and not isinstance(ended, KeyboardInterrupt):
        ended = ended.__cause__ or ended.__context__
    return ended


if __name__ == "__main__":
    main()

"""The one door: parses, wires store, time, activity and screen, prints.

Data goes to standard output, talk to standard error. Exit status: 0 done, 1 it went wrong (one sentence, and what to
do; never a traceback), 2 wrong usage, 128 + n ended by signal n, a reader that went away (SIGPIPE) included. What a
command does not need is not imported: the version is said before anything is, `--help` and `export` know no screen.
"""

import gc
import os
import sys

from huddle_tui import __version__


def entry() -> None:
    """What the `huddle` command runs."""
    gc.disable()  # nothing that a start makes is garbage: a screen collects again once it stands, a command ends soon
    sys.exit(main(sys.argv[1:]))


def main(arguments: list[str]) -> int:
    """Runs one command; gives back the exit status."""
    if arguments == ["--version"] and _said_version():
        return 0
    from huddle_tui.cli.running import run

    return run(arguments)


def _said_version() -> bool:
    """Says the version; whether it could be said at all is for the long way to explain, so nothing of it may wait."""
    try:
        os.write(sys.stdout.fileno(), f"huddle {__version__}{os.linesep}".encode())
    except (AttributeError, OSError):  # standard output is closed, full or gone
        return False
    return True

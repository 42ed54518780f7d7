"""How long until `huddle` shows something, and what the commands without a screen weigh.

The yardstick is a Textual app with a single line in it, started in the same way in the same kind of terminal.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import common

ROUNDS = 15
BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("the first frame")
Bare().run()
"""


def first_frame(command: Sequence[str], folder: Path, *marks: bytes) -> float:
    """Seconds from the start of the program until it has drawn these."""
    terminal = common.Pty([sys.executable, *command], common.environment(folder))
    try:
        return terminal.until(*marks)
    finally:
        terminal.kill()


def command(arguments: Sequence[str], folder: Path) -> float:
    """Seconds of a command without a screen."""
    run = partial(
        subprocess.run, [sys.executable, *arguments],
        env=common.environment(folder), stdout=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    return common.seconds(run)


def loaded(arguments: Sequence[str], folder: Path) -> set[str]:
    """The packages that a command imports which are not Python's own."""
    code = f"""
import sys, io, contextlib
sys.argv = ["huddle", *{list(arguments)!r}]
from huddle_tui import cli
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    cli.entry()
print(*{{name.partition(".")[0] for name in sys.modules}} - set(sys.stdlib_module_names), len(sys.modules))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], env=common.environment(folder), capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def main() -> None:
    """Prints first frames and the weight of plain commands."""
    common.heading("Start")
    huddle = ["-m", "huddle_tui", "--lang", "en"]
    empty, year, decade = (common.book(huddles) for huddles in common.HISTORIES)
    frames = common.alternate(
        ROUNDS,
        bare=lambda: first_frame(["-c", BARE], empty, b"the first frame"),
        empty=lambda: first_frame(huddle, empty, b"Help"),
        year=lambda: first_frame(huddle, year, b"Help"),
        decade=lambda: first_frame(huddle, decade, b"Help"),
        whole=lambda: first_frame(huddle, decade, b"Run huddle", b"Last huddle"),
        round=lambda: first_frame([*huddle, "run"], decade, b"Enter starts"),
    )
    bare = common.ms(frames["bare"])
    against = partial(common.Line, yardstick="bare Textual app", standard=bare)
    common.report(
        against("first frame, no history", common.ms(frames["empty"])),
        against("first frame, a year of history", common.ms(frames["year"])),
        against("first frame, ten years of history", common.ms(frames["decade"]), target=1.3),
        against("home with everything on it, ten years", common.ms(frames["whole"])),
        against("`huddle run`: the opening, ten years", common.ms(frames["round"])),
    )
    plain = common.alternate(
        ROUNDS,
        python=lambda: command(["-c", "pass"], empty),
        version=lambda: command(["-m", "huddle_tui", "--version"], decade),
        coach=lambda: command(["-m", "huddle_tui", "coach"], decade),
        export=lambda: command(["-m", "huddle_tui", "export", "--from", "2026-11-01", "--format", "json"], decade),
    )
    against = partial(common.Line, yardstick="python -c pass", standard=common.ms(plain["python"]))
    common.report(
        against("huddle --version", common.ms(plain["version"])),
        against("huddle coach", common.ms(plain["coach"])),
        against("huddle export --from (one month of ten years)", common.ms(plain["export"])),
    )
    for arguments in (["--version"], ["keys"], ["export", "team"], ["export", "--format", "json"]):
        print(f"  {' '.join(arguments)} loads {', '.join(sorted(loaded(arguments, year)))}")


if __name__ == "__main__":
    main()

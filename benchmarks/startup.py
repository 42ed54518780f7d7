"""How long until `huddle` shows something, and what the commands without a screen take.

Yardsticks: a Textual app with a single line in it, started in the same way in the same kind of terminal; Python itself.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.books import scratch
from benchmarks.figures import Plan, Row, alternate, ms, seconds
from benchmarks.terminals import BARE, Pty, app, environment, huddle

TITLE: Final = "Start"
MOST: Final = {"first frame": 1.25, "`huddle run`: the opening": 1.45, "`huddle --version`": 2.0}
"""Times the yardstick that it may take."""


def drawn(open: Callable[[], Pty], mark: bytes) -> float:
    """Seconds from the start of the program until it has drawn these bytes."""
    with open() as terminal:
        return terminal.until(mark)


def command(arguments: Sequence[str], folder: Path) -> float:
    """Seconds of a command without a screen."""
    run = partial(
        subprocess.run, [sys.executable, *arguments],
        env=environment(folder), stdout=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    return seconds(run)


def measure(plan: Plan) -> list[Row]:
    """First frames and plain commands."""
    with scratch(plan) as folders:  # opening a round is a change
        return started(folders, plan.times(15))


def started(folders: Sequence[Path], rounds: int) -> list[Row]:
    """The same, for these books."""
    screens: Mapping[str, tuple[Sequence[str], bytes]] = {
        "first frame": ([], b"Help"),
        "home with everything on it": ([], b"checked in"),
        "`huddle run`: the opening": (["run"], b"Enter starts"),
    }
    plain: Mapping[str, Sequence[str]] = {
        "`huddle --version`": ["--version"],
        "`huddle coach`": ["coach"],
        "`huddle export --from`: a month": ["export", "--from", "2026-11-01", "--format", "json"],
    }
    jobs = {
        f"{what} {n}": partial(drawn, partial(huddle, folder, *arguments), mark)
        for what, (arguments, mark) in screens.items()
        for n, folder in enumerate(folders)
    }
    frames = alternate(rounds, bare=partial(drawn, partial(app, BARE, folders[0]), b"the first frame"), **jobs)
    jobs = {
        f"{what} {n}": partial(command, ["-m", "huddle_tui", *arguments], folder)
        for what, arguments in plain.items()
        for n, folder in enumerate(folders)
    }
    commands = alternate(rounds, python=partial(command, ["-c", "pass"], folders[0]), **jobs)
    bare, python = ms(frames["bare"]), ms(commands["python"])

    def row(what: str, taken: dict[str, list[float]], yardstick: str, standard: float) -> Row:
        figures = [ms(taken[f"{what} {n}"]) for n in range(len(folders))]
        return Row(what, figures, yardstick, standard, ratio=MOST.get(what))

    return [
        *(row(what, frames, "a bare Textual app", bare) for what in screens),
        *(row(what, commands, "`python -c pass`", python) for what in plain),
    ]

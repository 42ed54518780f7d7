"""What the program costs while nobody touches it: processor and memory, at home and while a turn's clock runs.

Read from the kernel's books of the running programs, all of them over the same seconds. Yardsticks: a bare Textual app
that does nothing, and one whose single line shows another second once a second.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.books import book, scratch
from benchmarks.figures import Plan, Row
from benchmarks.terminals import BARE, Pty, app, huddle, rest, running_round

TITLE: Final = "Left alone"
SECONDS: Final = 30
TICKING: Final = """
from time import monotonic
from textual.app import App
from textual.widgets import Static
class Ticking(App):
    def compose(self):
        yield Static("the first frame")
    def on_mount(self):
        self.set_interval(1, lambda: self.query_one(Static).update(f"idle {monotonic():.0f}"))
Ticking().run()
"""


def processor(terminals: Sequence[Pty], seconds: float) -> list[float]:
    """The share of a core in per cent that all threads of each program use over the same seconds."""

    def used(terminal: Pty) -> int:
        return sum(int(task.read_text().split()[0]) for task in Path(f"/proc/{terminal.pid}/task").glob("*/schedstat"))

    before, start = [used(terminal) for terminal in terminals], time.perf_counter()
    rest(terminals, seconds)
    passed = (time.perf_counter() - start) * 1e9
    return [(used(t) - b) / passed * 100 for t, b in zip(terminals, before, strict=True)]


def memory(terminal: Pty) -> float:
    """What the program holds in memory, in MB."""
    status = Path(f"/proc/{terminal.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1000


def measure(plan: Plan) -> list[Row]:
    """Processor and memory."""
    empty, histories = book(0), len(plan.histories)
    with scratch(plan) as folders, ExitStack() as running:
        opened: list[Pty] = []
        for open in (
            partial(app, BARE, empty), partial(app, TICKING, empty),
            *(partial(huddle, folder) for folder in folders), *(partial(running_round, folder) for folder in folders),
        ):  # fmt: skip
            opened.append(running.enter_context(open()))
            rest(opened, plan.times(3))
        (bare, ticking, *ours), (bare_mb, _, *ours_mb) = (
            processor(opened, plan.times(SECONDS)),
            [memory(terminal) for terminal in opened],
        )
    home, turn, home_mb, turn_mb = ours[:histories], ours[histories:], ours_mb[:histories], ours_mb[histories:]
    still, second = "a bare Textual app", "one line with a second in it"
    return [
        Row("processor while a turn's clock runs", turn, second, ticking, "%", most=1.5),
        Row("processor at home", home, still, bare, "%"),
        Row("memory in a round", turn_mb, still, bare_mb, "MB", most=60.0),
        Row("memory at home", home_mb, still, bare_mb, "MB"),
    ]

"""What the program costs while nobody touches it: processor and memory while a turn's clock runs, and at home.

Read from the kernel's books of the running program. Yardsticks: a bare Textual app that does nothing, and one whose
single line shows another second once a second.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import common

SECONDS = 20.0
BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("idle")
Bare().run()
"""
TICKING = """
from time import monotonic
from textual.app import App
from textual.widgets import Static
class Ticking(App):
    def compose(self):
        yield Static("idle")
    def on_mount(self):
        self.set_interval(1, lambda: self.query_one(Static).update(f"idle {monotonic():.0f}"))
Ticking().run()
"""


def processor(terminal: common.Pty, seconds: float = SECONDS) -> float:
    """The share of a core in per cent that all threads of the program use while it is left alone."""

    def used() -> int:
        return sum(int(task.read_text().split()[0]) for task in Path(f"/proc/{terminal.pid}/task").glob("*/schedstat"))

    terminal.drain(2.0)
    before, start = used(), time.perf_counter()
    terminal.drain(seconds)
    return (used() - before) / 1e9 / (time.perf_counter() - start) * 100


def memory(terminal: common.Pty) -> float:
    """What the program holds in memory, in MB."""
    status = Path(f"/proc/{terminal.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1000


def main() -> None:
    """Prints processor and memory, from no history to ten years."""
    common.heading("Left alone")
    empty = common.book(0)
    figures: dict[str, tuple[float, float]] = {}
    for name, program, mark in (("bare", BARE, b"idle"), ("ticking", TICKING, b"idle")):
        terminal = common.Pty([sys.executable, "-c", program], common.environment(empty))
        terminal.until(mark)
        figures[name] = processor(terminal), memory(terminal)
        terminal.kill()
    lines = []
    for huddles, age in zip(common.HISTORIES, ("no history", "a year", "ten years"), strict=True):
        with common.scratch(huddles) as folder:
            env = common.environment(folder, HUDDLE_TODAY=common.TODAY.isoformat())
            home = common.Pty([sys.executable, "-m", "huddle_tui", "--lang", "en"], env)
            home.until(b"Run huddle")
            at_home = processor(home), memory(home)
            home.kill()
            round_ = common.Pty([sys.executable, "-m", "huddle_tui", "run", "--lang", "en"], env)
            round_.until(b"Enter starts")
            round_.answer("\r", b"Enter alone")
            running = processor(round_), memory(round_)
            round_.kill()
        goals = (1.5, 60.0) if huddles == common.HISTORIES[-1] else (None, None)
        lines += [
            common.Line(f"processor while a turn's clock runs, {age}", running[0], "%", target=goals[0]),
            common.Line(f"processor at home, {age}", at_home[0], "%"),
            common.Line(f"memory in a round, {age}", running[1], "MB", target=goals[1]),
            common.Line(f"memory in a round, {age}", running[1], "MB", "bare Textual app", figures["bare"][1]),
            common.Line(f"memory at home, {age}", at_home[1], "MB", "bare Textual app", figures["bare"][1]),
        ]
    common.report(
        common.Line("processor of a bare Textual app", figures["bare"][0], "%"),
        common.Line("processor of one line with a second in it", figures["ticking"][0], "%"),
        *lines,
    )


if __name__ == "__main__":
    main()

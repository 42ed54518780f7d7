"""How long from a key in a running round until the terminal has the frame that answers it.

Real bytes through a pseudo terminal, the clocks running. The yardstick is a bare Textual app with one input field and a
line that echoes it, typed into in turns with the rounds: once as it comes, and once drawing as often as we do.
"""

from __future__ import annotations

from contextlib import ExitStack
from random import Random
from typing import Final

from benchmarks.books import scratch
from benchmarks.figures import Plan, Row, ms, slow_ms
from benchmarks.terminals import Pty, app, rest, running_round

TITLE: Final = "Key to screen, in a round"
KEYS: Final = 100
"""Digits typed in each program, each taken back again."""
PERSONS: Final = 8
"""Whose four numbers are said."""
BARE: Final = """
from textual.app import App
from textual.widgets import Input, Static
class Bare(App):
    def compose(self):
        yield Input()
        yield Static("Enter alone")
    def on_input_changed(self, event):
        self.query_one(Static).update(f"→ {event.value}" if event.value else "Enter alone")
Bare().run()
"""


def typed(terminals: list[Pty], keys: int) -> list[list[float]]:
    """Types digits at uneven moments and takes each back; for each terminal the seconds until their echo was drawn."""
    chance = Random(6)
    figures: list[list[float]] = [[] for _ in terminals]
    for _ in range(keys):
        for terminal, taken in zip(terminals, figures, strict=True):
            digit = chance.choice("123456789")
            for key, echo in ((digit, f"→ {digit}"), ("\x7f", "Enter alone")):
                rest(terminals, chance.uniform(0.02, 0.06))
                taken.append(terminal.answer(key, echo.encode()))
    return figures


def said(terminals: list[Pty], persons: int) -> list[list[float]]:
    """Says numbers that keep their promise; seconds from Enter until each shows as said, which is: is on disk."""
    figures: list[list[float]] = [[] for _ in terminals]
    for _ in range(persons):
        for terminal, taken in zip(terminals, figures, strict=True):
            for number in ("8", "2", "95", "12500"):
                terminal.answer(number, f"→ {number[0]}".encode())
                rest(terminals, 0.1)
                taken.append(terminal.answer("\r", "✔".encode()))
                rest(terminals, 0.1)
            terminal.answer("\r", b"Enter alone")
    return figures


def measure(plan: Plan) -> list[Row]:
    """The medians and 95th percentiles."""
    with scratch(plan) as folders, ExitStack() as running:
        rounds = [running.enter_context(running_round(folder)) for folder in folders]
        bare, eager = (running.enter_context(app(BARE, folders[0], TEXTUAL_FPS=fps)) for fps in ("60", "400"))
        for terminal in (bare, eager):
            terminal.until(b"Enter alone")
        *keys, yardstick, eagerly = typed([*rounds, bare, eager], plan.times(KEYS, 2))
        enters = said(rounds, plan.times(PERSONS))
    against, same = "a bare Textual app", "the same at our 400 frames a second"
    return [
        Row("a key, median", [*map(ms, keys)], against, ms(yardstick)),
        Row("a key, median", [*map(ms, keys)], same, ms(eagerly)),
        Row("a key, 95th percentile", [*map(slow_ms, keys)], against, slow_ms(yardstick), most=20.0),
        Row("a key, 95th percentile", [*map(slow_ms, keys)], same, slow_ms(eagerly)),
        Row("Enter to said and on disk, median", [*map(ms, enters)], "a key", [*map(ms, keys)], ratio=1.5),
        Row("Enter to said and on disk, 95th percentile", [*map(slow_ms, enters)]),
    ]

"""How long from a key in a running round until the terminal has the frame that answers it.

Real bytes through a pseudo terminal, ten years of history behind the round, the clocks running. The yardstick is a bare
Textual app with one input field and a line that echoes it.
"""

from __future__ import annotations

import random
import sys

import common

KEYS = 150
"""Digits typed, each taken back again."""
BARE = """
from textual.app import App
from textual.widgets import Input, Static
class Bare(App):
    def compose(self):
        yield Input()
        yield Static("nothing typed")
    def on_input_changed(self, event):
        self.query_one(Static).update(f"→ {event.value}" if event.value else "nothing typed")
Bare().run()
"""


def typed(terminal: common.Pty, empty: bytes) -> list[float]:
    """Types digits at uneven moments and takes each back; seconds per key until its echo was drawn."""
    chance, figures = random.Random(6), []
    for _ in range(KEYS):
        digit = chance.choice("123456789")
        for key, echo in ((digit, f"→ {digit}".encode()), ("\x7f", empty)):
            terminal.drain(chance.uniform(0.02, 0.06))
            figures.append(terminal.answer(key, echo))
    return figures


def said(terminal: common.Pty, persons: int) -> list[float]:
    """Says numbers that keep their promise; seconds from Enter until each shows as said, which is: is on disk."""
    figures = []
    for _ in range(persons):
        for number in ("8", "2", "95", "12500"):
            terminal.answer(number, f"→ {number[0]}".encode())
            terminal.drain(0.1)
            figures.append(terminal.answer("\r", "✔".encode()))
            terminal.drain(0.1)
        terminal.answer("\r", b"Enter alone")
    return figures


def main() -> None:
    """Prints the medians and 95th percentiles."""
    common.heading("Key to screen, in a round")
    with common.scratch(common.HISTORIES[-1]) as folder:
        env = common.environment(folder, HUDDLE_TODAY=common.TODAY.isoformat())
        bare = common.Pty([sys.executable, "-c", BARE], env)
        bare.until(b"nothing typed")
        round_ = common.Pty([sys.executable, "-m", "huddle_tui", "run", "--lang", "en"], env)
        round_.until(b"Enter starts")
        round_.answer("\r", b"Enter alone")
        yardstick, figures = typed(bare, b"nothing typed"), typed(round_, b"Enter alone")
        enters = said(round_, 8)
        bare.kill()
        round_.kill()
    for name, share, target in (("median", 0.5, None), ("95th percentile", 0.95, 20.0)):
        standard = common.percentile(yardstick, share) * 1000
        common.report(
            common.Line(f"a key, {name}", common.percentile(figures, share) * 1000, target=target),
            common.Line(f"a key, {name}", common.percentile(figures, share) * 1000, "ms", "bare Textual app", standard),
            common.Line(f"Enter to said and on disk, {name}", common.percentile(enters, share) * 1000),
        )


if __name__ == "__main__":
    main()

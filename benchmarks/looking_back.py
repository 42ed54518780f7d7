"""How long until the past is on the screen, finds and scrolls, and what it weighs: `python benchmarks/looking_back.py`.

The program runs headless at 110×34 in a process of its own for every figure, on books with a year and with ten years
(2,500 huddles, 100,000 readings). The yardstick is an empty screen of the same program in the same process.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import common

ROUNDS = 5
SIZE = (110, 34)
TYPED = "leverancier"


def run(what: str, huddles: int) -> dict[str, Any]:
    """The figures of one run of the program, measured in its own process."""
    done = subprocess.run(
        [sys.executable, __file__, what, str(common.book(huddles))], capture_output=True, text=True, check=True,
        env=common.environment(common.book(huddles)),
    )  # fmt: skip
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


async def measure(what: str, folder: Path) -> dict[str, Any]:
    """Opens the program and one screen of it."""
    from textual.app import ComposeResult
    from textual.widgets import Input

    from huddle_tui import i18n
    from huddle_tui.activities.timepiece import SystemTime
    from huddle_tui.domain.dates import parse_moment
    from huddle_tui.store.tiny import TinyBook
    from huddle_tui.ui.app import HuddleApp
    from huddle_tui.ui.screens.base import HuddleScreen
    from huddle_tui.ui.screens.home import HomeScreen
    from huddle_tui.ui.screens.looking import LookingScreen
    from huddle_tui.ui.screens.past_huddles import PastHuddlesScreen
    from huddle_tui.ui.screens.scorecard import ScorecardScreen
    from huddle_tui.ui.widgets.rows import Rows

    class Watched(HuddleApp):
        """Knows when it has drawn what is waited for."""

        CSS_PATH = str(common.ROOT / "huddle_tui" / "ui" / "app.tcss")
        reached = 0.0
        until: Callable[[], bool] = staticmethod(lambda: False)

        def _display(self, screen: Any, renderable: Any) -> None:
            super()._display(screen, renderable)
            if not self.reached and self.until():
                self.reached = time.perf_counter()

        async def do_until(self, do: Callable[[], object], until: Callable[[], bool]) -> float:
            """Seconds from doing something until what was waited for has been drawn."""
            self.reached, self.until = 0.0, until
            start = time.perf_counter()
            do()
            while not self.reached:
                await asyncio.sleep(0.002)
            return self.reached - start

    class Empty(HuddleScreen):
        """A screen with a field and nothing behind it."""

        def body(self) -> ComposeResult:
            yield Input()

    i18n.use("en", "nl")
    zone = "Europe/Amsterdam"
    app = Watched(TinyBook(folder), SystemTime(zone, parse_moment("2026-11-23", zone)), HomeScreen())
    figures: dict[str, Any] = {}
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.3)
        empty = Empty()
        figures["empty"] = await app.do_until(lambda: app.push_screen(empty), lambda: app.screen is empty)
        await pilot.pause(0.1)
        empty.query_one(Input).cursor_blink = False
        figures["bare_keys"] = []
        for letter in TYPED * 2:
            typing = partial(empty.query_one(Input).insert_text_at_cursor, letter)
            figures["bare_keys"].append(await app.do_until(typing, lambda: True))
            await pilot.pause(0.05)
        screen: LookingScreen = ScorecardScreen() if what == "scorecard" else PastHuddlesScreen()
        whole = len(app.book.days())

        def stands() -> bool:
            if app.screen is not screen or not screen.rows._drawn:
                return False
            return what == "scorecard" or sum(line.key is not None for line in screen.rows.lines) >= whole

        figures["shown"] = await app.do_until(lambda: app.push_screen(screen), stands)

        async def steps(count: int, step: Callable[[], object]) -> list[float]:
            """Seconds until the cursor has been drawn where it went, for each step."""
            took = []
            for _step in range(count):
                took.append(await app.do_until(step, lambda: True))
                await asyncio.sleep(0.03)
            return took

        down = partial(screen.rows.move, 1)
        figures["moves_while_reading"] = await steps(12, down)
        start = time.perf_counter()
        while app.looking.past is None or not app.looking.past.complete:
            await asyncio.sleep(0.01)
        figures["read"] = time.perf_counter() - start
        while any(not worker.is_finished for worker in app.workers):
            await asyncio.sleep(0.01)
        await pilot.pause(0.1)
        figures["moves"] = await steps(40, down)
        if isinstance(screen, PastHuddlesScreen):
            screen.action_find()
            field = screen.query_one("#find", Input)
            field.cursor_blink = False
            await pilot.pause(0.1)
            figures["keys"] = []
            for place, letter in enumerate(TYPED, start=1):
                typed = TYPED[:place].strip()

                def found(typed: str = typed) -> bool:
                    return screen._wanted.words == typed

                figures["keys"].append(await app.do_until(partial(field.insert_text_at_cursor, letter), found))
                await pilot.pause(0.05)
        else:
            figures["moves"] += await steps(40, screen.action_left)  # type: ignore[attr-defined]
            again = ScorecardScreen()
            figures["again"] = await app.do_until(
                lambda: app.push_screen(again), lambda: app.screen is again and bool(again.query_one(Rows)._drawn)
            )
        gc.collect()
        figures["memory"] = memory()
    return figures


def memory() -> float:
    """What this process has in memory, MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6


def bare() -> float:
    """What Python with Textual has in memory, MB."""
    code = (
        "import os, textual.app, textual.widgets\n"
        "print(int(open('/proc/self/statm').read().split()[1]) * os.sysconf('SC_PAGESIZE') / 1e6)"
    )
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def main() -> None:
    """Prints the figures for each length of history."""
    common.heading("Looking back")
    textual = bare()
    for huddles in common.HISTORIES[1:]:
        runs = {what: [run(what, huddles) for _round in range(ROUNDS + 1)][1:] for what in ("scorecard", "list")}

        def middle(what: str, name: str, runs: dict[str, list[dict[str, Any]]] = runs) -> float:
            return common.ms([figures[name] for figures in runs[what]])

        def slowest(what: str, name: str, runs: dict[str, list[dict[str, Any]]] = runs) -> float:
            return common.percentile([one for figures in runs[what] for one in figures[name]], 0.95) * 1000

        def opens(title: str, what: str, name: str = "shown", extra: float | None = None) -> common.Line:
            """A screen against an empty one; the target is so many milliseconds more than that."""
            empty = middle(what, "empty")
            share = None if extra is None else (empty + extra) / empty
            return common.Line(title, middle(what, name), "ms", "an empty screen", empty, share and round(share, 1))

        def steps(title: str, what: str, name: str, most: float | None = None) -> common.Line:
            """A key that does something, beside one in an empty field; the target is so many milliseconds."""
            bare = slowest(what, "bare_keys")
            share = None if most is None else round(most / bare, 1)
            return common.Line(title, slowest(what, name), "ms", "a key in an empty field", bare, share)

        print(f" {huddles} huddles, {huddles * 40:,} readings")
        common.report(
            opens("scorecard on the screen", "scorecard", extra=100),
            opens("scorecard once everything is read", "scorecard", "again", 100),
            opens("the whole list of huddles", "list", extra=300),
            steps("find: a key to the screen, 95th percentile", "list", "keys", 50),
            steps("list: a step to the screen, 95th percentile", "list", "moves", 50),
            steps("the same while the past is being read", "list", "moves_while_reading"),
            steps("scorecard: a step, 95th percentile", "scorecard", "moves", 50),
            common.Line("everything read in the background", middle("scorecard", "read")),
            common.Line(
                "memory with everything loaded", statistics.median(f["memory"] for f in runs["scorecard"]), "MB",
                "Textual imported", textual,
            ),
            common.Line("the same", statistics.median(f["memory"] for f in runs["scorecard"]), "MB", target=150),
        )  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps(asyncio.run(measure(sys.argv[1], Path(sys.argv[2])))))
    else:
        main()

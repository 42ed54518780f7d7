"""How long until the past is on the screen, finds and scrolls, and what it weighs: the scorecard and the list.

The program runs headless at 110×34 in a process of its own for every figure. The yardstick is an empty screen of the
same program in the same process, and a key in its empty field.
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
from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final

from benchmarks.books import book
from benchmarks.figures import Plan, Row, ms, slow_ms
from benchmarks.terminals import ROOT, environment

TITLE: Final = "Looking back"
ROUNDS: Final = 5
LIMIT: Final = 60.0
"""Seconds after which what was to be drawn is not waited for any longer."""
SIZE: Final = (110, 34)
TYPED: Final = "leverancier"
BARE: Final = """
import os, textual.app, textual.widgets
print(int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6)
"""

Figures = dict[str, Any]
"""What one run of the program measured."""


def run(what: str, folder: Path) -> Figures:
    """The figures of one run of the program, measured in its own process."""
    figures: Figures = json.loads(output(["-m", __spec__.name, what, str(folder)], folder))
    return figures


def output(arguments: Sequence[str], folder: Path) -> str:
    """What Python prints."""
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=True, env=environment(folder), cwd=ROOT
    ).stdout


async def look(what: str, folder: Path) -> Figures:
    """Opens the program and one screen of it."""
    from textual.app import ComposeResult
    from textual.widgets import Input

    from huddle_tui import i18n
    from huddle_tui.activities.timepiece import Timepiece
    from huddle_tui.domain.dates import parse_moment
    from huddle_tui.store.tiny import TinyBook
    from huddle_tui.ui.app import HuddleApp
    from huddle_tui.ui.base import HuddleScreen
    from huddle_tui.ui.past.kpi_history import KpiHistoryScreen
    from huddle_tui.ui.past.looking import LookingScreen
    from huddle_tui.ui.past.past_huddles import PastHuddlesScreen
    from huddle_tui.ui.past.scorecard import ScorecardScreen
    from huddle_tui.ui.places import Home

    class Watched(HuddleApp):
        """Knows when it has drawn what is waited for."""

        CSS_PATH = str(ROOT / "huddle_tui" / "ui" / "app.tcss")
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
            async with asyncio.timeout(LIMIT):
                while not self.reached:
                    await asyncio.sleep(0.002)
            return self.reached - start

    class Empty(HuddleScreen):
        """A screen with a field and nothing behind it."""

        def body(self) -> ComposeResult:
            yield Input()

    i18n.use("en", "nl")
    zone = "Europe/Amsterdam"
    app = Watched(TinyBook(folder), Timepiece(zone, parse_moment("2026-11-23", zone)), Home())
    figures: Figures = {}
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
            if app.screen is not screen or not screen.listed.lines:
                return False
            return what == "scorecard" or sum(line.key is not None for line in screen.listed.lines) >= whole

        figures["shown"] = await app.do_until(lambda: app.push_screen(screen), stands)

        async def steps(count: int, step: Callable[[], object]) -> list[float]:
            """Seconds until the cursor has been drawn where it went, for each step."""
            took = []
            for _step in range(count if screen.listed.cursor is not None else 0):
                took.append(await app.do_until(step, lambda: True))
                await asyncio.sleep(0.03)
            return took

        down = partial(screen.listed.move, 1)
        figures["moves_while_reading"] = await steps(12, down)
        start = time.perf_counter()
        while app.looking.past is None or not app.looking.past.complete:
            await asyncio.sleep(0.01)
        figures["read"] = time.perf_counter() - start
        while any(not worker.is_finished for worker in app.workers if worker.group != "watch"):  # that one goes on
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
            figures["moves"] += await steps(min(40, whole // 2), screen.action_left)  # type: ignore[attr-defined]
            again = ScorecardScreen()
            figures["again"] = await app.do_until(
                lambda: app.push_screen(again), lambda: app.screen is again and bool(again.listed.lines)
            )
            await pilot.pause(0.2)
            number = KpiHistoryScreen(app.book.team().kpis[0].id)
            figures["number"] = await app.do_until(
                lambda: app.push_screen(number), lambda: app.screen is number and bool(number.listed.lines)
            )
        gc.collect()
        figures["memory"] = memory()
    return figures


def memory() -> float:
    """What this process has in memory, MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6


def measure(plan: Plan) -> list[Row]:
    """What the scorecard and the list take, for each length of history."""
    folders = [book(huddles) for huddles in plan.histories]
    rounds, runs = range(plan.times(ROUNDS)), {}
    for what in ("scorecard", "list"):
        for folder in folders:
            run(what, folder)  # warm
        turns = [[run(what, folder) for folder in folders] for _ in rounds]
        runs[what] = [list(of_one) for of_one in zip(*turns, strict=True)]
    textual = statistics.median(float(output(["-c", BARE], folders[0])) for _ in rounds)

    def median(what: str, name: str) -> list[float]:
        return [ms(figures[name] for figures in of_one) for of_one in runs[what]]

    def slow(what: str, name: str) -> list[float | None]:
        every = [[*chain(*(figures[name] for figures in of_one))] for of_one in runs[what]]
        return [slow_ms(figures) if figures else None for figures in every]

    def opens(title: str, what: str, name: str, more: float) -> Row:
        """A screen, which may take so many milliseconds more than an empty one."""
        empty = median(what, "empty")
        return Row(title, median(what, name), "an empty screen", empty, most=empty[-1] + more)

    def steps(title: str, what: str, name: str, most: float | None = None) -> Row:
        """Something that a key does, 95th percentile."""
        bare = slow_ms(chain(*(figures["bare_keys"] for of_one in runs[what] for figures in of_one)))
        return Row(title, slow(what, name), "a key in an empty field", bare, most=most)

    weight = [statistics.median(figures["memory"] for figures in of_one) for of_one in runs["scorecard"]]
    return [
        opens("the scorecard", "scorecard", "shown", 100),
        opens("the scorecard, once everything is read", "scorecard", "again", 100),
        Row("the scorecard, once everything is read", median("scorecard", "again"), ratio=1.3),
        Row("a number's page, once everything is read", median("scorecard", "number"), ratio=1.3),
        opens("the list of all huddles", "list", "shown", 300),
        steps("find: a key, 95th percentile", "list", "keys", 50),
        steps("list: a step, 95th percentile", "list", "moves", 50),
        steps("the same while the past is read", "list", "moves_while_reading"),
        steps("scorecard: a step, 95th percentile", "scorecard", "moves", 50),
        Row("everything read in the background", median("scorecard", "read")),
        Row("memory with everything read", weight, "Textual imported", textual, "MB", most=150.0),
    ]


if __name__ == "__main__":
    print(json.dumps(asyncio.run(look(sys.argv[1], Path(sys.argv[2])))))

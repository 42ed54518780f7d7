"""Every screen at every size, from one cell to a wall: it stands, it draws, and it comes back as it was."""

from __future__ import annotations

import importlib
import pkgutil
from itertools import product
from typing import Any

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.screen import Screen

from huddle_tui import ui
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.places import Home
from tests.kit.driven import on_screen
from tests.kit.fakes import FakeTime
from tests.kit.screens import SCREENS, book_of, today

WIDTHS = (1, 2, 3, 5, 10, 20, 40, 59, 60, 79, 80, 97, 98, 120, 139, 140, 200, 300)
HEIGHTS = (1, 2, 3, 5, 10, 17, 18, 24, 29, 30, 44, 60, 100)
FEW = ((1, 1), (300, 2), (60, 18), (140, 29), (300, 100))

PADDING = 4
"""A screen is never narrower than the space at its sides; a narrower terminal cuts it off."""


async def resized(pilot: Pilot[None], width: int, height: int) -> None:
    """Another size, until the screen is drawn in it."""
    await pilot.resize_terminal(width, height)
    for _ in range(200):
        await pilot.pause()
        drawn = on_screen(pilot.app)
        if len(drawn) == height and all(cell_len(line) in {width, max(width, PADDING)} for line in drawn):
            return
    raise AssertionError(f"never drawn at {width}×{height}: {len(drawn)} lines of {[cell_len(x) for x in drawn]}")


@pytest.mark.parametrize("name", SCREENS)
async def test_every_screen_at_every_size(name: str, full: bool) -> None:
    book = book_of()
    app = HuddleApp(book, FakeTime(today(book)), Home())
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        screen = SCREENS[name](app)
        assert isinstance(screen, Screen)
        await app.push_screen(screen)
        await pilot.pause()
        app.notify("[/] a toast [red]", markup=False)
        for width, height in product(WIDTHS, HEIGHTS) if full else FEW:
            await resized(pilot, width, height)
        await resized(pilot, 80, 24)
        assert app.screen is screen
        assert any(line.strip() for line in on_screen(app))


async def test_no_screen_is_missing() -> None:
    """A screen that is made has to stand here too, at every size and under random use."""
    for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        importlib.import_module(module.name)
    app = HuddleApp(book_of(), FakeTime(today(book_of())), Home())
    async with app.run_test():
        opened = {type(opening(app)) for opening in SCREENS.values()}
    made = {cls for cls in kinds(Screen) if cls.__module__.startswith(ui.__name__)}
    assert {cls.__name__ for cls in made if not cls.__subclasses__()} <= {cls.__name__ for cls in opened}


def kinds(of: type[Screen[Any]]) -> set[type[Screen[Any]]]:
    """All classes under that one."""
    return {cls for direct in of.__subclasses__() for cls in {direct, *kinds(direct)}}

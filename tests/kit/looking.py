"""An app on a book, straight on a screen that looks back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from functools import cache

from textual.pilot import Pilot

from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.team import Team
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.base import HuddleScreen
from huddle_tui.ui.past.looking import LookingScreen
from huddle_tui.ui.places import Home
from tests.kit.driven import Driven, at_rest
from tests.kit.fakes import FakeTime
from tests.kit.memory_book import MemoryBook
from tests.kit.random_books import random_book


@cache
def past(seed: int = 1, huddles: int = 60) -> tuple[Team, list[Huddle]]:
    """A random book, made once."""
    return random_book(seed, huddles)


def book_of(seed: int = 1, huddles: int = 60) -> MemoryBook:
    """It as a book."""
    return MemoryBook(*past(seed, huddles))


def tomorrow(book: MemoryBook) -> date:
    """The day after its last huddle."""
    return (book.days() or [date(2026, 11, 22)])[-1] + timedelta(1)


class Desk(Driven):
    """The pilot, and what shows."""

    def __init__(self, pilot: Pilot[None], book: MemoryBook) -> None:
        super().__init__(pilot)
        self.book = book

    @property
    def screen(self) -> LookingScreen:
        assert isinstance(self.app.screen, LookingScreen), self.app.screen
        return self.app.screen

    async def press(self, *keys: str) -> None:
        """Presses keys, and waits until what they brought about shows."""
        for key in keys:
            await self.pilot.press(key)
            await self.settled()

    async def settled(self) -> None:
        """Until nothing is being read or saved any more."""
        for _ in range(400):
            await self.pilot.pause()
            if at_rest(self.app):
                await self.pilot.pause()
                return
        raise AssertionError("it never settles")

    def line(self, part: str) -> str:
        """The line of the screen with `part` in it."""
        return next(line for line in self.text().split("\n") if part in line)


@asynccontextmanager
async def desk(
    screen: HuddleScreen, book: MemoryBook | None = None, size: tuple[int, int] = (110, 34)
) -> AsyncIterator[Desk]:
    """The program with that screen in front."""
    book = book or book_of()
    app = HuddleApp(book, FakeTime(tomorrow(book)), Home())
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await app.push_screen(screen)
        opened = Desk(pilot, book)
        await opened.settled()
        yield opened

"""A huddle on the shared screen, driven by its keys: the pilot, the book and the clock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.widgets import Static

from huddle_tui import i18n
from huddle_tui.activities.settings import Settings
from huddle_tui.domain.huddle import Huddle, Stage
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.home.home import HomeScreen
from huddle_tui.ui.places import RunHuddle
from huddle_tui.ui.round.round import RoundScreen
from tests.kit.driven import Driven
from tests.kit.fakes import MONDAY, FakeTime, small_team
from tests.kit.memory_book import MemoryBook


class Table(Driven):
    """A huddle under test: the pilot, the book and the clock."""

    def __init__(self, pilot: Pilot[None], book: MemoryBook, time: FakeTime) -> None:
        super().__init__(pilot)
        self.book, self.time = book, time

    async def keys(self, *lines: str) -> None:
        """Types each line; a bar is Enter, words in angle brackets are keys."""
        for line in lines:
            for word in line.replace("|", " enter ").split():
                keys = [word] if len(word) > 1 and not word[0].isdigit() and word[0] not in "+-" else list(word)
                names = {",": "comma", ".": "full_stop", "-": "minus", "+": "plus"}
                await self.pilot.press(*(names.get(key, key) for key in keys))
        await self.settled()

    async def settled(self) -> None:
        """Until what was said is on disk and shown; of a huddle that ended until its recap stands."""
        for _ in range(200):
            await self.pilot.pause()
            screen = self.screen
            if not isinstance(screen, RoundScreen) or self.book.fail_with:
                return
            if not screen.hosting.unsaved and (screen.watching or screen.round.huddle.stage is not Stage.ENDED):
                return
        raise AssertionError("never saved")

    @property
    def screen(self) -> object:
        return self.pilot.app.screen

    @property
    def round_screen(self) -> RoundScreen:
        assert isinstance(self.screen, RoundScreen)
        return self.screen

    @property
    def huddle(self) -> Huddle:
        """What is on disk."""
        huddle = self.book.huddle(MONDAY)
        assert huddle is not None
        return huddle

    @property
    def speaker(self) -> str:
        turn = self.round_screen.round.speaking
        return turn.person if turn else ""

    def wrong(self) -> str:
        return str(self.round_screen.query_one("#wrong", Static).render())


@asynccontextmanager
async def table(
    book: MemoryBook | None = None,
    size: tuple[int, int] = (110, 34),
    time: FakeTime | None = None,
    settings: Settings = Settings(),  # noqa: B008 (frozen)
) -> AsyncIterator[Table]:
    book = book or MemoryBook(small_team())
    time = time or FakeTime()
    i18n.use("en", book.team().locale)
    app = HuddleApp(book, time, RunHuddle(), settings)
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        here = Table(pilot, book, time)
        await here.until(lambda: not isinstance(here.screen, HomeScreen))
        await here.settled()
        yield here

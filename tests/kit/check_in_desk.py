"""One person who checks in at their own screen, driven by its keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Static

from huddle_tui import i18n
from huddle_tui.domain.huddle import CheckIn
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.checkin.check_in import CheckInScreen
from huddle_tui.ui.checkin.who_am_i import WhoAmIScreen
from huddle_tui.ui.places import MyCheckIn
from tests.kit.driven import Driven
from tests.kit.fakes import MONDAY, FakeTime, small_team
from tests.kit.memory_book import MemoryBook


class Desk(Driven):
    """One person at their own screen."""

    def __init__(self, pilot: Pilot[None], book: MemoryBook) -> None:
        super().__init__(pilot)
        self.book = book

    async def keys(self, *lines: str) -> None:
        """Types each line; a bar is Enter, words of letters are keys."""
        for line in lines:
            for word in line.replace("|", " enter ").split():
                keys = [word] if word[0].isalpha() and len(word) > 1 else list(word)
                names = {",": "comma", ".": "full_stop", "-": "minus"}
                await self.pilot.press(*(names.get(key, key) for key in keys))
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """All of it in one breath, without waiting for the screen; a bar is Enter."""
        for c in text:
            self.pilot.app.post_message(Key("enter", "\r") if c == "|" else Key(_character_to_key(c), c))
        await self.pilot.pause()

    @property
    def screen(self) -> CheckInScreen:
        assert isinstance(self.pilot.app.screen, CheckInScreen)
        return self.pilot.app.screen

    def stored(self, person: str = "sanne") -> CheckIn | None:
        found = self.book.check_ins(person)
        return found[-1] if found else None

    def entries(self, person: str = "sanne") -> list[str]:
        """What is on disk of each number, as it was typed, in the order of the form."""
        found = self.stored(person)
        stored = {e.kpi: e.typed for e in found.entries} if found else {}
        return [stored[kpi.id] for kpi in self.book.team().kpis if kpi.id in stored]

    @property
    def asked(self) -> str:
        """The number that is asked for, as it stands before the field."""
        return str(self.screen.query_one("#label", Static).render()).strip()


@asynccontextmanager
async def desk(
    book: MemoryBook | None = None,
    name: str | None = "Sanne",
    for_name: str | None = None,
    day: date = MONDAY,
    size: tuple[int, int] = (80, 24),
    time: FakeTime | None = None,
) -> AsyncIterator[Desk]:
    book = book or MemoryBook(small_team())
    i18n.use("en", "nl")
    app = HuddleApp(book, time or FakeTime(day), MyCheckIn(name, for_name))
    async with app.run_test(size=size, notifications=True) as pilot:
        here = Desk(pilot, book)
        await here.until(lambda: isinstance(pilot.app.screen, CheckInScreen | WhoAmIScreen))
        await pilot.pause()
        yield here

"""A team under test: the program on a book in memory, and hands that type."""

from __future__ import annotations

import asyncio
import builtins
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from msgspec.structs import replace
from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Static

from huddle_tui import i18n
from huddle_tui.domain import team_edits as edits
from huddle_tui.domain.team import Team
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.base import HuddleScreen
from huddle_tui.ui.kit.form import Field
from huddle_tui.ui.places import Home, Place
from tests.kit.driven import Driven
from tests.kit.fakes import FakeTime, small_team
from tests.kit.memory_book import MemoryBook

SMALL = (80, 24)
Kind = TypeVar("Kind", bound=HuddleScreen)


class Hands(Driven):
    """The pilot, the book, and what is on the screen."""

    def __init__(self, pilot: Pilot[None], book: MemoryBook) -> None:
        super().__init__(pilot)
        self.book = book

    @property
    def team(self) -> Team:
        """What is on disk."""
        return self.book.team()

    async def type(self, *texts: str) -> None:
        """Types all of it in one breath, without waiting for the screen; a bar is Enter."""
        for c in "".join(texts):
            key = Key("enter", "\r") if c == "|" else Key(_character_to_key(c), c)
            self.app.post_message(key)
        await self.pilot.pause()
        await self.idle()

    async def idle(self) -> None:
        """Until every key has been taken."""
        done = asyncio.Event()
        self.app.call_later(done.set)
        await done.wait()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Presses keys by their names."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    def on(self, kind: builtins.type[Kind]) -> Kind:
        """The screen in front, which is of that kind."""
        screen: object = self.pilot.app.screen
        assert isinstance(screen, kind), screen
        return screen

    def field(self, name: str) -> Field:
        """The field of that name on the screen in front."""
        return self.pilot.app.screen.query_one(f"#field-{name.replace('_', '-')}", Field)

    def wrong(self, name: str) -> str:
        """The sentence under that field; empty where nothing is wrong with it."""
        field = self.field(name)
        return str(field.query_one(".wrong", Static).content) if field.has_class("-wrong") else ""

    def told(self, id: str) -> str:
        """The text in that part of the screen."""
        return str(self.pilot.app.screen.query_one(f"#{id}", Static).content)


@asynccontextmanager
async def opened(
    team: Team | None,
    first: Callable[[HuddleApp], HuddleScreen] | Place,
    size: tuple[int, int] = SMALL,
    language: str = "nl",
    book: MemoryBook | None = None,
) -> AsyncIterator[Hands]:
    """The program on a screen, in a language; a place is where the program begins, `book` one with a history."""
    before = i18n.language(), i18n.locale()
    i18n.use(language, team.locale if team else language)
    book = book or MemoryBook(team)
    app = HuddleApp(book, FakeTime(), first if isinstance(first, Place) else Home())
    if not isinstance(first, Place):
        app.get_default_screen = HuddleScreen  # type: ignore[method-assign]  # nothing lies below it
    try:
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            await pilot.pause()
            if not isinstance(first, Place):
                await app.push_screen(first(app))
            await pilot.pause()
            yield Hands(pilot, book)
    finally:
        i18n.use(*before)


def charted(count: int = 4) -> Team:
    """The small team with so many processes in its chart; those beyond its people have nobody accountable."""
    team = small_team()
    for n in range(count):
        who = team.people[n].id if n < len(team.people) else None
        team = edits.add_process(team, f"stap {n + 1}", who, ("Klachten opgelost", "Nooit gezegd") if n == 0 else ())
    kpis = tuple(replace(k, process="stap-1") if k.owner == "sanne" else k for k in team.kpis)
    return replace(team, kpis=kpis)

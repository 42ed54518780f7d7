"""The check-in screen: keyboard only, saved as it is typed, hidden from the round until it is said."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from textual.pilot import Pilot

from huddle_tui import i18n
from huddle_tui.domain.huddle import CheckIn
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.screens.check_in import CheckInScreen, open_check_in
from huddle_tui.ui.screens.home import HomeScreen, open_round
from huddle_tui.ui.screens.who_am_i import WhoAmIScreen
from tests.fakes import MONDAY, FakeTime, small_team
from tests.memory_book import MemoryBook


@pytest.fixture(autouse=True)
def _own_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    yield
    i18n.use("en")


class Desk:
    """One person at their own screen."""

    def __init__(self, pilot: Pilot[None], book: MemoryBook) -> None:
        self.pilot, self.book = pilot, book

    async def keys(self, *lines: str) -> None:
        """Types each line; a bar is Enter, words of letters are keys."""
        for line in lines:
            for word in line.replace("|", " enter ").split():
                keys = [word] if word[0].isalpha() and len(word) > 1 else list(word)
                names = {",": "comma", ".": "full_stop", "-": "minus"}
                await self.pilot.press(*(names.get(key, key) for key in keys))
        await self.pilot.pause()

    async def until(self, condition: Callable[[], bool]) -> None:
        for _ in range(1000):
            if condition():
                return
            await self.pilot.pause(0.01)
        raise AssertionError("it never came to that")

    @property
    def screen(self) -> CheckInScreen:
        assert isinstance(self.pilot.app.screen, CheckInScreen)
        return self.pilot.app.screen

    def stored(self, person: str = "sanne") -> CheckIn | None:
        found = self.book.check_ins(person)
        return found[-1] if found else None

    def text(self) -> str:
        return "\n".join("".join(s.text for s in line) for line in self.pilot.app.screen._compositor.render_strips())


@asynccontextmanager
async def desk(
    book: MemoryBook | None = None, name: str | None = "Sanne", for_name: str | None = None, day: date = MONDAY
) -> AsyncIterator[Desk]:
    book = book or MemoryBook(small_team())
    i18n.use("en", "nl")
    home = HomeScreen()
    home.then = lambda screen: open_check_in(screen, name, for_name)
    async with HuddleApp(book, FakeTime(day), home).run_test(size=(80, 24), notifications=True) as pilot:
        here = Desk(pilot, book)
        await here.until(lambda: isinstance(pilot.app.screen, CheckInScreen | WhoAmIScreen))
        await pilot.pause()
        yield here


async def test_numbers_notes_promises_and_stuck_by_enter_alone() -> None:
    async with desk() as d:
        await d.keys("7|p l a n|", "3||4|", "25|", "12.500|", "p r i n t e r |")
        await d.until(lambda: isinstance(d.pilot.app.screen, HomeScreen))
        check_in = d.stored()
        assert check_in is not None
        assert check_in.closed
        assert [e.actual for e in check_in.entries] == [Decimal(7), Decimal(3), Decimal(25), Decimal(12500)]
        assert check_in.entries[0].note == "plan"
        assert check_in.entries[1].next_promise == Decimal(4)
        assert check_in.stuck == "printer"


async def test_it_says_the_day_the_promise_and_at_once_the_status() -> None:
    async with desk() as d:
        assert "for vrijdag 20 november" in d.text()
        await d.keys("3")
        assert "⚑" in d.text()
        await d.keys("backspace", "9")
        assert "✔" in d.text()


async def test_what_is_typed_is_on_disk_half_a_second_after_the_last_key_and_says_so() -> None:
    async with desk() as d:
        await d.keys("12,")
        await d.until(lambda: d.stored() is not None and d.stored().entries[0].typed == "12,")  # type: ignore[union-attr]
        await d.until(lambda: "✔ saved" in d.text())


async def test_a_save_that_fails_is_said_and_tried_again() -> None:
    book = MemoryBook(small_team())
    async with desk(book) as d:
        book.fail_with = HuddleError("The disk is full.")
        await d.keys("8|")
        await d.until(lambda: "The disk is full." in d.text())
        book.fail_with = None
        await d.keys("2|")
        await d.until(lambda: d.stored() is not None and d.stored().answered == 2)  # type: ignore[union-attr]


async def test_a_refused_number_stays_with_its_sentence() -> None:
    async with desk() as d:
        await d.keys("12.50|")
        assert "12.50 is not a Dutch number: did you mean 12,50?" in d.text()
        assert d.screen._prompt.value == "12.50"


async def test_leaving_and_coming_back_finds_the_draft() -> None:
    book = MemoryBook(small_team())
    async with desk(book) as d:
        await d.keys("8|", "4", "escape")
        await d.until(lambda: isinstance(d.pilot.app.screen, HomeScreen))
    async with desk(book) as d:
        assert [row.entry.typed for row in d.screen.checking_in.rows][:2] == ["8", "4"]


async def test_undo_takes_back_the_last_step() -> None:
    async with desk() as d:
        await d.keys("8|", "ctrl+z")
        await d.until(lambda: d.screen.checking_in.draft.answered == 0)


async def test_arrows_correct_a_number() -> None:
    async with desk() as d:
        await d.keys("8|", "up", "backspace", "9|")
        await d.until(lambda: d.stored() is not None and d.stored().entries[0].actual == Decimal(9))  # type: ignore[union-attr]


async def test_for_somebody_else_it_is_by_proxy_for_ever() -> None:
    async with desk(for_name="José") as d:
        assert "by proxy: typed by Sanne" in d.text()
        await d.keys("8|")
        await d.until(lambda: d.stored("josé") is not None and d.stored("josé").typed_by_proxy("josé-opgelost"))  # type: ignore[union-attr]


async def test_who_i_am_is_asked_once_and_changed_with_one_key() -> None:
    book = MemoryBook(small_team())
    async with desk(book, name=None) as d:
        assert isinstance(d.pilot.app.screen, WhoAmIScreen)
        await d.keys("j", "enter")
        await d.until(lambda: isinstance(d.pilot.app.screen, CheckInScreen))
        assert d.screen.checking_in.person.name == "José"
    async with desk(book, name=None) as d:
        assert d.screen.checking_in.person.name == "José"
        await d.keys("ctrl+r")
        await d.until(lambda: isinstance(d.pilot.app.screen, WhoAmIScreen))


async def test_once_the_turn_begins_it_says_so_and_nothing_changes_here() -> None:
    book = MemoryBook(small_team())
    async with desk(book) as d:
        await d.keys("8|")
        await d.until(lambda: d.stored() is not None)
        home = HomeScreen()
        home.then = open_round
        async with HuddleApp(book.beside(), FakeTime(), home).run_test(size=(110, 34)) as other:
            for _ in range(200):
                await other.pause()
                if other.app.screen is not home:
                    break
            await other.press("enter")
            await d.until(lambda: d.screen.checking_in.begun)
        assert "has begun" in d.text()


async def test_an_earlier_one_that_was_not_read_out_is_shown() -> None:
    book = MemoryBook(small_team())
    async with desk(book, day=MONDAY.replace(day=20)) as d:
        await d.keys("8|")
        await d.until(lambda: d.stored() is not None)
    async with desk(book) as d:
        said = " ".join(d.text().split())
        assert "Never read out, for the huddle of vrijdag 20 november: Klachten opgelost 8." in said

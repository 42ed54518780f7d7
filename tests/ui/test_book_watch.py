"""A screen hears what other programs do to the book, asks only then, and holds nobody up."""

from __future__ import annotations

import threading
from decimal import Decimal
from pathlib import Path

import pytest

from huddle_tui.domain.huddle import CheckIn, Entry
from huddle_tui.store.tiny import TinyBook
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.places import CheckInOf, Home, Place, RunHuddle
from tests.kit.driven import on_screen, toasts, until
from tests.kit.fakes import MONDAY, FakeTime, small_team
from tests.kit.memory_book import MemoryBook


class ToldBook(MemoryBook):
    """A book that is told of changes by somebody."""

    def __init__(self) -> None:
        super().__init__(small_team())
        self.told = threading.Event()
        self.waits = self.asked = 0

    def wait(self, seconds: float) -> bool:
        self.waits += 1
        return self.told.wait(0.01)

    def changed(self) -> bool:
        self.asked += 1
        self.told.clear()
        return super().changed()


@pytest.mark.quick
async def test_a_book_is_asked_what_changed_once_it_was_told_so() -> None:
    book = ToldBook()
    async with HuddleApp(book, FakeTime(), Home()).run_test(size=(110, 34), notifications=True) as pilot:
        await until(pilot, lambda: book.waits > 5)
        assert book.asked == 0
        entries = tuple(Entry(kpi.id, "8", True, Decimal(8)) for kpi in book.team().kpis_of("sanne"))
        book.change_check_in("sanne", MONDAY, lambda _: CheckIn("sanne", MONDAY, entries, closed=True))
        book.told.set()
        await until(pilot, lambda: "○ Sanne" not in "\n".join(on_screen(pilot.app)))
        waits = book.waits
        await until(pilot, lambda: book.waits > waits + 5)
        assert book.asked == 1


@pytest.mark.parametrize("place", [RunHuddle(), CheckInOf("sanne", "")], ids=["round", "check-in"])
async def test_a_file_that_comes_from_outside_is_told_where_one_is(tmp_path: Path, place: Place) -> None:
    """Not only on home, to which one may come back an hour later."""
    root = tmp_path / "book"
    book = TinyBook(root, durable=False)
    book.change_team(lambda _: small_team())
    app = HuddleApp(TinyBook(root, durable=False), FakeTime(), place)
    async with app.run_test(size=(110, 34), notifications=True) as pilot:
        await until(pilot, lambda: "Sanne" in "\n".join(on_screen(app)))
        path = root / "team.json"
        path.write_text(path.read_text("utf-8").replace("Voorbeeld Software", "Met de hand"), "utf-8")
        await until(pilot, lambda: any("was changed outside this program" in said for said in toasts(app)))


@pytest.mark.quick
async def test_a_program_that_ends_does_not_wait_for_a_book_that_is_silent() -> None:
    book, waits, over, answered = ToldBook(), threading.Event(), threading.Event(), threading.Event()

    def silent(seconds: float) -> bool:
        waits.set()
        over.wait(60)
        answered.set()
        return False

    book.wait = silent  # type: ignore[method-assign]
    async with HuddleApp(book, FakeTime(), Home()).run_test(size=(110, 34), notifications=True) as pilot:
        await until(pilot, waits.is_set)
    assert not answered.is_set(), "it ended while it was waited"
    over.set()

"""What a screen does off the event loop: it is said wherever somebody is by then, and no disk holds the loop up."""

from __future__ import annotations

import threading

import pytest
from textual.widgets import Static

from huddle_tui.activities.looking_back import LookingBack
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Decision
from huddle_tui.ui.past.huddle_detail import HuddleDetailScreen
from huddle_tui.ui.past.kpi_history import KpiHistoryScreen
from huddle_tui.ui.past.open_ends import OpenEndsScreen
from huddle_tui.ui.past.quarter import QuarterScreen
from tests.kit.looking import book_of, desk
from tests.kit.memory_book import MemoryBook


class Threads:
    """In which threads a book was saved."""

    def __init__(self, book: MemoryBook) -> None:
        self.saved: list[threading.Thread] = []
        book.before_save = lambda: self.saved.append(threading.current_thread())

    @property
    def off_the_loop(self) -> int:
        """How many saves there were, none of them in the thread of the screen."""
        assert threading.main_thread() not in self.saved
        return len(self.saved)


async def test_new_limits_are_taken_back_and_that_is_said() -> None:
    book = book_of()
    kpi = book.team().kpis[0]
    threads = Threads(book)
    async with desk(KpiHistoryScreen(kpi.id), book) as at:
        await at.press("b", *"other tools", "enter")
        begun = book.team().kpi(kpi.id)
        assert begun is not None
        assert [baseline.why for baseline in begun.baselines] == ["other tools"]
        assert "Ctrl+Z takes it back" in at.toasts
        await at.press("ctrl+z")
        assert book.team().kpi(kpi.id) == kpi
        assert f"The limits of {kpi.name} are those of before." in at.toasts
        await at.press("ctrl+z")
        assert "nothing to undo" in at.toasts
    assert threads.off_the_loop == 2


async def test_what_a_review_decides_is_saved_off_the_loop_and_a_failure_goes_back_to_its_number() -> None:
    book = book_of()
    threads = Threads(book)
    async with desk(QuarterScreen(), book) as at:

        def shown() -> str:
            return str(at.screen.query_one("#name", Static).render())

        first = shown()
        await at.press("enter", "ctrl+z")
        assert threads.off_the_loop == 2
        book.fail_with = HuddleError("The disk is full.")
        await at.press("enter")
        assert "The disk is full." in at.toasts
        assert shown() == first
        book.fail_with = None
        await at.press("enter")
        assert shown() != first
    assert [one.decision for kpi in book.team().kpis for one in kpi.decided] == [Decision.KEEP]


@pytest.mark.parametrize("why", ["", "The disk is full."])
async def test_what_came_of_a_deletion_is_told_though_its_page_was_left(why: str) -> None:
    book = book_of(huddles=10)
    day, slow = book.days()[-1], threading.Event()

    def save() -> None:
        slow.wait()
        if why:
            raise HuddleError(why)

    async with desk(HuddleDetailScreen(day), book) as at:
        left = at.app.screen
        await at.press("x")
        book.before_save = save
        await at.pilot.press("left", "enter", "escape")
        await at.until(lambda: not left.is_running)
        slow.set()
        await at.until(lambda: (why or "It is in the bin") in at.toasts)
        assert left not in at.app.screen_stack


async def test_why_the_past_cannot_be_read_is_told_though_the_screen_was_left(monkeypatch: pytest.MonkeyPatch) -> None:
    slow, reading = threading.Event(), threading.Event()

    def read(_looking: LookingBack) -> bool:
        if reading.is_set():  # the screen below reads on, once this one was left
            return False
        reading.set()
        slow.wait()
        raise HuddleError("The disk is gone.")

    book = book_of(huddles=3)
    async with desk(OpenEndsScreen(), book) as at:
        monkeypatch.setattr(LookingBack, "read", read)
        screen = HuddleDetailScreen(book.days()[-1])
        await at.app.push_screen(screen)
        await at.until(reading.is_set)
        at.screen.dismiss()
        await at.until(lambda: not screen.is_running)
        slow.set()
        await at.until(lambda: "The disk is gone." in at.toasts)

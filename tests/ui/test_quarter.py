"""The quarter's review on the screen: one number at a time, one key each, undo, and on where it was left."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from threading import Event

import pytest
from textual.widgets import Static

from huddle_tui.domain.quarter import Quarter, quarter_of, reviewed
from huddle_tui.domain.team import Decision
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.past.looking import LookingScreen
from huddle_tui.ui.past.quarter import QuarterScreen
from huddle_tui.ui.past.scorecard import ScorecardScreen
from huddle_tui.ui.places import Home
from huddle_tui.ui.team.kpi_form import KpiForm
from tests.kit.driven import on_screen, toasts, until
from tests.kit.exporting import exported_text
from tests.kit.fakes import FakeTime
from tests.kit.looking import book_of, desk, tomorrow
from tests.kit.memory_book import MemoryBook


def quarter(book: MemoryBook) -> Quarter:
    return quarter_of(tomorrow(book))


def decisions(book: MemoryBook) -> list[Decision]:
    """What was decided up to now, in the order of the review."""
    now = quarter(book).name
    return [one.decision for kpi in reviewed(book.team(), quarter(book)) for one in kpi.decided if one.quarter == now]


@pytest.mark.quick
async def test_enter_keeps_and_goes_on_until_every_number_was_looked_at() -> None:
    book = book_of()
    count = len(reviewed(book.team(), quarter(book)))
    async with desk(QuarterScreen(), book) as at:

        def says(done: int) -> bool:
            return f"{done} of {count} looked at" in at.text()

        assert says(0)
        for done in range(1, count + 1):
            await at.press("enter")
            await until(at.pilot, partial(says, done))
    assert decisions(book) == [Decision.KEEP] * count


async def test_one_number_shows_what_there_is_to_know_of_it() -> None:
    book = book_of()
    first = reviewed(book.team(), quarter(book))[0]
    async with desk(QuarterScreen(), book) as at:
        assert first.name in at.text()
        assert f"Review of Q{quarter(book).number}" in at.text()
        await at.press("n")
        assert reviewed(book.team(), quarter(book))[1].name in at.text()
        await at.press("p")
        assert first.name in at.text()


async def test_dropped_is_retired_and_ctrl_z_brings_it_back() -> None:
    book = book_of()
    first = reviewed(book.team(), quarter(book))[0]
    async with desk(QuarterScreen(), book) as at:
        await at.press("d")
        dropped = book.team().kpi(first.id)
        assert dropped is not None
        assert dropped.retired_on is not None
        assert decisions(book) == [Decision.DROP]
        assert f"{first.name} was dropped. Ctrl+Z brings it back." in at.toasts
        await at.press("n")
        await at.press("ctrl+z")
        assert book.team().kpi(first.id) == first
        assert "Taken back" in at.toasts
        assert first.name in str(at.screen.query_one("#name", Static).render()), "what was taken back is what shows"


async def test_raise_opens_the_form_and_what_changed_there_is_the_decision() -> None:
    book = book_of()
    async with desk(QuarterScreen(), book) as at:
        await at.press("r")
        assert isinstance(at.app.screen, KpiForm)
        await at.press("escape")
        assert decisions(book) == [], "nothing was changed, so nothing was decided"


async def test_it_goes_on_where_it_was_left_and_later_comes_last() -> None:
    book = book_of()
    numbers = reviewed(book.team(), quarter(book))
    async with desk(QuarterScreen(), book) as at:
        await at.press("l")
        assert numbers[1].name in at.text()
        await at.press("enter")
    async with desk(QuarterScreen(), book) as at:
        assert f"1 of {len(numbers)} looked at" in at.text()
        assert numbers[0].name in at.text()


@pytest.mark.parametrize("size", [(80, 24), (60, 18), (200, 60)])
async def test_it_stands_at_any_size(size: tuple[int, int]) -> None:
    book = book_of()
    async with desk(QuarterScreen(), book, size) as at:
        assert reviewed(book.team(), quarter(book))[0].name[:20] in at.text()


@pytest.mark.parametrize(("screen", "key", "what", "kind"), [
    (QuarterScreen, "s", "quarter", "md"), (ScorecardScreen, "x", "scorecard", "html"),
])  # fmt: skip
async def test_what_is_saved_before_everything_was_read_holds_everything(
    screen: type[LookingScreen], key: str, what: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    book, goes_on = book_of(), Event()
    team, last, summaries = book.team(), tomorrow(book), book.summaries
    monkeypatch.setattr(book, "summaries", lambda: summaries() if goes_on.wait(30) else [])
    async with HuddleApp(book, FakeTime(last), Home()).run_test(size=(110, 34)) as pilot:
        await pilot.app.push_screen(screen())
        await until(pilot, lambda: reviewed(team, quarter(book))[0].name[:8] in "\n".join(on_screen(pilot.app)))
        await pilot.press(key)
        goes_on.set()
        await until(pilot, lambda: any("Saved as" in told for told in toasts(pilot.app)))
    (saved,) = tmp_path.iterdir()
    days = None if what == "scorecard" else last
    assert saved.read_text("utf-8") == exported_text(what, kind, team, book.huddles(book.days()), last=days)

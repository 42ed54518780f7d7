"""A past huddle is put right from its page: what stood there, who and when stay in sight (METHOD 8)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from huddle_tui.domain.huddle import Action, Huddle, Reading
from huddle_tui.domain.numbers import show
from huddle_tui.ui.past.huddle_detail import HuddleDetailScreen
from huddle_tui.ui.past.story import NumberKey
from huddle_tui.ui.round.recap import RecapScreen
from tests.kit.looking import Desk, book_of, desk
from tests.kit.memory_book import MemoryBook


def last(book: MemoryBook) -> Huddle:
    found = book.huddle(book.days()[-1])
    assert found is not None
    return found


def said(huddle: Huddle) -> Reading:
    return next(r for t in huddle.turns for r in t.readings if r.actual is not None and not r.status.missed)


async def answer(at: Desk, text: str | None) -> None:
    """Types over what stands in the line that asks, or leaves it, and presses Enter."""
    await at.until(lambda: isinstance(at.app.focused, Input))
    if text is not None:
        assert isinstance(at.app.focused, Input)
        at.app.focused.value = text
    await at.pilot.press("enter")
    await at.pilot.pause()


@pytest.mark.quick
async def test_a_number_is_put_right_by_name_with_its_trail_and_taken_back() -> None:
    book = book_of()
    before = said(last(book))
    assert before.actual is not None
    async with desk(HuddleDetailScreen(last(book).day), book, (120, 60)) as at:
        while at.screen.rows.cursor != NumberKey(before.kpi):
            at.screen.rows.move(1)
        await at.pilot.press("e")
        await answer(at, "7")
        await answer(at, None)
        await answer(at, "")
        await at.settled()
        assert said(last(book)).actual == before.actual, "nothing without a name"
        await answer(at, None)
        await answer(at, None)
        await answer(at, "Bram")
        await at.settled()
        corrected = last(book)
        reading = next(r for t in corrected.turns for r in t.readings if r.kpi == before.kpi)
        assert reading.actual == Decimal(7)
        assert reading.status is before.yardstick.judge(Decimal(7))
        assert [(c.by, c.was) for c in reading.corrections] == [("Bram", f"{before.actual:f}")]
        was = show(before.actual, "en", before.decimals)
        await at.until(lambda: f"was {was}, Bram on" in at.text())
        await at.pilot.press("ctrl+z")
        await at.settled()
        assert said(last(book)) == before
        await at.until(lambda: "Bram on" not in at.text())


async def test_the_recap_follows_what_was_put_right() -> None:
    book = book_of(huddles=1)
    day = last(book).day
    async with desk(RecapScreen(last(book), book.team()), book, (110, 60)) as at:
        await at.settled()
        assert "the new press" not in at.text()
        await at.pilot.press("e")
        await at.until(lambda: isinstance(at.app.screen, HuddleDetailScreen))
        agreed = Action("press", "Bram", "fetches the new press")
        book.change_huddle(day, lambda huddle: replace(huddle or last(book), actions=(agreed,)))
        await at.pilot.press("escape")
        await at.until(lambda: "fetches the new press" in at.text())

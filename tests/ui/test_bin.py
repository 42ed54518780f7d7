"""A huddle that was held as a test goes to the bin after a question, and comes back from it (METHOD 8)."""

from __future__ import annotations

import pytest

from huddle_tui.ui.past.huddle_detail import HuddleDetailScreen
from huddle_tui.ui.past.past_huddles import PastHuddlesScreen
from tests.kit.looking import book_of, desk


@pytest.mark.quick
async def test_deleted_after_a_question_and_brought_back() -> None:
    book = book_of(huddles=10)
    day = book.days()[-1]
    async with desk(PastHuddlesScreen(), book) as at:
        await at.press("enter", "x")
        assert "Delete the huddle of" in at.text()
        await at.press("enter")
        assert day in book.days(), "what is in focus is the safe answer"
        await at.press("x", "left", "enter")
        assert day not in book.days()
        assert isinstance(at.screen, PastHuddlesScreen)
        assert "in the bin" in at.toasts
        await at.press("u")
        await at.until(lambda: "Bring the huddle of" in at.text())
        await at.press("left", "enter")
        assert book.days()[-1] == day
        assert book.discarded() == []


async def test_an_empty_bin_is_said() -> None:
    async with desk(PastHuddlesScreen(), book_of(huddles=3)) as at:
        await at.press("u")
        assert "no deleted huddle" in at.toasts


async def test_a_huddle_that_is_held_now_is_not_deleted() -> None:
    book = book_of(huddles=3)
    day = book.days()[-1]
    claim = book.hold(f"host-{day}")
    assert claim is not None
    async with desk(HuddleDetailScreen(day), book) as at:
        await at.press("x", "left", "enter")
        assert day in book.days()
        assert "being held" in at.toasts

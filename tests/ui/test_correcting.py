"""A past huddle is put right from its page: what stood there, who and when stay in sight (METHOD 8)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace
from textual.widgets import Input, Static

from huddle_tui.activities.correcting import Correcting
from huddle_tui.domain.huddle import Action, Huddle, Reading
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.numbers import show
from huddle_tui.ui.past.huddle_detail import HuddleDetailScreen
from huddle_tui.ui.past.story import NumberKey
from huddle_tui.ui.round.recap import RecapScreen
from tests.kit.fakes import FakeTime
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
        await answer(at, "abc")
        assert "abc is not a number" in at.toasts
        await at.until(lambda: isinstance(at.app.focused, Input))
        assert at.app.screen.query_one(Input).value == "abc", "asked again at once, with what was typed"
        await answer(at, "7")
        await answer(at, None)
        await answer(at, "")
        assert "A correction needs a name" in at.toasts
        await at.settled()
        assert said(last(book)).actual == before.actual, "nothing without a name"
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


async def questions(at: Desk, number: str) -> list[str]:
    """What is asked one after another when that number takes the place of what was said; all else is left."""
    asked: list[str] = []
    await at.pilot.press("e")
    while "Who corrects" not in (asked[-1] if asked else ""):
        await at.until(lambda: isinstance(at.app.focused, Input))
        asked.append(str(at.app.screen.query_one(Static).render()))
        await answer(at, number if len(asked) == 1 else "Bram" if "Who corrects" in asked[-1] else None)
    await at.settled()
    return asked


async def test_a_reason_is_asked_in_words_and_only_of_a_number_that_is_missed() -> None:
    book = book_of()
    before = said(last(book))
    missed = before.red_edge - 1 if before.direction is Direction.AT_LEAST else before.red_edge + 1
    async with desk(HuddleDetailScreen(last(book).day), book, (120, 60)) as at:
        while at.screen.rows.cursor != NumberKey(before.kpi):
            at.screen.rows.move(1)
        asked = await questions(at, show(before.promise, "en", before.decimals))
        assert not any("reason" in question for question in asked)
        asked = await questions(at, show(missed, "en", before.decimals))
        (reason,) = (question for question in asked if "reason" in question)
        assert "2 waited for a colleague · 3 other work went first" in " ".join(reason.split())


async def test_the_trail_of_a_reason_is_in_words() -> None:
    book = book_of()
    day = last(book).day
    turn, reading = next((t, r) for t in last(book).turns for r in t.readings if r.status.missed)
    correcting = Correcting(book, FakeTime())
    correcting.name("Bram")
    correcting.reason(day, turn.person, reading.kpi, 2)
    correcting.reason(day, turn.person, reading.kpi, 5)
    async with desk(HuddleDetailScreen(day), book, (120, 60)) as at:
        await at.until(lambda: "reason was waited for a colleague, Bram on" in at.text())
        assert "customer" in at.text()

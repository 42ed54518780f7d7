"""A past huddle is put right from its page: what stood there, who and when stay in sight (METHOD 8)."""

from __future__ import annotations

from decimal import Decimal
from threading import Event

import pytest
from msgspec.structs import replace
from textual.events import Paste
from textual.widgets import Input, Static

from huddle_tui.activities.correcting import Correcting
from huddle_tui.domain.dates import show_day
from huddle_tui.domain.huddle import Action, Huddle, Reading
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.numbers import show
from huddle_tui.domain.open_ends import End
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.ui.past.huddle_detail import HuddleDetailScreen
from huddle_tui.ui.past.kpi_history import KpiHistoryScreen
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
        while at.screen.listed.cursor != NumberKey(before.kpi):
            at.screen.listed.move(1)
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
        await answer(at, "Somebody")
        assert "Nobody in the team is called Somebody" in at.toasts
        assert (await line(at)).value == "Somebody"
        await answer(at, "sanne")
        await at.settled()
        corrected = last(book)
        reading = next(r for t in corrected.turns for r in t.readings if r.kpi == before.kpi)
        assert reading.actual == Decimal(7)
        assert reading.status is before.yardstick.judge(Decimal(7))
        assert [(c.by, c.was) for c in reading.corrections] == [("Sanne van den Berg-Çelik", f"{before.actual:f}")]
        was = show(before.actual, "en", before.decimals)
        await at.until(lambda: f"was {was}, Sanne van den Berg-Çelik on" in at.text())
        await at.pilot.press("ctrl+z")
        await at.settled()
        assert said(last(book)) == before
        await at.until(lambda: "-Çelik on" not in at.text())


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


async def questions(at: Desk, number: str, *, wait: bool = True) -> list[str]:
    """What is asked one after another when that number takes the place of what was said; all else is left."""
    asked: list[str] = []
    await at.pilot.press("e")
    while "Who corrects" not in (asked[-1] if asked else ""):
        await at.until(lambda: isinstance(at.app.focused, Input))
        asked.append(str(at.app.screen.query_one(Static).render()))
        await answer(at, number if len(asked) == 1 else "Sanne" if "Who corrects" in asked[-1] else None)
    if wait:
        await at.settled()
    return asked


async def test_a_reason_is_asked_in_words_and_only_of_a_number_that_is_missed() -> None:
    book = book_of()
    before = said(last(book))
    missed = before.red_edge - 1 if before.direction is Direction.AT_LEAST else before.red_edge + 1
    async with desk(HuddleDetailScreen(last(book).day), book, (120, 60)) as at:
        while at.screen.listed.cursor != NumberKey(before.kpi):
            at.screen.listed.move(1)
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
    correcting.number(day, turn.person, reading.kpi, reason="2")
    correcting.number(day, turn.person, reading.kpi, reason="5")
    async with desk(HuddleDetailScreen(day), book, (120, 60)) as at:
        await at.until(lambda: "reason was waited for a colleague, Bram on" in at.text())
        assert "customer" in at.text()


def to(at: Desk, key: object) -> None:
    """The cursor to that line."""
    at.screen.listed.first()
    while at.screen.listed.cursor != key:
        at.screen.listed.move(1)


def with_an_action(book: MemoryBook) -> End:
    """An action in the last huddle, open."""
    day = last(book).day
    agreed = Action("press", "Bram", "fetches the new press")
    book.change_huddle(day, lambda huddle: replace(huddle or last(book), actions=(agreed,)))
    return End(day, action="press")


async def test_a_form_that_changes_nothing_corrects_nothing() -> None:
    book = book_of()
    before = said(last(book))
    async with desk(HuddleDetailScreen(last(book).day), book, (120, 60)) as at:
        to(at, NumberKey(before.kpi))
        await questions(at, "7")
        corrected = last(book)
        at.app.clear_notifications()
        await questions(at, "7")
        assert "Nothing was changed." in at.toasts
        assert "Corrected" not in at.toasts
        assert last(book) == corrected


async def test_one_undo_takes_back_all_of_one_form() -> None:
    book = book_of()
    whole, before = last(book), said(last(book))
    missed = before.red_edge - 1 if before.direction is Direction.AT_LEAST else before.red_edge + 1
    async with desk(HuddleDetailScreen(whole.day), book, (120, 60)) as at:
        to(at, NumberKey(before.kpi))
        await at.pilot.press("e")
        for text in (show(missed, "en", before.decimals), "calls tomorrow", "2", "Sanne"):
            await answer(at, text)
        await at.settled()
        now = next(r for r in last(book).readings if r.kpi == before.kpi)
        assert (now.actual, now.note, now.reason) == (missed, "calls tomorrow", 2)
        await at.press("ctrl+z")
        assert last(book) == whole
        assert f"The correction of {before.name} of " in at.toasts
        await at.press("ctrl+z")
        assert "There is nothing to undo here." in at.toasts


async def test_undo_takes_back_what_was_done_last_whatever_it_was() -> None:
    book = book_of()
    end, before = with_an_action(book), said(last(book))
    async with desk(HuddleDetailScreen(end.day), book, (120, 60)) as at:
        to(at, NumberKey(before.kpi))
        await questions(at, "7")
        corrected = last(book)
        to(at, end)
        await at.press("d")
        marked = last(book)
        await at.press("d")
        assert last(book) == corrected
        await at.press("ctrl+z")
        assert last(book) == marked, "what was opened again is done again"
        assert "It is marked done again." in at.toasts
        await at.press("ctrl+z")
        assert last(book) == corrected, "the mark came after the correction"
        assert "It is open again." in at.toasts
        await at.press("ctrl+z")
        assert said(last(book)) == before


async def test_undo_says_in_which_huddle_it_was_where_another_one_shows() -> None:
    book = book_of()
    before = said(last(book))
    async with desk(HuddleDetailScreen(last(book).day), book, (120, 60)) as at:
        assert isinstance(at.screen, HuddleDetailScreen)
        day = show_day(at.screen.day, "en", "dddd D MMMM YYYY")
        to(at, NumberKey(before.kpi))
        await questions(at, "7")
        at.screen.step(-1)
        await at.settled()
        assert at.screen.day != last(book).day
        await at.press("ctrl+z")
        assert said(last(book)) == before
        assert f"is taken back. That was in the huddle of {day}." in at.toasts


async def test_a_correction_that_was_overtaken_keeps_no_other_step_from_being_undone() -> None:
    book = book_of()
    end, before = with_an_action(book), said(last(book))
    async with desk(HuddleDetailScreen(end.day), book, (120, 60)) as at:
        to(at, end)
        await at.press("d")
        to(at, NumberKey(before.kpi))
        await questions(at, "7")
        theirs = Correcting(book.beside(), FakeTime())
        theirs.name("José")
        turn = next(t for t in last(book).turns if t.reading(before.kpi))
        theirs.number(end.day, turn.person, before.kpi, "8")
        await at.press("ctrl+z")
        assert "It was changed again since" in at.toasts
        await at.press("ctrl+z")
        assert last(book).actions[0].done_on is None


async def test_a_correction_that_the_disk_refuses_is_told_and_asked_again() -> None:
    book = book_of()
    before = said(last(book))
    async with desk(HuddleDetailScreen(last(book).day), book, (120, 60)) as at:
        to(at, NumberKey(before.kpi))
        book.fail_with = HuddleError("The disk is full.")
        await questions(at, "7")
        assert "The disk is full." in at.toasts
        await at.until(lambda: isinstance(at.app.focused, Input))
        assert at.app.screen.query_one(Input).value == "7"
        assert said(last(book)) == before


async def test_a_correction_that_the_disk_refuses_is_told_elsewhere_and_asked_only_in_front() -> None:
    book = book_of()
    before = said(last(book))
    go_on = Event()

    def slow() -> None:
        assert go_on.wait(30)
        raise HuddleError("The disk is full.")

    async with desk(HuddleDetailScreen(last(book).day), book, (120, 60)) as at:
        to(at, NumberKey(before.kpi))
        book.before_save = slow
        await questions(at, "7", wait=False)
        await at.pilot.press("escape")
        await at.until(lambda: not isinstance(at.app.screen, HuddleDetailScreen))
        elsewhere = at.app.screen
        go_on.set()
        await at.until(lambda: "The disk is full." in at.toasts)
        await at.settled()
        assert at.app.screen is elsewhere
        assert said(last(book)) == before


async def line(at: Desk) -> Input:
    """The line that asks."""
    await at.until(lambda: isinstance(at.app.focused, Input))
    return at.app.screen.query_one(Input)


async def test_what_was_answered_and_half_typed_is_there_again_until_it_is_corrected() -> None:
    book = book_of()
    before = said(last(book))
    assert before.actual is not None
    stood, kept = (show(value, "en", before.decimals) for value in (before.actual, before.promise))
    assert stood != kept
    async with desk(HuddleDetailScreen(last(book).day), book, (120, 60)) as at:
        to(at, NumberKey(before.kpi))
        await at.pilot.press("e")
        await answer(at, kept)
        await line(at)
        await at.pilot.press("end", "B", "r", "escape")
        assert said(last(book)) == before
        assert "Not saved, but kept" in at.toasts
        await at.pilot.press("e")
        assert (await line(at)).value == kept
        assert "Your draft is back" in at.text()
        await at.pilot.press("ctrl+z")
        assert (await line(at)).value == stood
        await at.pilot.press("ctrl+z")
        await answer(at, None)
        assert (await line(at)).value.endswith("Br"), "the plan"
        await answer(at, None)
        await answer(at, "Sanne")
        await at.settled()
        assert said(last(book)).actual == before.promise
        assert said(last(book)).note == f"{before.note}Br"
        at.app.clear_notifications()
        await at.pilot.press("e")
        await line(at)
        assert "Your draft" not in at.text(), "what was saved is no draft"


async def test_a_reason_for_new_limits_that_was_left_half_typed_is_there_again() -> None:
    book = book_of()
    kpi = said(last(book)).kpi
    async with desk(KpiHistoryScreen(kpi), book, (120, 60)) as at:
        await at.press("b")
        await line(at)
        await at.pilot.press("n", "e", "w", "escape")
        await at.press("b")
        assert (await line(at)).value == "new"
        await at.pilot.press("s", "enter")
        await at.settled()
        found = book.team().kpi(kpi)
        assert found is not None
        assert [baseline.why for baseline in found.baselines] == ["news"]
        await at.press("b")
        assert (await line(at)).value == ""


async def test_who_this_program_is_for_is_proposed_as_who_corrects() -> None:
    book = book_of()
    async with desk(HuddleDetailScreen(last(book).day), book, (120, 60)) as at:
        at.app.identity.chosen = "p1"
        to(at, NumberKey(said(last(book)).kpi))
        await at.pilot.press("e")
        while "Who corrects" not in at.text():
            await answer(at, None)
        assert (await line(at)).value == "佐藤さん"


async def test_a_paste_of_several_lines_into_a_question_is_one_line_of_all_of_it() -> None:
    book = book_of()
    async with desk(KpiHistoryScreen(said(last(book)).kpi), book, (120, 60)) as at:
        await at.press("b")
        (await line(at)).post_message(Paste("a new\npress"))
        await at.until(lambda: at.app.screen.query_one(Input).value == "a new press")


async def test_who_does_an_action_becomes_the_member_that_was_meant_when_it_is_corrected() -> None:
    book = book_of()
    end = with_an_action(book)
    async with desk(HuddleDetailScreen(end.day), book, (120, 60)) as at:
        to(at, end)
        await at.press("e")
        for text in ("san", None, None, "Sanne"):
            await answer(at, text)
        await at.settled()
        assert last(book).actions[0].who == "Sanne van den Berg-Çelik"
        to(at, end)
        await at.press("e")
        for text in ("the supplier", None, None, None):
            await answer(at, text)
        await at.settled()
        assert last(book).actions[0].who == "the supplier"

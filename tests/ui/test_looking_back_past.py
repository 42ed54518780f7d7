"""Past huddles: the list, find as you type, filters, and the huddle beside it."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from textual.content import Content, Span
from textual.widgets import Input

from huddle_tui import i18n
from huddle_tui.activities.looking_back import sought
from huddle_tui.domain.huddle import Huddle, Stuck, TurnState
from huddle_tui.domain.judging import Status
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.summary import summarise
from huddle_tui.ui.disk import BookWatch
from huddle_tui.ui.kit.rows import Words
from huddle_tui.ui.past.huddle_detail import HuddleDetailScreen
from huddle_tui.ui.past.listing import HuddleLine, marked, window
from huddle_tui.ui.past.open_ends import OpenEndsScreen
from huddle_tui.ui.past.past_huddles import PERIODS, PastHuddlesScreen, _period
from huddle_tui.ui.past.scorecard import ScorecardScreen
from huddle_tui.ui.past.story import NumberKey
from tests.kit.looking import book_of, desk, past
from tests.kit.memory_book import MemoryBook


@pytest.mark.quick
async def test_the_newest_comes_first_under_its_month() -> None:
    async with desk(PastHuddlesScreen()) as at:
        days = at.book.days()
        assert at.screen.listed.cursor == days[-1]
        assert f"60 huddles since {days[0]:%B %Y}" in at.text()
        assert f"{days[-1]:%B %Y}" in at.text()
        newest = at.book.summaries()[-1]
        assert f"{newest.kept} of {newest.due}" in at.line("▌")


async def test_j_k_g_and_G_go_through_the_list() -> None:
    async with desk(PastHuddlesScreen()) as at:
        days = at.book.days()
        await at.press("j")
        assert at.screen.listed.cursor == days[-2]
        await at.press("k", "G")
        assert at.screen.listed.cursor == days[0]
        await at.press("up", "g")
        assert at.screen.listed.cursor == days[-1]
        await at.press("pagedown", "pageup")
        assert at.screen.listed.cursor == days[-1]


async def test_enter_opens_the_huddle_and_escape_comes_back_to_it() -> None:
    async with desk(PastHuddlesScreen()) as at:
        await at.press("j", "j", "enter")
        assert isinstance(at.screen, HuddleDetailScreen)
        await at.press("escape")
        assert at.screen.AREA == "past"
        assert at.screen.listed.cursor == at.book.days()[-3]


async def test_a_click_opens_the_huddle() -> None:
    async with desk(PastHuddlesScreen()) as at:
        await at.pilot.click("#huddles", offset=(5, 3))
        await at.settled()
        assert isinstance(at.screen, HuddleDetailScreen)


@pytest.mark.quick
async def test_find_as_you_type_narrows_and_says_where() -> None:
    async with desk(PastHuddlesScreen(), size=(80, 24)) as at:
        await at.press("slash", *"leverancier")
        found = [line.key for line in at.screen.listed.lines if line.key]
        wanted = [s.day for s in reversed(at.book.summaries()) if "leverancier" in s.text]
        assert found == wanted
        assert f"{len(wanted)} of 60" in at.text()
        assert "wacht op de leverancier" in at.text() or "belt leverancier" in at.text()
        await at.press("x")
        assert "No huddle is like that." in at.text()
        await at.press("backspace", "down", "enter")
        assert at.screen.focused is None
        assert at.screen.listed.cursor == wanted[1]
        await at.press("escape")
        assert len([line for line in at.screen.listed.lines if line.key]) == 60
        assert isinstance(at.screen, PastHuddlesScreen)


async def test_the_huddle_beside_the_list_shows_what_was_found_wherever_it_was_said() -> None:
    team, huddles = past()
    last = huddles[-1]
    far = replace(last.turns[-1], stucks=(Stuck("De printer op zolder hapert"),), state=TurnState.DONE)
    early = replace(
        last.turns[0], readings=tuple(replace(r, note="wacht op lak " * 40) for r in last.turns[0].readings)
    )
    book = MemoryBook(team, [*huddles[:-1], replace(last, turns=(early, *last.turns[1:-1], far))])
    async with desk(PastHuddlesScreen(), book, size=(110, 26)) as at:
        await at.until(lambda: "wacht op lak" in at.text())
        assert "zolder" not in at.text()
        await at.press("slash", *"zolder")
        await at.until(lambda: "De printer op zolder hapert" in at.text())
        await at.press(*["backspace"] * 6, *"kpi:getal")
        await at.until(lambda: "De printer op zolder" not in at.text() and "wacht op lak" in at.text())


def test_what_was_found_is_marked_where_it_stands() -> None:
    lines = [Words(Content("Getal 1"), NumberKey("k1")), Words(Content("")), Words(Content("De LAK van Getal 1"))]
    drawn, at = marked(lines, sought("lak"), 40)
    assert at == 2
    assert drawn[2].spans == [Span(3, 6, "reverse")]
    drawn, at = marked(lines, sought("kpi:getal"), 40)
    assert at == 0
    assert (drawn[0].spans, drawn[2].spans) == ([Span(0, 5, "reverse")], [])
    assert sought("late kpi:  offers") == sought("late kpi:offers")
    assert marked(lines, sought("elders"), 40)[1] == 0
    assert window([Content(str(n)) for n in range(30)], 25, 9)[3].plain == "24"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_what_was_found_stands_apart_from_what_the_huddle_came_to(language: str) -> None:
    i18n.use(language)
    held = next(summary for summary in past()[1] if summary.ended_at is not None)
    kept = replace(summarise(held), due=4, kept=4, red=0, text="telefonie belt niet terug")
    for due in (4, 0):
        line = HuddleLine(replace(kept, due=due), sought("telefonie")).draw(76).plain
        assert "  telefonie belt niet terug" in line
    line = HuddleLine(replace(kept, due=6), sought("")).draw(76).plain
    assert "✗ 2" in line
    assert not any(status.glyph in line for status in Status), "not kept is no status"
    i18n.use("en")


async def test_letters_in_the_field_are_text_and_not_keys() -> None:
    async with desk(PastHuddlesScreen()) as at:
        await at.press("slash", "f", "q", "p")
        assert at.screen.query_one("#find", Input).value == "fqp"


async def test_filters_by_red_flags_person_and_period() -> None:
    async with desk(PastHuddlesScreen()) as at:
        summaries = at.book.summaries()
        await at.press("f")
        assert [line.key for line in at.screen.listed.lines if line.key] == [
            s.day for s in reversed(summaries) if s.red
        ]
        assert "with red flags" in at.text()
        await at.press("f", "p", "p")
        person = at.book.team().people[1]
        shown = [line.key for line in at.screen.listed.lines if line.key]
        assert shown == [s.day for s in reversed(summaries) if person.name in s.present]
        assert f"with {person.name}" in at.text()
        await at.press("escape", "d", "d")
        assert "last month" in at.text()
        await at.press("escape")
        assert len([line for line in at.screen.listed.lines if line.key]) == 60


def test_periods_are_whole_months_quarters_and_years() -> None:
    today = date(2026, 5, 20)
    spans = [_period(choice, today) for choice in range(len(PERIODS))]
    assert spans == [
        (None, None),
        (date(2026, 5, 1), date(2026, 5, 31)),
        (date(2026, 4, 1), date(2026, 4, 30)),
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2025, 1, 1), date(2025, 12, 31)),
    ]


async def test_the_huddle_at_hand_stands_beside_the_list_where_there_is_room() -> None:
    async with desk(PastHuddlesScreen(), size=(120, 40)) as at:
        assert f"{at.book.days()[-1]:%A}" in at.text()
        await at.press("j")
        await at.pilot.pause(0.15)
        await at.settled()
        day = at.book.days()[-2]
        assert f"{day:%A} {day.day} {day:%B %Y}" in at.text()
    async with desk(PastHuddlesScreen(), size=(80, 24)) as at:
        assert f"{at.book.days()[-1]:%A}" not in at.text()


async def test_what_another_program_saves_shows_up_while_you_look() -> None:
    team, huddles = past()
    book = MemoryBook(team, huddles[:-1])
    async with desk(PastHuddlesScreen(), book) as at:
        await at.press("j")
        assert at.screen.listed.cursor == huddles[-3].day
        book.beside().change_huddle(huddles[-1].day, lambda _none: huddles[-1])
        for _ in range(40):
            await at.pilot.pause(0.05)
            if any(line.key == huddles[-1].day for line in at.screen.listed.lines):
                break
        await at.settled()
        assert any(line.key == huddles[-1].day for line in at.screen.listed.lines)
        assert at.screen.listed.cursor == huddles[-3].day


async def test_s_goes_to_the_scorecard() -> None:
    async with desk(PastHuddlesScreen()) as at:
        await at.press("s")
        assert isinstance(at.screen, ScorecardScreen)


async def test_an_empty_book_says_so() -> None:
    async with desk(PastHuddlesScreen(), MemoryBook(past()[0])) as at:
        assert "There is no huddle to look back at yet" in at.text()
        await at.press("enter", "j", "G", "f", "p", "d", "escape")


async def test_a_huddle_that_runs_says_that_it_is_not_closed() -> None:
    team, huddles = past()
    running: Huddle = replace(huddles[-1], ended_at=None)
    async with desk(PastHuddlesScreen(), MemoryBook(team, [*huddles[:-1], running])) as at:
        assert "not closed" in at.line("▌")


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (110, 34), (200, 60), (1, 1), (20, 5)])
async def test_every_size(size: tuple[int, int]) -> None:
    async with desk(PastHuddlesScreen(), size=size) as at:
        await at.press("j", "G", "slash", "a", "escape")


async def test_finding_from_elsewhere_starts_in_the_field() -> None:
    async with desk(ScorecardScreen(), book_of(2)) as at:
        await at.press("slash", "z")
        assert isinstance(at.screen, PastHuddlesScreen)
        assert at.screen.query_one("#find", Input).value == "z"


async def test_the_book_is_watched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    watched: list[BookWatch] = []
    monkeypatch.setattr(BookWatch, "start", lambda watch: watched.append(watch))
    async with desk(PastHuddlesScreen()) as at:
        assert [watch.screen for watch in watched].count(at.screen) == 1


async def test_what_is_told_of_a_screen_is_gone_with_it_and_what_went_wrong_stays() -> None:
    book = book_of()
    async with desk(OpenEndsScreen(), book) as at:
        await at.press("ctrl+z")
        assert "There is nothing to undo here." in at.toasts
        await at.press("f1")
        assert at.toasts == ""
        await at.press("escape")
        book.fail_with = HuddleError("The disk is full.")
        await at.press("d", "escape")
        assert at.toasts == "The disk is full."

"""Kept promises on the screens: a new baseline, news beside a red flag, the pile of reasons (METHOD 11 and 12)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from huddle_tui import i18n
from huddle_tui.domain.history import gather, page
from huddle_tui.domain.huddle import Huddle, Turn, TurnState
from huddle_tui.domain.judging import Status
from huddle_tui.domain.promises import account
from huddle_tui.domain.reasons import REASONS, Hands
from huddle_tui.domain.scorecard import order
from huddle_tui.domain.team import Team
from huddle_tui.i18n import _
from huddle_tui.ui.past.kpi_history import KpiHistoryScreen
from huddle_tui.ui.past.looking import LookingScreen
from huddle_tui.ui.past.quarter import QuarterScreen
from huddle_tui.ui.past.scorecard import ScorecardScreen
from huddle_tui.ui.past.team_over_time import TeamOverTimeScreen
from tests.kit.fakes import MONDAY, FakeTime, small_team
from tests.kit.looking import desk
from tests.kit.memory_book import MemoryBook
from tests.kit.random_books import said
from tests.kit.round_table import table

SOLVED = "sanne-opgelost"


def history(team: Team, values: Sequence[int]) -> Iterator[Huddle]:
    """A huddle per working day up to the one before Monday, in which Sanne said her first number alone."""
    kpi = team.kpi(SOLVED)
    assert kpi is not None
    days: list[date] = [team.calendar.before(MONDAY)]
    while len(days) < len(values):
        days.append(team.calendar.before(days[-1]))
    for day, value in zip(reversed(days), values, strict=True):
        reading = said(
            team.reporting_day(day), kpi, team, Decimal(value), reason=(2, 5, 9)[value % 3] if value < 8 else None
        )
        now = FakeTime(day).now()
        turn = Turn("sanne", "Sanne", TurnState.DONE, readings=(reading,))
        yield Huddle(day, team.name, turns=(turn,), started_at=now, ended_at=now)


def one_silent() -> MemoryBook:
    """Three promises fell due: two were kept, of the last one nothing was reported."""
    *before, last = history(small_team(), (9, 9, 9))
    [turn] = last.turns
    silent = replace(turn, readings=tuple(replace(r, actual=None, status=Status.NOT_MEASURED) for r in turn.readings))
    return MemoryBook(small_team(), [*before, replace(last, turns=(silent,))])


STEADY = (8, 9) * 8
WILD = (4, 13) * 8


@pytest.mark.parametrize("size", [(80, 24), (110, 34)])
async def test_the_limits_begin_anew_from_a_chosen_day_with_a_reason_and_ctrl_z_takes_it_back(
    size: tuple[int, int],
) -> None:
    book = MemoryBook(small_team(), history(small_team(), STEADY))
    async with desk(KpiHistoryScreen(SOLVED), book, size) as at:
        assert "natural limits" in at.text()
        await at.press("j", "j")
        chosen = at.screen.listed.cursor
        await at.pilot.press("b")
        await at.pilot.press(*"press", "enter")
        await at.settled()
        known = book.team().kpi(SOLVED)
        assert known is not None
        (began,) = known.baselines
        assert isinstance(chosen, date)
        assert (began.day, began.why) == (book.team().reporting_day(chosen), "press")
        assert "limits begin on" in at.text()
        assert "natural limits" not in at.text(), "three values have none"
        await at.press("ctrl+z")
        known = book.team().kpi(SOLVED)
        assert known is not None
        assert known.baselines == ()
        assert "limits begin on" not in at.text()
        assert "natural limits" in at.text()


@pytest.mark.parametrize(
    ("values", "line"),
    [
        (STEADY, "news: outside its limits, far below the mean of 8,5"),
        (WILD, "within its usual range: change the process, not the person"),
        (STEADY[:4], ""),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_red_flag_says_whether_it_is_news(values: Sequence[int], line: str, size: tuple[int, int]) -> None:
    book = MemoryBook(small_team(), history(small_team(), values))
    async with table(book, size) as t:
        await t.keys("|", "4|")
        assert t.huddle.readings[0].status.value == "red"
        if line:
            await t.until(lambda: line in t.text())
        else:
            assert "news:" not in t.text()
            assert "usual range" not in t.text()


@pytest.mark.parametrize("size", [(80, 24), (110, 34), (200, 60)])
async def test_over_time_shows_the_pile_of_reasons_and_in_whose_hands_they_were(size: tuple[int, int]) -> None:
    book = MemoryBook(small_team(), history(small_team(), (5, 9, 6, 7, 9, 5, 8, 7)))
    past = gather(book.team(), (), map(page, book.huddles(book.days())), complete=True)
    pile = account(past, order(past, retired=True)).pile
    assert (pile.in_hands(Hands.OURS), pile.total) == (1, 5)
    async with desk(TeamOverTimeScreen(), book, size) as at:
        shown = " ".join(at.text().split())
        assert f"{pile.in_hands(Hands.OURS)} of {pile.total} misses were in our own hands" in shown
        reason, count = pile.counts[0]
        assert f"{count}× {REASONS[reason].words}" in shown


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("screen", [TeamOverTimeScreen, QuarterScreen])
async def test_a_pile_of_every_reason_is_not_cut_at_80_columns(screen: type[LookingScreen], language: str) -> None:
    huddles = []
    for reason, huddle in zip(REASONS, history(small_team(), (5,) * len(REASONS)), strict=True):
        (turn,) = huddle.turns
        missed = replace(turn.readings[0], reason=reason)
        huddles.append(replace(huddle, turns=(replace(turn, readings=(missed,)),)))
    i18n.use(language)
    try:
        async with desk(screen(), MemoryBook(small_team(), huddles), (80, 24)) as at:
            shown = " ".join(at.text().split())
            assert all(f"1× {_(reason.words)}" in shown for reason in REASONS.values()), at.text()
    finally:
        i18n.use("en")


@pytest.mark.parametrize("size", [(80, 24), (110, 34)])
async def test_over_time_shows_kept_of_what_fell_due_and_what_else_there_was(size: tuple[int, int]) -> None:
    async with desk(TeamOverTimeScreen(), one_silent(), size) as at:
        shown = " ".join(at.text().split())
        assert ("2 of 3 kept" if size[0] == 80 else "of 3 ") in shown
        assert "1 not reported" in shown


async def test_the_scorecard_says_of_a_number_what_else_there_was() -> None:
    async with desk(ScorecardScreen(), one_silent(), (110, 34)) as at:
        assert "kept 2 of 3 · 1 not reported" in at.text()


async def test_a_number_s_page_says_what_else_there_was_and_counts_one_as_one() -> None:
    async with desk(KpiHistoryScreen(SOLVED), one_silent(), (110, 34)) as at:
        assert "1 not reported" in at.text()
        assert "last 3 readings" in at.text()
    async with desk(KpiHistoryScreen(SOLVED), MemoryBook(small_team(), history(small_team(), (9,))), (110, 34)) as at:
        assert "1 reading" in at.text()
        assert "1 readings" not in at.text()

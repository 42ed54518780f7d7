"""The scorecard: rows, columns, cells, and the keys that lead from them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from huddle_tui import i18n
from huddle_tui.domain.history import gather, page
from huddle_tui.domain.huddle import Huddle, Reading, Turn, TurnState
from huddle_tui.domain.judging import Status
from huddle_tui.domain.scorecard import By, ScorecardRow, scorecard
from huddle_tui.domain.summary import summarise
from huddle_tui.domain.workdays import Period
from huddle_tui.i18n import locale
from huddle_tui.ui.kit.grid import Grid
from huddle_tui.ui.past.huddle_detail import HuddleDetailScreen
from huddle_tui.ui.past.person import PersonScreen
from huddle_tui.ui.past.scorecard import ScorecardScreen
from huddle_tui.words import over
from tests.kit.fakes import small_team
from tests.kit.looking import Desk, book_of, desk, past
from tests.kit.memory_book import MemoryBook


def rows(by: By = By.HUDDLE, span: int | None = 13, *, retired: bool = False, seed: int = 1) -> list[ScorecardRow]:
    """What the scorecard should show."""
    team, huddles = past(seed)
    whole = gather(team, map(summarise, huddles), map(page, huddles), complete=True)
    return list(scorecard(whole, by, span, retired=retired).rows)


def grid(at: Desk) -> Grid:
    return at.screen.query_one(Grid)


async def test_the_figures_of_every_row() -> None:
    async with desk(ScorecardScreen(), size=(160, 60)) as at:
        assert [line.key for line in grid(at).lines if line.key] == [row.kpi.id for row in rows()]
        for row in rows():
            line = (
                at.line(f"▌{'★ ' if row.kpi.most_important else '  '}{row.kpi.name}"[:12]) if row is rows()[0] else ""
            )
            shown = [text for text in at.text().split("\n") if row.kpi.name[:20] in text and "of" in text]
            assert any(f"{row.kept.kept} of {row.kept.due}" in text for text in (*shown, line)) or not row.kept.due
        total = sum(row.kept.due for row in rows())
        assert f"of {total}" in at.text()


@pytest.mark.quick
async def test_the_story_of_the_cell_at_hand() -> None:
    async with desk(ScorecardScreen()) as at:
        first = rows()[0]
        said = first.cells.get(at.book.days()[-1])
        if said:
            assert said[-1].reading.note in at.text()
        for _ in range(5):
            await at.press("h")
        column = at.book.days()[-6]
        told = first.cells.get(column)
        if told:
            one = told[-1].reading
            calendar = at.book.team().calendar
            assert f"over {over(one.period, one.day, calendar, locale())}" in at.text()
        else:
            assert "Nothing was said of it here." in at.text()


async def test_a_column_says_what_it_is_about_where_that_is_another_day() -> None:
    team, huddles = past()
    calendar = team.calendar

    def about(day_of: Callable[[date], date]) -> MemoryBook:
        """The past with every number a day's, about that day of its huddle."""
        told = []
        for huddle in huddles:
            day = day_of(huddle.day)
            turns = [
                replace(turn, readings=tuple(replace(r, period=Period.DAY, day=day) for r in turn.readings))
                for turn in huddle.turns
            ]
            told.append(replace(huddle, turns=tuple(turns)))
        return MemoryBook(team, told)

    async with desk(ScorecardScreen(), about(calendar.before)) as at:
        days, lines = at.book.days(), at.text().split("\n")
        below = lines[next(place for place, line in enumerate(lines) if "promise" in line) + 1]
        assert below.split()[-1] == str(calendar.before(days[-1]).day)
        assert "over" in below
    async with desk(ScorecardScreen(), about(lambda day: day)) as at:
        assert grid(at).head == 2


async def test_a_column_of_a_weekly_team_says_which_week() -> None:
    team = replace(small_team(), meets=frozenset({0}))
    kpi, *_others = team.kpis
    weekly = replace(kpi, period=Period.WEEK)
    huddles = []
    for monday in (date(2026, 11, 16), date(2026, 11, 23)):
        reading = Reading(
            kpi=weekly.id, name=weekly.name, day=team.calendar.before(monday), promise=weekly.promise,
            pace=weekly.promise, red_edge=weekly.promise, actual=weekly.promise, status=Status.GREEN,
            period=Period.WEEK,
        )  # fmt: skip
        turn = Turn(weekly.owner, "Sanne", TurnState.DONE, readings=(reading,))
        held = datetime(monday.year, monday.month, monday.day, 9, 7, tzinfo=UTC)
        huddles.append(Huddle(monday, team.name, started_at=held, ended_at=held, turns=(turn,)))
    async with desk(ScorecardScreen(), MemoryBook(replace(team, kpis=(weekly,)), huddles)) as at:
        assert "over" in at.line("wk 47")
        assert "wk 46" in at.line("wk 47")
        assert "over week 47" in at.text()


@pytest.mark.quick
async def test_enter_leads_to_the_huddle_n_to_the_number_p_to_the_person() -> None:
    async with desk(ScorecardScreen()) as at:
        await at.press("h", "h", "enter")
        assert isinstance(at.screen, HuddleDetailScreen)
        assert at.screen.day == at.book.days()[-3]
        await at.press("escape", "j", "n")
        assert at.screen.AREA == "number"
        assert at.screen.query_one("#bar")
        assert rows()[1].kpi.name in at.text()
        await at.press("escape", "p")
        assert at.screen.AREA == "person"
        assert rows()[1].owner in at.text()
        await at.press("escape")
        assert grid(at).cursor == rows()[1].kpi.id
        assert grid(at).column == 57


async def test_columns_per_week_and_per_month() -> None:
    async with desk(ScorecardScreen(), size=(150, 44)) as at:
        await at.press("w")
        assert "last 13 weeks" in at.text()
        assert "wk " in at.text()
        assert grid(at).column == len({c for row in rows(By.WEEK) for c in row.cells}) - 1
        await at.press("w")
        assert "last 13 months" in at.text()
        await at.press("enter")
        assert at.screen.AREA == "huddle"
        await at.press("escape", "w")
        assert "last 13 huddles" in at.text()


async def test_kept_over_more_columns() -> None:
    async with desk(ScorecardScreen()) as at:
        for span in ("26", "52"):
            await at.press("t")
            assert f"last {span} huddles" in at.text()
            judged = sum(row.kept.due for row in rows(span=int(span)))
            assert f"of {judged}" in at.text()
        await at.press("t")
        assert "all huddles" in at.text()


async def test_retired_numbers_can_be_shown() -> None:
    team, huddles = past()
    gone = replace(
        team, kpis=tuple(replace(k, retired_on=huddles[-1].day) if n == 0 else k for n, k in enumerate(team.kpis))
    )
    async with desk(ScorecardScreen(), MemoryBook(gone, huddles), (120, 50)) as at:
        hidden = gone.kpis[0]
        assert hidden.id not in [line.key for line in grid(at).lines]
        await at.press("r")
        assert hidden.id in [line.key for line in grid(at).lines]
        await at.press("r")
        assert hidden.id not in [line.key for line in grid(at).lines]


async def test_the_last_thirteen_stand_before_the_rest_is_read() -> None:
    book = book_of(1)
    async with desk(ScorecardScreen(), book) as at:
        assert at.app.looking.past is not None
        assert at.app.looking.past.complete
        assert grid(at).column == 59  # the newest
        await at.press("H", "H", "shift+left", "L", "l")
        assert grid(at).column >= 0


async def test_what_is_hidden_shows_nowhere() -> None:
    async with desk(ScorecardScreen(), size=(200, 60)) as at:
        assert any(t.hidden for h in at.book.huddles(at.book.days()) for t in h.turns)
        for keys in ((), ("w",), ("w",), ("n",), ("escape", "p"), ("escape", "enter")):
            await at.press(*keys)
            assert "777" not in at.text()
        await at.press("escape", "slash", "7", "7", "7")
        assert "No huddle is like that." in at.text()


async def test_a_page_to_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with desk(ScorecardScreen()) as at:
        await at.press("w", "x")
        (saved,) = tmp_path.iterdir()
        assert saved.suffix == ".html"
        assert "Per week" in saved.read_text("utf-8")
        assert "Saved as" in at.text()


async def test_a_page_that_cannot_be_saved_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    async with desk(ScorecardScreen()) as at:
        await at.press("x")
        assert "cannot be written" in at.toasts


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (98, 30), (150, 44), (200, 60), (300, 100), (1, 1), (30, 8)])
async def test_every_size(size: tuple[int, int]) -> None:
    async with desk(ScorecardScreen(), size=size) as at:
        await at.press("j", "G", "h", "H", "w", "l", "g")
        if size[0] >= 60:
            assert f"{rows()[0].kpi.name}"[:8] in at.text()


async def test_the_title_is_whole_at_80_columns_in_dutch() -> None:
    i18n.use("nl")
    try:
        async with desk(ScorecardScreen(), size=(80, 24)) as at:
            assert " · laatste 13 huddles " in at.line("scorekaart")
            assert "%" in at.line("scorekaart")
    finally:
        i18n.use("en")


async def test_an_empty_book_says_so() -> None:
    async with desk(ScorecardScreen(), MemoryBook(replace(past()[0], kpis=()))) as at:
        assert "There is no huddle to look back at yet" in at.text()
        await at.press("enter", "n", "p", "h", "j", "w", "t", "r")


async def test_a_book_whose_people_are_gone_does_not_say_that_there_were_no_huddles() -> None:
    team, huddles = past()
    async with desk(ScorecardScreen(), MemoryBook(replace(team, people=()), huddles), (80, 24)) as at:
        assert "no huddle to look back at" not in at.text()
        assert "Nobody in the team reads out a number now: r shows those of before." in at.text()
        await at.press("r")
        assert rows()[0].kpi.name[:12] in at.text()


async def test_a_team_that_never_had_a_number_is_not_sent_to_those_of_before() -> None:
    team, huddles = past()
    bare = [replace(h, turns=tuple(replace(t, readings=(), hidden=None) for t in h.turns)) for h in huddles]
    async with desk(ScorecardScreen(), MemoryBook(replace(team, kpis=()), bare), (80, 24)) as at:
        await at.press("r")
        assert "There is no number yet, nor was there one: people get theirs under Team." in at.text()


async def test_a_team_without_huddles_shows_its_numbers() -> None:
    async with desk(ScorecardScreen(), MemoryBook(past()[0])) as at:
        assert rows()[0].kpi.name in at.text()
        await at.press("enter", "h", "l", "n")
        assert at.screen.AREA == "number"
        assert "Nothing was said of it yet." in at.text()
        await at.press("p")
        assert isinstance(at.screen, PersonScreen)

"""The team on the screen: every key, what the coach says beside it, undo, and what another program changes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from threading import Event, current_thread, main_thread
from typing import Any

import pytest
from msgspec.structs import replace

from huddle_tui import i18n
from huddle_tui.activities import coaching
from huddle_tui.activities.looking_back import LookingBack
from huddle_tui.activities.setting_up import SettingUp
from huddle_tui.domain import team_edits as edits
from huddle_tui.domain.coach import advise
from huddle_tui.domain.huddle import Huddle, Turn, TurnState
from huddle_tui.domain.team import Measures, Team, Timing
from huddle_tui.ui.kit.rows import Menu
from huddle_tui.ui.team.import_preview import ImportScreen
from huddle_tui.ui.team.kpi_form import KpiForm
from huddle_tui.ui.team.pace_chart import PaceChartScreen
from huddle_tui.ui.team.person_drawn import counts
from huddle_tui.ui.team.person_form import PersonForm
from huddle_tui.ui.team.settings_form import SettingsForm
from huddle_tui.ui.team.team import TeamScreen
from tests.kit.driven import at_rest, toasts
from tests.kit.fakes import MONDAY, FakeTime, small_team
from tests.kit.memory_book import MemoryBook
from tests.kit.random_books import said
from tests.kit.team_table import opened


@pytest.mark.quick
async def test_people_their_numbers_and_what_the_coach_says_of_them() -> None:
    async with opened(small_team(), lambda _app: TeamScreen(), (110, 34), "en") as hands:
        assert "3 people · 12 numbers" in hands.text()
        assert "the coach has 4 remarks" in hands.text()  # nobody has a leading number, and there is no chart
        assert "Sanne has no leading number" in hands.told("coach")
        assert "Directeur Enthousiaste Klanten" in hands.text()
        await hands.press("down")
        assert "At least 8 a day: count on me" in hands.told("told")
        assert "6,8" in hands.told("facts")


def test_the_axes_count_each_side() -> None:
    team = small_team("en")
    kpis = (
        replace(team.kpis[0], timing=Timing.LEADING),
        replace(team.kpis[1], measures=Measures.INPUT),
        *team.kpis[2:4],
    )
    assert [(first, second) for _one, first, _other, second in counts(kpis)] == [(1, 3), (3, 1), (4, 0), (4, 0)]


async def test_enter_opens_what_the_cursor_is_on() -> None:
    async with opened(small_team(), lambda _app: TeamScreen()) as hands:
        await hands.press("enter")
        hands.on(PersonForm)
        await hands.press("escape", "j", "enter")
        hands.on(KpiForm)
        await hands.press("escape", "n")
        assert hands.on(KpiForm).heading()[1] == "Sanne"
        await hands.press("escape", "a")
        hands.on(PersonForm)
        await hands.press("escape", "p")
        hands.on(PaceChartScreen)
        await hands.press("escape", "s")
        hands.on(SettingsForm)
        await hands.press("escape", "i")
        hands.on(ImportScreen)
        await hands.press("escape")
        hands.on(TeamScreen)


async def test_moving_people_and_numbers() -> None:
    async with opened(small_team(), lambda _app: TeamScreen()) as hands:
        await hands.press("J")
        assert [p.name for p in hands.team.people] == ["José", "Sanne", "Fatima"]
        await hands.press("K")
        assert [p.name for p in hands.team.people] == ["Sanne", "José", "Fatima"]
        await hands.press("down", "down", "shift+down")
        assert [k.name for k in hands.team.kpis_of("sanne")][1:3] == ["Bezoeken", "Klachten open"]


async def test_the_star_goes_to_another_number() -> None:
    async with opened(small_team(), lambda _app: TeamScreen()) as hands:
        await hands.press("down", "down", "asterisk")
        assert [k.name for k in hands.team.kpis_of("sanne") if k.most_important] == ["Klachten open"]
        assert hands.on(TeamScreen).query_one(Menu).cursor == "kpi/sanne-open"


@pytest.mark.quick
async def test_removing_is_undone_and_what_has_a_history_is_kept() -> None:
    async with opened(small_team(), lambda _app: TeamScreen(), language="en") as hands:
        before = hands.team
        await hands.press("x")
        assert [p.name for p in hands.team.people] == ["José", "Fatima"]  # never in a huddle: as if never there
        assert "Sanne is gone" in hands.toasts
        await hands.press("ctrl+z")
        await hands.until(lambda: hands.team == before)
        day = date(2026, 11, 20)
        turn = Turn("sanne", "Sanne", TurnState.DONE)
        hands.book.change_huddle(day, lambda _none: Huddle(day, "Voorbeeld", turns=(turn,)))
        await hands.press("g", "x")
        assert hands.team.people[0].left_on == FakeTime().today()
        assert "Sanne" not in hands.text().replace("Sanne is gone", "")
        await hands.press("o", "G", "k", "k", "k", "k")
        assert "No longer here" in hands.text()
        await hands.press("x")
        assert hands.team.people[0].left_on is None


async def test_a_retired_number_comes_back() -> None:
    team = small_team()
    team = edits.remove_kpi(team, "sanne-bezoek", date(2026, 11, 20), has_history=True)
    async with opened(team, lambda _app: TeamScreen(), (110, 34)) as hands:
        assert hands.text().count("Bezoeken") == 2
        await hands.press("o", "G", "x")
        assert hands.team.kpi("sanne-bezoek").retired_on is None  # type: ignore[union-attr]


async def test_the_coach_leads_from_one_person_to_the_next() -> None:
    team = small_team()
    team = replace(team, kpis=tuple(replace(k, timing=Timing.LEADING) if k.owner == "josé" else k for k in team.kpis))
    async with opened(team, lambda _app: TeamScreen(), language="en") as hands:
        menu = hands.on(TeamScreen).query_one(Menu)
        await hands.press("c")
        assert menu.key == "person/fatima"
        await hands.press("c")
        assert menu.key == "person/sanne"


async def test_when_only_the_chart_is_wrong_the_coach_points_there() -> None:
    team = small_team()
    team = replace(team, kpis=tuple(replace(k, timing=Timing.LEADING) for k in team.kpis))
    async with opened(team, lambda _app: TeamScreen(), language="en") as hands:
        await hands.press("c")
        assert "about the PACe chart: p." in hands.toasts


async def test_a_coach_who_still_reads_says_nothing_before_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    team, read, advised = small_team(), Event(), coaching.past_advice
    team = replace(team, kpis=tuple(replace(k, timing=Timing.LEADING) for k in team.kpis))
    monkeypatch.setattr(coaching, "past_advice", lambda *args: read.wait(30) and advised(*args))
    monkeypatch.setattr("huddle_tui.ui.team.team.advise", lambda _team: [])
    async with opened(team, lambda _app: TeamScreen(), language="en") as hands:
        await hands.pilot.press("c")
        assert hands.toasts == ""
        assert "silent" not in hands.text()
        read.set()
        await hands.until(lambda: "The coach has nothing to say" in hands.toasts)
        assert "the coach is silent" in hands.text()


async def test_the_same_sentence_again_takes_the_place_of_the_one_that_stands() -> None:
    async with opened(small_team(), lambda _app: TeamScreen()) as hands:
        for sentence in ("Saved.", "Something else.", "Saved.", "Saved."):
            hands.on(TeamScreen).tell(sentence)
        await hands.until(lambda: hands.app._notifications)
        assert toasts(hands.app) == ["Something else.", "Saved."]


async def test_what_another_program_changes_shows_up() -> None:
    async with opened(small_team(), lambda _app: TeamScreen()) as hands:
        theirs = SettingUp(hands.book.beside(), FakeTime())
        theirs.do(lambda t: edits.add_person(t, "Bram"))
        await hands.until(lambda: "Bram" in hands.text())


async def test_an_undo_leaves_what_somebody_else_did_since() -> None:
    async with opened(small_team(), lambda _app: TeamScreen(), language="en") as hands:
        await hands.press("down", "down", "asterisk")
        theirs = SettingUp(hands.book.beside(), FakeTime())
        theirs.do(lambda t: edits.star(t, "sanne-bezoek"))
        await hands.press("ctrl+z")
        await hands.until(lambda: "Undone" in hands.toasts)
        assert [k.name for k in hands.team.kpis_of("sanne") if k.most_important] == ["Bezoeken"]


async def test_an_undo_that_clashes_is_told_and_changes_nothing() -> None:
    async with opened(small_team(), lambda _app: TeamScreen(), language="en") as hands:
        await hands.press("J")
        theirs = SettingUp(hands.book.beside(), FakeTime())
        theirs.do(lambda t: edits.move_person(t, "fatima", -1))
        stored = hands.team
        await hands.press("ctrl+z")
        await hands.until(lambda: "somebody else" in hands.toasts)
        assert hands.team == stored


async def test_an_empty_team_says_what_to_do() -> None:
    team = replace(small_team(), people=(), kpis=())
    async with opened(team, lambda _app: TeamScreen(), language="en") as hands:
        assert "a adds somebody" in hands.told("told")
        await hands.press("x", "enter", "n", "J")
        hands.on(TeamScreen)
        await hands.press("a")
        await hands.type("Sanne|Directeur|||")
        assert [p.name for p in hands.team.people] == ["Sanne"]
        hands.on(TeamScreen)


def test_everything_the_coach_can_say_is_said_in_dutch() -> None:
    """One and several, and with an example in it."""
    team = small_team()
    few = replace(team, kpis=team.kpis[:1] + tuple(replace(k, owner="josé") for k in team.kpis[4:6]))
    one = edits.add_process(few, "Verkoop", None, ("Omzet",))
    before = i18n.language(), i18n.locale()
    try:
        i18n.use("nl")
        for made in (few, one, edits.add_process(one, "HR"), team):
            for advice in advise(made):
                assert i18n.say(advice.sentence) != str(advice.sentence)
        assert any("van lead tot deal" in i18n.say(a.sentence) for a in advise(one))
    finally:
        i18n.use(*before)


async def test_what_is_typed_while_a_form_opens_lands_in_the_form() -> None:
    """Not in the list behind it, where x would take somebody away."""
    async with opened(small_team(), lambda _app: TeamScreen()) as hands:
        await hands.type("jnXylofoon xxx|")
        assert hands.field("name").value == "Xylofoon xxx"
        assert hands.on(KpiForm).heading()[1] == "Sanne"
        assert len(hands.team.kpis) == 12


async def test_the_coach_speaks_of_thirteen_weeks_beside_the_set_up() -> None:
    team = small_team(people=1)
    days = [MONDAY - timedelta(days=3)]
    while len(days) < 20:
        days.append(team.calendar.before(days[-1]))
    kpi = team.kpis[0]

    def held(day: date) -> Huddle:
        reading = said(team.reporting_day(day), kpi, team, Decimal(9))
        now = FakeTime(day).now()
        turn = Turn("sanne", "Sanne", TurnState.DONE, readings=(reading,))
        return Huddle(day, team.name, turns=(turn,), started_at=now, ended_at=now)

    book = MemoryBook(team, map(held, days))
    async with opened(team, lambda _app: TeamScreen(), (110, 34), "en", book=book) as hands:
        before = len(advise(team))
        await hands.until(lambda: f"the coach has {before + 1} remarks" in hands.text())
        assert "was kept 20 times out of 20 in thirteen weeks" in " ".join(hands.told("coach").split())
        assert f"›{before}" in hands.text()  # one of them is about the chart, one more about Sanne's promise
        await hands.press("down")
        assert "raise it, or give it up" in " ".join(hands.told("coach").split())
        await hands.press("down")
        assert "raise it" not in hands.told("coach")


async def test_another_size_lays_out_again_and_reads_only_once_it_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    advised, back_to, team = coaching.past_advice, LookingBack.back_to, MemoryBook.team

    def looking_back(self: LookingBack, *args: Any) -> object:
        read.append("past")
        return back_to(self, *args)

    def coach(*args: Any) -> object:
        read.append("coach")
        return advised(*args)

    def stored(self: MemoryBook) -> Team:
        if current_thread() is main_thread():
            read.append("team")
        return team(self)

    monkeypatch.setattr(coaching, "past_advice", coach)
    monkeypatch.setattr(LookingBack, "back_to", looking_back)
    monkeypatch.setattr(MemoryBook, "team", stored)
    async with opened(small_team(), lambda _app: TeamScreen(), (110, 34), "en") as hands:
        screen = hands.on(TeamScreen)
        await hands.until(lambda: at_rest(hands.app))
        assert read.count("coach") == read.count("team"), "a silent coach is asked once each time the team is shown"
        read.clear()
        for size in ((100, 30), (90, 28), (139, 39)):
            await hands.pilot.resize_terminal(*size)
            await hands.until(lambda: at_rest(hands.app))
        assert read == []
        await hands.pilot.resize_terminal(150, 45)
        await hands.until(lambda: read and screen.large and at_rest(hands.app))
        assert read == ["past", "past"], "thirteen weeks, then as many months"
        await hands.pilot.resize_terminal(160, 48)
        await hands.until(lambda: at_rest(hands.app))
        assert read == ["past", "past"]

"""Home: what it says of the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from huddle_tui import i18n
from huddle_tui.activities.checking_in import CheckingIn
from huddle_tui.activities.hosting import Hosting
from huddle_tui.activities.on_disk import close
from huddle_tui.activities.settling import mark
from huddle_tui.activities.standing import standing
from huddle_tui.domain.huddle import Huddle, Stage, Stuck, Turn, TurnState
from huddle_tui.domain.judging import Status
from huddle_tui.domain.open_ends import open_ends
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Person, Team
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.home.home import HomeScreen
from huddle_tui.ui.places import Home
from huddle_tui.words import amount
from tests.kit.driven import at_rest, on_screen, toasts, until
from tests.kit.fakes import MONDAY, FakeTime, small_team
from tests.kit.looking import past, tomorrow
from tests.kit.memory_book import MemoryBook


@pytest.fixture(autouse=True)
def _a_dutch_team() -> Iterator[None]:
    i18n.use("en", "nl")
    yield
    i18n.use("en")


@pytest.mark.parametrize("times", [{}, {5: time(9, 7)}])
async def test_home_announces_no_huddle_on_a_day_off(times: dict[int, time]) -> None:
    book = MemoryBook(replace(small_team(), huddle_times=times))
    async with HuddleApp(book, FakeTime(date(2026, 11, 28)), Home()).run_test(size=(110, 34)) as pilot:
        await until(pilot, lambda: "the next one is on" in "\n".join(on_screen(pilot.app)))
        assert "maandag 30 november" in "\n".join(on_screen(pilot.app))


def _flagged(stucks: int = 1) -> tuple[Team, list[Huddle]]:
    """A random past whose last huddle has one red flag, and somebody stuck in so many words."""
    team, huddles = past()
    *before, last = huddles
    turn, *others = [replace(turn, state=TurnState.DONE, stucks=()) for turn in last.turns]
    others = [replace(t, readings=tuple(replace(r, status=Status.GREEN) for r in t.readings)) for t in others]
    lagging, *rest = turn.readings
    flag = replace(lagging, status=Status.RED, actual=lagging.promise - 2, next_promise=lagging.promise - 1)
    rest = [replace(reading, status=Status.GREEN) for reading in rest]
    stuck = tuple(Stuck(f"knel {n} zit") for n in range(stucks))
    return team, [*before, replace(last, turns=(replace(turn, readings=(flag, *rest), stucks=stuck), *others))]


@pytest.mark.parametrize("size", [(150, 44), (200, 60)])
async def test_a_large_screen_shows_what_to_look_at_while_the_team_gathers(size: tuple[int, int]) -> None:
    team, huddles = _flagged()
    flag = next(r for r in huddles[-1].readings if r.status is Status.RED)
    book = MemoryBook(team, huddles)
    async with HuddleApp(book, FakeTime(tomorrow(book)), Home()).run_test(size=size) as pilot:
        await until(pilot, lambda: "Still stuck" in "\n".join(on_screen(pilot.app)))
        lines = on_screen(pilot.app)
        head = next(place for place, line in enumerate(lines) if f"⚑ {team.people[0].name}" in line)
        assert flag.name in lines[head]
        assert "next promise" in lines[head + 1]
        assert any("knel 0 zit" in line and "●" in line for line in lines)
        assert any("Promises kept, % of what fell due" in line for line in lines)
        assert sum("wk " in line for line in lines) == 1
        await pilot.resize_terminal(110, 34)
        await until(pilot, lambda: "Still stuck" not in "\n".join(on_screen(pilot.app)))
        assert "wk " not in "\n".join(on_screen(pilot.app))
        await pilot.resize_terminal(*size)
        await until(pilot, lambda: "Still stuck" in "\n".join(on_screen(pilot.app)))


async def test_another_size_reads_nothing_unless_there_is_more_room_and_shows_nothing_old() -> None:
    team, huddles = _flagged()
    book = MemoryBook(team, huddles)
    day = tomorrow(book)
    async with HuddleApp(book, FakeTime(day), Home()).run_test(size=(200, 60)) as pilot:
        await until(pilot, lambda: "knel 0 zit" in "\n".join(on_screen(pilot.app)))
        home = pilot.app.screen
        assert isinstance(home, HomeScreen)
        await pilot.resize_terminal(110, 34)
        await until(pilot, lambda: "Still stuck" not in "\n".join(on_screen(pilot.app)))
        await until(pilot, lambda: at_rest(pilot.app))
        for end in open_ends(book.summaries(), day).stucks:
            mark(book, end.end, day)
        home.on_screen_resume()
        await until(pilot, lambda: at_rest(pilot.app))
        await pilot.resize_terminal(200, 60)
        await until(pilot, lambda: "nobody is stuck" in "\n".join(on_screen(pilot.app)))


@pytest.mark.parametrize("size", [(80, 24), (110, 34)])
async def test_a_check_in_that_is_half_way_is_shown_as_far_as_it_is(size: tuple[int, int]) -> None:
    book = MemoryBook(small_team())
    sanne = CheckingIn(book, FakeTime(MONDAY), "sanne")
    sanne.answer("sanne-opgelost", "8")
    sanne.answer("sanne-open", "1")
    sanne.save()
    async with HuddleApp(book, FakeTime(MONDAY), Home()).run_test(size=size) as pilot:
        await until(pilot, lambda: "0 of 3 checked in" in "\n".join(on_screen(pilot.app)))
        assert "Sanne (2 of 4)" in "\n".join(on_screen(pilot.app))


async def test_on_a_day_off_home_waits_for_the_check_ins_of_the_next_huddle_as_status_does() -> None:
    team, saturday = small_team(), FakeTime(date(2026, 11, 28))
    team = replace(team, people=(*team.people, Person("new", "Nieuw"), Person("off", "Weg", away_from=MONDAY)))
    book = MemoryBook(team)
    sanne = CheckingIn(book, saturday, "sanne")
    for kpi in ("opgelost", "open", "bezoek", "omzet"):
        sanne.answer(f"sanne-{kpi}", "-")
    sanne.save()
    now = standing(book, team, saturday)
    assert (now.checked_in, now.not_checked_in) == (("Sanne",), ("José", "Fatima"))
    async with HuddleApp(book, saturday, Home()).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "1 of 3 checked in" in "\n".join(on_screen(pilot.app)))
        shown = "\n".join(on_screen(pilot.app))
        assert "✔ Sanne" in shown
        assert {name for name in ("José", "Fatima", "Nieuw", "Weg") if f"○ {name}" in shown} == {"José", "Fatima"}


def unreadable() -> Team:
    """A team whose file cannot be read."""
    raise HuddleError("The team cannot be read.")


async def test_a_team_without_a_huddle_is_not_read_again_at_each_size(monkeypatch: pytest.MonkeyPatch) -> None:
    book = MemoryBook(small_team())
    async with HuddleApp(book, FakeTime(MONDAY), Home()).run_test(size=(150, 44)) as pilot:
        await until(pilot, lambda: "of 3 checked in" in "\n".join(on_screen(pilot.app)))
        await until(pilot, lambda: at_rest(pilot.app))
        monkeypatch.setattr(book, "team", unreadable)
        for size in ((160, 44), (200, 60), (170, 50)):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda: at_rest(pilot.app))
        assert toasts(pilot.app) == []


async def test_a_stuck_is_as_old_on_home_as_on_the_page_of_what_is_open() -> None:
    book = MemoryBook(*_flagged())
    async with HuddleApp(book, FakeTime(tomorrow(book)), Home()).run_test(size=(200, 60)) as pilot:
        await until(pilot, lambda: "knel 0 zit" in "\n".join(on_screen(pilot.app)))
        [home] = [line for line in on_screen(pilot.app) if "knel 0 zit" in line]
        await pilot.press("o")
        await until(
            pilot, lambda: "knel 0 zit" in "\n".join(on_screen(pilot.app)) and "since" in "".join(on_screen(pilot.app))
        )
        [page] = [line for line in on_screen(pilot.app) if "knel 0 zit" in line]
        assert home.count("●") == page.count("●") > 0


async def test_a_red_flag_of_nought_shows_its_number() -> None:
    team, (*before, last) = _flagged()
    turn, *others = last.turns
    flag, *rest = (replace(r, actual=Decimal(0)) if r.status is Status.RED else r for r in turn.readings)
    last = replace(last, turns=(replace(turn, readings=(flag, *rest)), *others))
    book = MemoryBook(team, [*before, last])
    async with HuddleApp(book, FakeTime(tomorrow(book)), Home()).run_test(size=(200, 60)) as pilot:
        await until(pilot, lambda: "Still stuck" in "\n".join(on_screen(pilot.app)))
        nought = amount(Decimal(0), flag.unit, i18n.locale(), flag.decimals)
        assert any(f"  {flag.name}  {nought}" in line for line in on_screen(pilot.app))


async def test_what_there_is_no_room_for_is_counted() -> None:
    book = MemoryBook(*_flagged(stucks=40))
    async with HuddleApp(book, FakeTime(tomorrow(book)), Home()).run_test(size=(150, 44)) as pilot:
        await until(pilot, lambda: "more" in "\n".join(on_screen(pilot.app)))
        lines = on_screen(pilot.app)
        stucks = lines[next(place for place, line in enumerate(lines) if "Still stuck" in line) :]
        open_now = open_ends(book.summaries(), tomorrow(book)).stucks
        left = len(open_now) - sum("●" in line for line in stucks)
        assert 0 < left < len(open_now)
        assert any(f"and {left} more" in line for line in stucks)


async def test_a_huddle_that_was_held_today_is_the_last_one() -> None:
    team, huddles = _flagged()
    book = MemoryBook(team, huddles)
    async with HuddleApp(book, FakeTime(huddles[-1].day), Home()).run_test(size=(110, 34)) as pilot:
        await until(pilot, lambda: "Last huddle" in "\n".join(on_screen(pilot.app)))
        line = next(line for line in on_screen(pilot.app) if "Last huddle" in line)
        assert f" {huddles[-1].day.day} " in line


async def test_who_has_spoken_is_not_said_to_have_checked_in() -> None:
    team = small_team()
    turns = [Turn(person.id, person.name, TurnState.WAITING) for person in team.people]
    begun = FakeTime().now()
    spoken = replace(turns[0], state=TurnState.DONE)
    speaking = replace(turns[1], state=TurnState.SPEAKING)
    away = Turn("guest", "Guest", TurnState.ABSENT)
    huddle = Huddle(MONDAY, team.name, started_at=begun, turns=(spoken, speaking, *turns[2:], away))
    async with HuddleApp(MemoryBook(team, [huddle]), FakeTime(), Home()).run_test(size=(110, 34)) as pilot:
        await until(pilot, lambda: "1 of 3 have spoken" in "\n".join(on_screen(pilot.app)))
        assert "checked in" not in "\n".join(on_screen(pilot.app))


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("day", [MONDAY, date(2026, 9, 29), date(2026, 9, 27)])
async def test_what_it_says_of_the_day_fits_into_80_columns(language: str, day: date) -> None:
    i18n.use(language, language)
    team, now = replace(small_team(), meets=frozenset({2})), FakeTime(day).now()
    today = Huddle(day, team.name, started_at=now, turns=(Turn("sanne", "Sanne", TurnState.SPEAKING),))
    for huddles in ([], [today], [replace(today, day=date(2026, 9, 23))], [replace(today, ended_at=now)]):
        async with HuddleApp(MemoryBook(team, huddles), FakeTime(day), Home()).run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: "2026" in "\n".join(on_screen(pilot.app)))
            assert not any("…" in line for line in on_screen(pilot.app)[:8])


async def test_enter_goes_on_with_a_team_that_is_half_made() -> None:
    team = replace(small_team(), people=(), kpis=())
    async with HuddleApp(MemoryBook(team), FakeTime(), Home()).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: any("▌m" in line for line in on_screen(pilot.app)))
        assert "0 of 0" not in "\n".join(on_screen(pilot.app))
        await pilot.press("j")
        await until(pilot, lambda: any("▌r" in line for line in on_screen(pilot.app)))
        await pilot.press("k", "enter")
        await until(pilot, lambda: "Who is in the team?" in "\n".join(on_screen(pilot.app)))


FRIDAY = MONDAY - timedelta(days=3)
"""The day of the huddle that was left, in the tests below."""


def _left_on_friday() -> MemoryBook:
    """A book whose Friday huddle began and was not closed; nobody runs it any more."""
    book, time = MemoryBook(small_team()), FakeTime(FRIDAY)
    left = Hosting(book, time)
    left.do(lambda r: r.start(time.monotonic(), time.now()))
    left.save()
    left.release()
    return book


def _stage(book: MemoryBook) -> Stage:
    friday = book.huddle(FRIDAY)
    assert friday is not None
    return friday.stage


async def test_the_key_that_closes_a_huddle_may_be_pressed_twice() -> None:
    book = _left_on_friday()
    app = HuddleApp(book, FakeTime(), Home())
    async with app.run_test(size=(110, 34), notifications=True) as pilot:
        await until(pilot, lambda: "is still open" in "\n".join(on_screen(app)))
        home = app.screen
        assert isinstance(home, HomeScreen)
        home.action_shut()
        home.action_shut()
        await until(pilot, lambda: "is still open" not in "\n".join(on_screen(app)) and at_rest(app))
        assert ["had not been closed" in said for said in toasts(app)] == [True]
    assert _stage(book) is Stage.ENDED


async def test_a_huddle_that_another_program_still_runs_is_not_closed_from_home() -> None:
    book = _left_on_friday()
    other = book.beside().hold(f"host-{FRIDAY}")
    assert other is not None
    app = HuddleApp(book, FakeTime(), Home())
    async with app.run_test(size=(110, 34), notifications=True) as pilot:
        await until(pilot, lambda: "is still open" in "\n".join(on_screen(app)))
        await pilot.press("z")
        await until(pilot, lambda: any("Another program runs that huddle now" in said for said in toasts(app)))
        assert _stage(book) is Stage.TURNS
        other.release()
        await until(pilot, lambda: at_rest(app))
        await pilot.press("z")
        await until(pilot, lambda: _stage(book) is Stage.ENDED)


async def test_a_huddle_that_another_program_closed_meanwhile_is_said_to_be_closed() -> None:
    book = _left_on_friday()
    app = HuddleApp(book, FakeTime(), Home())
    async with app.run_test(size=(110, 34), notifications=True) as pilot:
        await until(pilot, lambda: "is still open" in "\n".join(on_screen(app)))
        assert close(book.beside(), FRIDAY, "nl") is not None
        home = app.screen
        assert isinstance(home, HomeScreen)
        home.action_shut()
        await until(pilot, lambda: any("has closed it already" in said for said in toasts(app)))

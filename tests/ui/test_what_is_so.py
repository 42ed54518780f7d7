"""No screen says what is not so."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace
from textual.widgets import Input
from textual.widgets._toast import Toast

from huddle_tui import i18n
from huddle_tui.domain.clock import Pace, Stopwatch
from huddle_tui.domain.dates import local
from huddle_tui.domain.huddle import CheckIn, Entry, Huddle
from huddle_tui.domain.open_ends import OpenEnds
from huddle_tui.domain.round import Round
from huddle_tui.domain.team import Team
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.kit.form import Field
from huddle_tui.ui.kit.keybar import KeyBar
from huddle_tui.ui.past.wording import day as day_in_a_line
from huddle_tui.ui.places import Home, Place, TeamOf
from huddle_tui.ui.round.timeline import open_lines
from huddle_tui.ui.shared import phrases
from tests.kit.driven import Driven, until
from tests.kit.fakes import MONDAY, FakeTime, small_team
from tests.kit.memory_book import MemoryBook
from tests.kit.round_table import table
from tests.kit.screens import SCREENS, book_of, today

AT = datetime(2026, 11, 23, 8, 7, tzinfo=UTC)
FRIDAY = date(2026, 11, 20)


def held(team: Team, day: date, *, closed: bool) -> Huddle:
    """A huddle in which the first one kept a promise; closed, or left after it."""
    running = Round.open(team, day, {}).start(0, AT).say(Decimal(8), 1)
    if not closed:
        return replace(running.huddle, watch=Stopwatch(61))
    while running.speaking:
        running = running.next(2)
    return running.end(None, 60, AT).huddle


async def shown(book: MemoryBook, size: tuple[int, int], place: Place, wanted: str, *keys: str, times: int = 1) -> str:
    """What stands on the screen of that place once `wanted` stands there so many times."""
    i18n.use("en", book.team().locale)
    async with HuddleApp(book, FakeTime(), place).run_test(size=size, notifications=True) as pilot:
        here = Driven(pilot)
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await here.until(lambda: here.text().count(wanted) >= times)
        return here.text()


@pytest.mark.parametrize(
    ("used", "left", "behind", "said", "warns"),
    [
        (0, 1500, 0, "15:00 over the time box, done at 09:25", True),  # 25 people of a minute in ten minutes
        (540, 300, -60, "4:00 over the time box, done at 09:05", True),  # ahead of a plan that does not fit
        (60, 420, 0, "on time, done at 09:07", False),
        (120, 420, 60, "1:00 behind, done at 09:07", True),
        (30, 420, -60, "1:00 ahead, done at 09:07", False),
        (100, 510, 0, "on time, done at 09:08", False),  # a few seconds are no matter
    ],
)
def test_on_time_is_within_the_time_box(used: float, left: float, behind: float, said: str, warns: bool) -> None:
    at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert phrases.progress(Pace(used, left, behind), 600, at, "UTC") == (said, warns)


def test_the_end_is_told_by_the_clocks_that_are_put_back_before_it() -> None:
    at = local(datetime(2026, 10, 25, 0, 55, tzinfo=UTC), "Europe/Amsterdam")
    assert f"{at:%H:%M}" == "02:55"
    assert phrases.progress(Pace(0, 600, 0), 600, at, "Europe/Amsterdam") == ("on time, done at 02:05", False)


@pytest.mark.parametrize("size", [(80, 24), (110, 34)])
async def test_the_last_huddle_was_not_closed(size: tuple[int, int]) -> None:
    team = small_team()
    text = await shown(MemoryBook(team, [held(team, FRIDAY, closed=False)]), size, Home(), "kept so far")
    assert "20 november, not" in text  # "closed" may stand on the next line
    assert "promises kept" not in text
    closed = await shown(MemoryBook(team, [held(team, FRIDAY, closed=True)]), size, Home(), "promises kept")
    assert "not closed" not in closed


@pytest.mark.parametrize(
    ("closed", "label"), [(None, "Run huddle"), (False, "Go on with the huddle"), (True, "See today's recap")]
)
async def test_the_key_to_todays_huddle_says_where_it_leads(closed: bool | None, label: str) -> None:
    team = small_team()
    book = MemoryBook(team, [] if closed is None else [held(team, MONDAY, closed=closed)])
    text = await shown(book, (110, 34), Home(), label, times=2)  # in the list and in the key bar
    assert closed is None or "Run huddle" not in text


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (110, 34), (200, 60)])
async def test_a_toast_covers_neither_clock_nor_field_nor_keys(size: tuple[int, int]) -> None:
    async with table(size=size) as t:
        await t.keys("|", "x|")
        for _ in range(2):
            t.app.tell("What is said in a toast may well be longer than a line of it, which is then broken.")
        screen = t.app.screen
        await t.until(lambda: [toast.region.area > 0 for toast in screen.query(Toast)].count(True) >= 1)
        others = [screen.query_one(f"#{id}") for id in ("clock", "timebar", "bar", "strip", "wrong", "asking")]
        for other in (*others, screen.query_one(KeyBar)):
            assert not [toast for toast in screen.query(Toast) if toast.region.overlaps(other.region)], other


async def test_enter_on_a_number_that_was_answered_leaves_it_as_it_is() -> None:
    async with table() as t:
        await t.keys("|")
        assert "Enter alone: not measured" in t.text()
        await t.keys("8|")
        await t.keys("up")
        assert "Enter leaves it as it is" in t.text()
        assert "not measured" not in t.text()
        await t.keys("|")
        assert [reading.actual for reading in t.huddle.readings] == [Decimal(8)]


def test_nothing_is_said_of_open_ends_before_they_are_read() -> None:
    assert open_lines(None, small_team(), MONDAY) == []
    told = [line.text for line in open_lines(OpenEnds(), small_team(), MONDAY)]
    assert told == ["Nothing is open from earlier huddles."]


async def test_the_roll_call_shows_no_number_that_was_half_typed_and_loses_none() -> None:
    async with table() as t:
        await t.keys("|", "12", "ctrl+r")
        field = t.round_screen.query_one(Input)
        assert "by proxy" in t.text()
        assert field.value == ""
        t.time.seconds += 60
        await t.until(lambda: t.huddle.draft == "12")
        await t.keys("escape")
        assert field.value == "12"


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (110, 34)])
async def test_the_plan_of_a_check_in_stands_with_its_red_flag(size: tuple[int, int]) -> None:
    team = small_team()
    book = MemoryBook(team)
    entry = Entry("sanne-opgelost", "3", True, Decimal(3), note="two extra hands", reason=3)
    book.change_check_in("sanne", MONDAY, lambda _: CheckIn("sanne", MONDAY, (entry,), by="sanne", closed=True))
    async with table(book, size=size) as t:
        await t.keys("|", "|")
        await t.until(lambda: "Ctrl+G stuck" in t.text())
        assert "two extra hands" in t.text()
        assert "other work went first" in t.text()
        assert "promised 8" in t.text()


async def test_the_team_counts_the_numbers_that_are_read_out() -> None:
    team = small_team()
    team = replace(team, people=(replace(team.people[0], left_on=FRIDAY), *team.people[1:]))
    text = await shown(MemoryBook(team), (110, 34), TeamOf(), "2 people")
    assert "2 people · 8 numbers" in text


@pytest.mark.parametrize("name", SCREENS)
async def test_on_no_screen_a_toast_covers_the_top_the_field_or_the_keys(name: str) -> None:
    book = book_of()
    app = HuddleApp(book, FakeTime(today(book)), Home())
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await app.push_screen(SCREENS[name](app))
        for _ in range(2):
            app.tell("What is said in a toast may well be longer than a line of it, which is then broken.")
        screen = app.screen
        await until(pilot, lambda: any(toast.region.area > 0 for toast in screen.query(Toast)))
        kept = [*screen.query(KeyBar), *screen.query("#bar, #clock, #wrong")]
        kept += [screen.focused] if isinstance(screen.focused, Input) else []
        for toast in screen.query(Toast):
            assert not [other for other in kept if toast.region.overlaps(other.region)]


@pytest.mark.parametrize("size", [(80, 24), (110, 34)])
@pytest.mark.parametrize("name", ["number form", "person form", "process form", "settings"])
async def test_a_toast_covers_no_field_of_a_form(name: str, size: tuple[int, int]) -> None:
    book = book_of()
    app = HuddleApp(book, FakeTime(today(book)), Home())
    async with app.run_test(size=size, notifications=True) as pilot:
        await app.push_screen(SCREENS[name](app))
        app.tell("What is said in a toast may well be longer than a line of it, which is then broken.")
        here = Driven(pilot)
        await here.until(lambda: any(toast.region.area for toast in app.screen.query(Toast)))
        (toast,) = app.screen.query(Toast)
        seen = {
            field.about: app.screen.find_widget(field).visible_region
            for field in app.screen.query(Field)
            if field.display
        }
        hidden = [name for name, region in seen.items() if toast.region.overlaps(region)]
        assert not hidden, here.text()
        assert not toast.region.overlaps(app.screen.query_one(KeyBar).region)
        assert not toast.region.overlaps(app.screen.query_one("#help").region), here.text()


def test_a_weekday_is_named_as_people_write_it() -> None:
    for locale, shown in (("en", "Fri 20 Nov 2026"), ("nl", "vr 20 nov. 2026")):
        i18n.use("en", locale)
        assert day_in_a_line(FRIDAY) == shown
    i18n.use("en")

"""The forms: Enter through the fields, the promise read back, what is refused and why, drafts, two people at once."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from textual.events import Paste

from huddle_tui import i18n
from huddle_tui.activities.setting_up import SettingUp
from huddle_tui.domain import team_edits as edits
from huddle_tui.domain.dates import parse_days
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Counting, Kpi, Nature, Order, Person
from huddle_tui.domain.workdays import Period
from huddle_tui.store.tiny import TinyBook
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.base import HuddleScreen
from huddle_tui.ui.kit.form import TextEntry
from huddle_tui.ui.places import Home
from huddle_tui.ui.team.kpi_form import KpiForm
from huddle_tui.ui.team.library import KpiLibrary
from huddle_tui.ui.team.person_form import PersonForm
from huddle_tui.ui.team.settings_form import SettingsForm, read_times, shown_days, shown_times
from huddle_tui.ui.team.wording import pace_sentence
from tests.kit.fakes import FakeTime, small_team
from tests.kit.team_table import Hands, opened

TEAM = edits.add_process(small_team(), "enthousiaste klanten", "sanne")


@pytest.mark.parametrize(
    ("promise", "decimals", "half"), [("25", 0, "12,5"), ("24", 0, "12"), ("0.25", 2, "0,125"), ("1", 1, "0,5")]
)
def test_half_of_a_running_total_is_not_rounded_away(promise: str, decimals: int, half: str) -> None:
    i18n.use("en", "nl")
    kpi = Kpi("k", "Visits", "s", Decimal(promise), decimals=decimals, counting=Counting.RUNNING_TOTAL)
    assert f"half-way through the period {half} is on pace" in pace_sentence(kpi, "nl")


def kpi_form(kpi: str | None = None) -> object:
    return lambda _app: KpiForm("sanne", TEAM.kpi(kpi) if kpi else None)


async def clear(hands: Hands) -> None:
    """Empties the field at hand."""
    await hands.press("end", "ctrl+u")


# A number


@pytest.mark.quick
async def test_a_number_from_the_first_field_to_the_last() -> None:
    async with opened(TEAM, kpi_form(), language="en") as hands:  # type: ignore[arg-type]
        await hands.type("Opgelost|")  # name
        await hands.type("|")  # owner
        await hands.type("12,5k|")  # promise
        await hands.press("right")  # at most
        await hands.type("|stuks|w|i|y|")  # unit, week, adds up, ★
        await hands.press("left")  # leading
        await hands.type("|")
        await hands.type("i|s|")  # input, soft
        await hands.type("13.000|12.000|e|")  # red edge, stretch, process
        await clear(hands)
        await hands.type("2|Geteld bij de deur|")  # decimals, definition
        hands.on(HuddleScreen)
        [made] = [k for k in hands.team.kpis if k.name == "Opgelost"]
    assert made.owner == "sanne"
    assert (made.promise, made.direction, made.unit) == (Decimal(12500), Direction.AT_MOST, "stuks")
    assert (made.period, made.counting, made.most_important) == (Period.WEEK, Counting.RUNNING_TOTAL, True)
    assert (made.timing.value, made.measures.value, made.nature) == ("leading", "input", Nature.SOFT)
    assert (made.red_edge, made.stretch, made.process) == (Decimal(13000), Decimal(12000), "enthousiaste-klanten")
    assert (made.decimals, made.definition, made.since) == (2, "Geteld bij de deur", date(2026, 11, 23))


async def test_the_promise_is_read_back_while_it_is_typed() -> None:
    async with opened(TEAM, kpi_form(), language="en") as hands:  # type: ignore[arg-type]
        await hands.type("Klachten||8")
        assert "At least 8 a day: count on me" in hands.told("told")
        assert "8 or more" in hands.told("example")
        assert "from 6,8 to just under 8" in hands.told("example")
        assert "less than 6,8" in hands.told("example")
        await hands.type(",5k")
        assert "At least 8.500 a day" in hands.told("told")
        assert "→ 8.500" in hands.text()


async def test_the_unit_may_be_typed_along_with_the_promise() -> None:
    async with opened(TEAM, kpi_form(), language="en") as hands:  # type: ignore[arg-type]
        form = hands.on(KpiForm)
        await hands.type("Werkgeluk||8/10")
        assert "At least 8/10 a day: count on me" in hands.told("told")
        await hands.press("ctrl+s")
        await hands.until(lambda: hands.app.screen is not form)
        made = next(kpi for kpi in hands.team.kpis if kpi.name == "Werkgeluk")
    assert (made.promise, made.unit) == (Decimal(8), "/10")


async def test_the_coach_looks_on() -> None:
    async with opened(TEAM, kpi_form(), language="en") as hands:  # type: ignore[arg-type]
        await hands.type("Factureerbare uren||8")
        assert "attendance is no contribution" in hands.told("coach")
        assert "5 numbers" in hands.told("coach")
        await hands.press("up", "up")
        await clear(hands)
        await hands.type("Omzet Uruguay")
        await hands.until(lambda: "attendance" not in hands.told("coach"))


async def test_a_number_that_cannot_be_read_stays_in_its_field() -> None:
    async with opened(TEAM, kpi_form(), language="en") as hands:  # type: ignore[arg-type]
        await hands.type("Klachten||12.50|")
        assert "did you mean 12,50" in hands.wrong("promise")
        assert hands.on(KpiForm).at_hand() is hands.field("promise")
        assert hands.field("promise").value == "12.50"
        await hands.press("backspace")
        assert hands.wrong("promise") == ""


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ("||8", "name", "needs a name"),
        ("klachten opgelost||8", "name", "already has a number called klachten opgelost"),
        ("Nieuw||", "promise", "needs a number"),
        ("Nieuw||8|||||||||9", "red_edge", "8 or below it, not at 9"),
        ("Nieuw||8||||||||||7", "stretch", "8 or above it, not at 7"),
    ],
)
async def test_what_cannot_be_is_said_under_its_field(typed: str, field: str, says: str) -> None:
    async with opened(TEAM, kpi_form(), language="en") as hands:  # type: ignore[arg-type]
        await hands.type(typed)
        await hands.press("ctrl+s")
        assert says in hands.wrong(field)
        assert hands.on(KpiForm).at_hand() is hands.field(field)
        assert hands.team == TEAM


@pytest.mark.parametrize("typed", ["7", "99999", "9" * 400, "-1", "٣", "1e3"])
async def test_decimals_have_bounds(typed: str) -> None:
    async with opened(TEAM, kpi_form("sanne-opgelost"), language="en") as hands:  # type: ignore[arg-type]
        hands.field("decimals").fill(typed)
        await hands.press("ctrl+s")
        assert "Between 0 and 6 decimals" in hands.wrong("decimals")
        assert hands.team == TEAM


async def test_a_changed_promise_says_by_whom_and_shows_the_ones_before() -> None:
    async with opened(TEAM, kpi_form("sanne-opgelost"), language="en") as hands:  # type: ignore[arg-type]
        form = hands.on(KpiForm)
        assert not hands.field("by").display
        await hands.type("||")
        await clear(hands)
        await hands.type("6")
        assert hands.field("by").display
        await hands.type("|f")
        await hands.press("ctrl+s")
        await hands.until(lambda: hands.app.screen is not form)
        [change] = hands.team.promise_changes
        assert (change.old, change.new, change.by, change.day) == (Decimal(8), Decimal(6), "fatima", date(2026, 11, 23))
        await hands.app.push_screen(KpiForm("sanne", hands.team.kpi("sanne-opgelost")))
        assert "▼ 8 → 6" in hands.told("history")
        assert "by Fatima" in hands.told("history")


async def test_a_draft_is_kept_until_it_is_thrown_away() -> None:
    async with opened(TEAM, kpi_form("sanne-opgelost"), language="en") as hands:  # type: ignore[arg-type]
        await hands.type(" netjes")
        await hands.press("escape")
        assert "kept" in hands.toasts
        assert hands.team == TEAM
        await hands.app.push_screen(KpiForm("sanne", TEAM.kpi("sanne-opgelost")))
        await hands.until(lambda: hands.field("name").value == "Klachten opgelost netjes")
        await hands.press("ctrl+z")
        assert hands.field("name").value == "Klachten opgelost"
        await hands.press("escape")
        await hands.app.push_screen(KpiForm("sanne", TEAM.kpi("sanne-opgelost")))
        assert hands.field("name").value == "Klachten opgelost"


async def test_what_was_thrown_away_in_a_form_comes_back() -> None:
    async with opened(TEAM, kpi_form("sanne-opgelost"), language="en") as hands:  # type: ignore[arg-type]
        await hands.type(" netjes")
        await hands.press("ctrl+z")
        assert hands.field("name").value == "Klachten opgelost"
        assert "Ctrl+Z brings it back" in hands.toasts
        await hands.press("ctrl+z")
        assert hands.field("name").value == "Klachten opgelost netjes"
        await hands.press("escape")
        assert "kept" in hands.toasts


async def test_two_people_at_one_number() -> None:
    async with opened(TEAM, kpi_form("sanne-opgelost"), language="en") as hands:  # type: ignore[arg-type]
        form = hands.on(KpiForm)
        theirs = SettingUp(hands.book.beside(), FakeTime())
        opened_with = TEAM.kpis[0]
        theirs.save_kpi(opened_with, replace(opened_with, name="Klachten weg", unit="stuks"))
        await hands.type(" netjes||")
        await clear(hands)
        await hands.type("9")
        await hands.press("ctrl+s")
        assert "“Klachten weg”" in hands.wrong("name")
        assert "“Klachten opgelost netjes”" in hands.wrong("name")
        assert hands.team.kpis[0].name == "Klachten weg"
        await hands.press("ctrl+s")
        await hands.until(lambda: hands.app.screen is not form)
        saved = hands.team.kpis[0]
        assert (saved.name, saved.unit, saved.promise) == ("Klachten opgelost netjes", "stuks", Decimal(9))


async def test_an_unchanged_form_saves_nothing() -> None:
    kpi = replace(TEAM.kpis[0], definition="regel één\nregel twee", promise=Decimal("8.125"), red_edge=Decimal(6))
    team = replace(TEAM, kpis=(kpi, *TEAM.kpis[1:]))
    async with opened(team, lambda _app: KpiForm("sanne", kpi)) as hands:
        form = hands.on(KpiForm)
        assert not form.dirty
        await hands.press("ctrl+s")
        await hands.until(lambda: hands.app.screen is not form)
        assert hands.team == team
        assert not hands.app.setting_up.can_undo


async def test_a_failing_disk_keeps_what_was_typed() -> None:
    async with opened(TEAM, kpi_form(), language="en") as hands:  # type: ignore[arg-type]
        hands.book.fail_with = HuddleError("The disk is full.")
        await hands.type("Nieuw||8")
        await hands.press("ctrl+s")
        assert "disk is full" in hands.toasts
        assert hands.field("name").value == "Nieuw"
        hands.book.fail_with = None
        await hands.press("ctrl+s")
        await hands.until(lambda: any(k.name == "Nieuw" for k in hands.team.kpis))


async def test_an_example_fills_the_form() -> None:
    async with opened(TEAM, kpi_form(), language="en") as hands:  # type: ignore[arg-type]
        await hands.press("ctrl+l")
        hands.on(KpiLibrary)
        await hands.press("j", "enter")
        form = hands.on(KpiForm)
        assert form.at_hand() is hands.field("promise")
        assert (hands.field("unit").value, hands.field("period").value) == ("%", "week")
        await hands.press("ctrl+s")
        await hands.until(lambda: hands.app.screen is not form)
        assert hands.team.kpis[-1].name == "Enquiries that became an appointment"


async def test_a_paste_of_several_lines_becomes_one_line() -> None:
    async with opened(TEAM, kpi_form(), language="en") as hands:  # type: ignore[arg-type]
        entry = hands.field("name").entry
        assert isinstance(entry, TextEntry)
        entry.post_message(Paste("Klachten\r\nopgelost\tvandaag\x1b[31m\n"))
        await hands.pilot.pause()
        assert hands.field("name").value == "Klachten opgelost vandaag[31m"


@pytest.mark.parametrize("name", ["[/]", "[red]x", "=1+1", "👨‍👩‍👧‍👦 familie", "x" * 120, "電話"])
async def test_any_text_is_shown_as_it_is(name: str) -> None:
    kpi = replace(TEAM.kpis[0], name=name, unit="[/b]", definition="<b>&\"'</b>")
    team = replace(TEAM, kpis=(kpi, *TEAM.kpis[1:]), people=(replace(TEAM.people[0], name=name[:80]), *TEAM.people[1:]))
    async with opened(team, lambda _app: KpiForm("sanne", kpi), (200, 60)) as hands:
        assert hands.field("name").value == name
        await hands.press("ctrl+s")
        assert hands.team == team


# A person


async def test_a_person_with_days_away() -> None:
    async with opened(TEAM, lambda _app: PersonForm(TEAM.people[0]), language="en") as hands:
        await hands.press("down", "down")
        await hands.type("vr|30-11|")
        person = hands.team.people[0]
        assert (person.away_from, person.away_to) == (date(2026, 11, 27), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ("maandagavond|", "away_from", "is not a day"),
        ("|fri|", "away_from", "Only the last day"),
        ("fri|thu|", "away_to", "comes before"),
    ],
)
async def test_days_away_that_cannot_be(typed: str, field: str, says: str) -> None:
    async with opened(TEAM, lambda _app: PersonForm(TEAM.people[0]), language="en") as hands:
        await hands.press("down", "down")
        await hands.type(typed)
        assert says in hands.wrong(field)
        assert hands.team == TEAM


@pytest.mark.parametrize("size", [(60, 18), (80, 24)])
async def test_what_is_wrong_with_a_field_is_not_cut(size: tuple[int, int]) -> None:
    person = TEAM.people[0]
    async with opened(TEAM, lambda _app: PersonForm(person), size, language="nl") as hands:
        await hands.press("down", "down")
        await hands.type("vr|do|")
        shown = " ".join(hands.text().split())
        assert "De laatste dag van de afwezigheid, " in shown
        assert "ligt voor de eerste, 2026-11-27." in shown


async def test_somebody_new() -> None:
    async with opened(TEAM, lambda _app: PersonForm(), language="en") as hands:
        await hands.type("Bram|Directeur Deals|||")
        assert (hands.team.people[-1].name, hands.team.people[-1].role) == ("Bram", "Directeur Deals")


# Settings


@pytest.mark.quick
async def test_settings_are_saved_together() -> None:
    async with opened(TEAM, lambda _app: SettingsForm(), language="en") as hands:
        form = hands.on(SettingsForm)
        await hands.type("!|09:07, vr 16:03|")
        await clear(hands)
        await hands.type("12|")
        await clear(hands)
        await hands.type("45|r||")
        await hands.press("right", "right", "right", "right", "right", "space")
        await hands.type("||2026-12-25; 30-12 t/m 3-1|")
        assert "6 days" in hands.text()
        await hands.press("ctrl+s")
        await hands.until(lambda: hands.app.screen is not form)
        team = hands.team
    assert team.meets == frozenset(), "the days of the huddle follow the working days"
    assert (team.name, team.time_box, team.seconds_per_person, team.order) == (
        "Voorbeeld Software!",
        720,
        45,
        Order.ROTATING,
    )
    assert team.calendar.weekdays == frozenset(range(6))
    new_year = {date(2026, 12, 30) + timedelta(days=n) for n in range(5)}
    assert team.calendar.days_off == {date(2026, 12, 25)} | new_year
    assert team.huddle_times == {**dict.fromkeys(range(4), time(9, 7)), 4: time(16, 3)} | {5: time(9, 7)}
    assert (team.people, team.kpis) == (TEAM.people, TEAM.kpis)


@given(st.frozensets(st.dates(date(2026, 1, 1), date(2026, 3, 1)), max_size=40))
def test_days_off_are_read_back_as_they_are_shown(days: frozenset[date]) -> None:
    assert parse_days(shown_days(days), date(2026, 11, 26)) == days


@pytest.mark.parametrize(("size", "layout"), [((80, 24), "vertical"), ((110, 34), "horizontal")])
async def test_a_form_is_laid_out_for_its_size_from_its_first_paint_on(
    size: tuple[int, int], layout: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[str] = []
    lay_out = SettingsForm._refresh_layout

    def seen(self: SettingsForm, *args: Any, **named: Any) -> None:
        laid_out.extend(str(form.styles.layout.name) for form in self.query("#form") if form.styles.layout)
        lay_out(self, *args, **named)

    monkeypatch.setattr(SettingsForm, "_refresh_layout", seen)
    async with opened(TEAM, lambda _app: SettingsForm(), size):
        assert set(laid_out) == {layout}


async def test_settings_say_what_does_not_fit_the_time_box() -> None:
    team = replace(TEAM, people=tuple(Person(f"p{n}", f"Persoon {n}") for n in range(25)), kpis=())
    async with opened(team, lambda _app: SettingsForm(), language="en") as hands:
        hands.on(SettingsForm)
        assert "25 people × 60 s do not fit 10 min: 24 s each." in " ".join(hands.text().split())
        await hands.type("|||")
        await clear(hands)
        await hands.type("24")
        assert "do not fit" not in hands.text()
        await hands.type("0")
        assert "25 people × 240 s do not fit 10 min: 24 s each." in " ".join(hands.text().split())
        await hands.press("up")
        await clear(hands)
        await hands.type("x")
        assert "do not fit" not in hands.text()


async def test_a_weekly_team_chooses_its_day() -> None:
    async with opened(TEAM, lambda _app: SettingsForm(), language="en") as hands:
        form = hands.on(SettingsForm)
        form.field("meets").fill("0")
        await hands.press("ctrl+s")
        await hands.until(lambda: hands.app.screen is not form)
        assert (hands.team.meets, hands.team.calendar.weekdays) == (frozenset({0}), frozenset(range(5)))


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("name", "", "needs a name"),
        ("huddle_times", "kwart over negen", "write it as 09:07"),
        ("huddle_times", "25:00", "write it as 09:07"),
        ("time_box", "0", "from 1 to 60"),
        ("time_box", "tien", "from 1 to 60"),
        ("seconds_per_person", "5", "from 10 to 900"),
        ("days_off", "25 december", "is not a day"),
        ("days_off", "2026-12-25 to 2026-12-24", "its first and its last day"),
        ("days_off", "2026-12-25 to 2027-12-26", "its first and its last day"),
        ("days_off", "24-12 to", "is not a day"),
        ("timezone", "Amsterdam", "Europe/Amsterdam"),
    ],
)
async def test_wrong_settings_cannot_be_saved_and_say_why(field: str, typed: str, says: str) -> None:
    async with opened(TEAM, lambda _app: SettingsForm(), language="en") as hands:
        hands.on(SettingsForm).fill({field: typed})
        await hands.press("ctrl+s")
        assert says in hands.wrong(field)
        assert hands.team == TEAM


async def test_without_a_working_day_nothing_is_saved() -> None:
    async with opened(TEAM, lambda _app: SettingsForm(), language="en") as hands:
        await hands.press("down", "down", "down", "down", "down", "down")
        for _ in range(5):
            await hands.press("space", "right")
        await hands.press("ctrl+s")
        assert "at least one day" in hands.wrong("weekdays")


async def test_a_time_box_of_no_whole_minutes_stays_what_it_was() -> None:
    team = replace(TEAM, time_box=630)
    async with opened(team, lambda _app: SettingsForm()) as hands:
        form = hands.on(SettingsForm)
        await hands.press("ctrl+s")
        await hands.until(lambda: hands.app.screen is not form)
        assert hands.team == team


async def test_two_people_at_the_settings() -> None:
    async with opened(TEAM, lambda _app: SettingsForm(), language="en") as hands:
        form = hands.on(SettingsForm)
        theirs = SettingUp(hands.book.beside(), FakeTime())
        theirs.save_settings(
            TEAM, replace(TEAM, seconds_per_person=30, calendar=replace(TEAM.calendar, weekdays=frozenset({0})))
        )
        form.fill({"seconds_per_person": "45", "weekdays": "0,1"})
        await hands.press("ctrl+s")
        assert "somebody else" in hands.wrong("seconds_per_person")
        await hands.press("ctrl+s")
        assert "somebody else changed this too" in hands.wrong("weekdays")
        await hands.press("ctrl+s")
        await hands.until(lambda: hands.app.screen is not form)
        assert hands.team.seconds_per_person == 45
        assert hands.team.calendar.weekdays == {0, 1}


@pytest.mark.parametrize(
    ("typed", "times", "shown"),
    [
        ("", {}, ""),
        ("9:07", dict.fromkeys(range(5), time(9, 7)), "09:07"),
        ("09:07, fri 16:03", {**dict.fromkeys(range(4), time(9, 7)), 4: time(16, 3)}, "09:07, fri 16:03"),
        ("09.07; vrijdag 16.03", {**dict.fromkeys(range(4), time(9, 7)), 4: time(16, 3)}, "09:07, fri 16:03"),
        ("ma 10:00", {0: time(10)}, "mon 10:00"),
        ("wed 23:59, za 00:00", {2: time(23, 59), 5: time(0)}, "wed 23:59, sat 00:00"),
    ],
)
def test_the_huddles_times(typed: str, times: dict[int, time], shown: str) -> None:
    week = frozenset(range(5))
    assert read_times(typed, week) == times
    assert shown_times(times, week).casefold() == shown
    assert read_times(shown_times(times, week), week) == times


async def test_what_was_typed_is_there_again_in_the_next_program(tmp_path: Path) -> None:
    book = TinyBook(tmp_path / "book", durable=False)
    book.change_team(lambda _: TEAM)
    i18n.use("en", TEAM.locale)
    for typed, expected in (("Half een zin", "Half een zin"), ("", "Half een zin")):
        app = HuddleApp(book, FakeTime(), Home())
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            form = KpiForm("sanne", None)
            await app.push_screen(form)
            await pilot.press(*typed)
            await pilot.pause()
            assert form.field("name").value == expected

"""A huddle, a number, a person, the team over time, open ends: what they show, and that nothing is repainted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from huddle_tui import i18n
from huddle_tui.domain.huddle import Huddle, Reading, Stuck, TurnState
from huddle_tui.domain.judging import Direction, Status, yardstick
from huddle_tui.domain.open_ends import End, open_ends
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Counting, fold
from huddle_tui.ui.base import HuddleScreen
from huddle_tui.ui.past.huddle_detail import HuddleDetailScreen
from huddle_tui.ui.past.kpi_history import KpiHistoryScreen
from huddle_tui.ui.past.open_ends import OpenEndsScreen
from huddle_tui.ui.past.past_huddles import PastHuddlesScreen
from huddle_tui.ui.past.person import PersonScreen
from huddle_tui.ui.past.scorecard import ScorecardScreen
from huddle_tui.ui.past.story import NumberKey, reading_line
from huddle_tui.ui.past.team_over_time import TeamOverTimeScreen
from huddle_tui.ui.past.wording import held_against
from tests.kit.looking import book_of, desk, past
from tests.kit.memory_book import MemoryBook

LAST: date = past()[1][-1].day


def words(text: str) -> str:
    """A screen's text without what only lays it out."""
    return " ".join(text.split())


# A huddle


@pytest.mark.quick
async def test_everything_that_was_said_in_the_order_it_was_said() -> None:
    async with desk(HuddleDetailScreen(LAST), size=(140, 120)) as at:
        huddle: Huddle | None = at.book.huddle(LAST)
        assert huddle is not None
        text, place = at.text(), 0
        for turn in huddle.turns:
            person = at.book.team().person(turn.person)
            assert person is not None
            place = text.index(person.name, place)
            for reading in turn.readings:
                place = text.index(reading.name, place)
                assert reading.status.glyph in text[:place].split("\n")[-1]
                if reading.note:
                    assert reading.note in text[place:]
                if reading.by_proxy:
                    assert "by proxy" in text[place:]
            if turn.stuck:
                assert turn.stuck in text[place:]
        for action in huddle.actions:
            assert action.what in text
        assert f"{LAST:%A} {LAST.day} {LAST:%B %Y}" in text
        assert "huddle 60 of 60" in text


async def test_what_earlier_huddles_had_left_open_is_on_the_page_of_a_huddle_with_its_age() -> None:
    team, (*before, last) = past()
    first, *others = before[-1].turns
    stuck, older = Stuck("the printer jams"), replace(last, turns=tuple(replace(t, stucks=()) for t in last.turns))
    said = replace(before[-1], turns=(replace(first, stucks=(stuck,)), *others))
    async with desk(HuddleDetailScreen(LAST), MemoryBook(team, [*before[:-1], said, older]), (140, 150)) as at:
        await at.until(lambda: "the printer jams" in at.text())
        text = words(at.text())
        name = team.person(first.person)
        assert name is not None
        assert f"● {name.name}: the printer jams ●●" in text[text.index("Still open from earlier huddles") :]
        while at.screen.listed.cursor != End(before[-1].day, first.person, stuck.text):
            await at.pilot.press("j")
        for key in ("d", "e"):
            at.app.clear_notifications()
            await at.press(key)
            assert "It was said in an earlier huddle: Enter goes there." in at.toasts
        await at.press("enter")
        screen = at.app.screen
        assert isinstance(screen, HuddleDetailScreen)
        assert screen.day == before[-1].day
        assert "the printer jams" not in at.text()[at.text().find("Still open from earlier huddles") :]


def test_a_pace_of_thousands_is_whole_where_there_is_room() -> None:
    stick = yardstick(Direction.AT_LEAST, Decimal(25_250), passed=(2, 5))
    reading = Reading.of("omzet", "Omzet", LAST, Decimal(9000), stick, Status.YELLOW)
    told = held_against(stick, 0)
    assert len(told) > 14
    assert told in reading_line(reading, "Omzet", 105).plain


async def test_left_and_right_go_to_other_huddles() -> None:
    async with desk(HuddleDetailScreen(LAST)) as at:
        days = at.book.days()
        await at.press("h")
        assert "huddle 59 of 60" in at.text()
        await at.press("left", "right", "l", "l")
        assert f"{days[-1]:%A} {days[-1].day}" in at.text()


async def test_a_cell_leads_to_its_own_line() -> None:
    team = past()[0]
    huddle = past()[1][-1]
    said = [r.kpi for t in huddle.turns for r in t.readings]
    async with desk(HuddleDetailScreen(LAST, said[-1])) as at:
        assert at.screen.listed.cursor == NumberKey(said[-1])
        await at.press("enter")
        assert isinstance(at.screen, KpiHistoryScreen)
        kpi = team.kpi(said[-1])
        assert kpi is not None
        assert kpi.name in at.text()


async def test_what_was_not_read_is_not_saved_over_what_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    good = tmp_path / "huddle-2020-01-01.txt"
    good.write_text("what was said", "utf-8")
    async with desk(HuddleDetailScreen(date(2020, 1, 1))) as at:
        for keys in (("s", "enter"), ("c",)):
            await at.press(*keys)
            assert good.read_text("utf-8") == "what was said"
            assert "nothing of this huddle to copy" in at.toasts
            at.app.clear_notifications()
        assert "Saved" not in at.toasts


async def test_a_day_without_a_huddle_says_so() -> None:
    async with desk(HuddleDetailScreen(date(1999, 1, 1))) as at:
        assert "There is no huddle of" in at.text()
        await at.press("enter", "d", "c", "h", "l", "j")


async def test_a_huddle_that_is_not_there_writes_nothing_over_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "huddle-1999-01-01.txt").write_text("as it was", "utf-8")
    async with desk(HuddleDetailScreen(date(1999, 1, 1))) as at:
        await at.press("s", "enter", "c")
        assert at.app.clipboard == ""
        assert "There is nothing of this huddle" in at.toasts
    assert (tmp_path / "huddle-1999-01-01.txt").read_text("utf-8") == "as it was"


async def test_renaming_and_retiring_repaints_nothing() -> None:
    team, huddles = past()
    edited = replace(
        team,
        people=tuple(replace(p, name=f"Anders {p.id}") for p in team.people),
        kpis=tuple(replace(k, name=f"Ander {k.id}", promise=Decimal(99999), retired_on=LAST) for k in team.kpis),
    )
    shown = []
    for book in (MemoryBook(team, huddles), MemoryBook(edited, huddles)):
        async with desk(HuddleDetailScreen(LAST), book, (140, 120)) as at:
            text = at.text()
            for kpi in book.team().kpis:
                text = text.replace(kpi.name, "KPI")
            for person in (*book.team().people, *team.people):  # who does what is told as it was agreed
                text = text.replace(person.name, "PERSON")
            shown.append(words(text))
    assert shown[0].replace("★", "") == shown[1].replace("★", "")
    assert "99999" not in shown[1]


async def test_a_stuck_is_marked_solved_where_it_was_said_and_taken_back() -> None:
    book = book_of()
    ends = open_ends(book.summaries())
    stuck = ends.stucks[-1].said
    async with desk(HuddleDetailScreen(stuck.day), book) as at:
        keys = [line.key for line in at.screen.listed.lines if line.key]
        for _ in keys:
            if getattr(at.screen.listed.cursor, "person", "") == stuck.person and hasattr(
                at.screen.listed.cursor, "action"
            ):
                break
            at.screen.listed.move(1)
        await at.press("enter")
        turn = at.book.huddle(stuck.day).turn(stuck.person)  # type: ignore[union-attr]
        assert turn is not None
        assert turn.stucks[0].solved_on is None, "Enter opens, and marks nothing"
        assert "d marks it done" in at.toasts
        await at.press("d")
        turn = at.book.huddle(stuck.day).turn(stuck.person)  # type: ignore[union-attr]
        assert turn is not None
        assert turn.stucks[0].solved_on == at.screen.time.today()
        assert "Marked done" in at.text()
        await at.press("ctrl+z")
        turn = at.book.huddle(stuck.day).turn(stuck.person)  # type: ignore[union-attr]
        assert turn is not None
        assert turn.stucks[0].solved_on is None


# Open ends


@pytest.mark.quick
async def test_open_ends_with_their_age_and_marked_done() -> None:
    async with desk(OpenEndsScreen(), size=(110, 60)) as at:
        ends = open_ends(at.book.summaries())
        assert f"{len(ends.stucks)} open stuck" in at.text()
        assert f"{len(ends.actions)} open action" in at.text()
        oldest = ends.stucks[0]
        assert f"●×{oldest.age}" in at.line("▌") or "●" * oldest.age in at.line("▌")
        await at.press("d")
        assert len(open_ends(at.book.summaries()).stucks) == len(ends.stucks) - 1
        assert f"{len(ends.stucks) - 1} open stuck" in at.text()
        await at.press("G", "space")
        assert len(open_ends(at.book.summaries()).actions) == len(ends.actions) - 1
        await at.press("ctrl+z", "ctrl+z")
        assert open_ends(at.book.summaries()) == ends
        await at.press("ctrl+z")
        assert "nothing to undo" in at.text()


async def test_enter_leads_to_the_huddle_where_it_was_said() -> None:
    async with desk(OpenEndsScreen()) as at:
        oldest = open_ends(at.book.summaries()).stucks[0].said
        await at.press("enter")
        assert isinstance(at.screen, HuddleDetailScreen)
        assert at.screen.day == oldest.day


async def test_a_mark_that_cannot_be_saved_says_so_and_changes_nothing() -> None:
    book = book_of()
    async with desk(OpenEndsScreen(), book) as at:
        before = at.book.summaries()
        book.fail_with = HuddleError("The disk is full.")
        await at.press("d")
        assert "The disk is full." in at.text()
        assert at.book.summaries() == before
        book.fail_with = None


async def test_nothing_open_is_said() -> None:
    async with desk(OpenEndsScreen(), MemoryBook(past()[0])) as at:
        assert "Nobody is stuck." in at.text()
        assert "No action is open." in at.text()
        await at.press("d", "enter", "j")


# A number


@pytest.mark.quick
async def test_a_number_with_every_reading_and_its_note() -> None:
    team, huddles = past()
    kpi = next(k for k in team.kpis if k.counting is Counting.SNAPSHOT and k.retired_on is None)
    async with desk(KpiHistoryScreen(kpi.id), size=(160, 60)) as at:
        said = [(h.day, r) for h in huddles for t in h.turns for r in t.readings if r.kpi == kpi.id]
        assert kpi.name in at.text()
        assert at.screen.listed.cursor == said[-1][0]
        assert [line.key for line in at.screen.listed.lines if line.key] == [day for day, _r in reversed(said[-13:])]
        for note in {r.note for _day, r in said[-13:] if r.note}:
            assert note in at.text()
        await at.press("t", "t", "t")
        assert [line.key for line in at.screen.listed.lines if line.key] == [day for day, _r in reversed(said)]
        await at.press("enter")
        assert isinstance(at.screen, HuddleDetailScreen)


async def test_right_and_left_go_through_the_numbers_of_the_scorecard() -> None:
    team = past()[0]
    listed = [kpi for person in team.members for kpi in team.kpis_of(person.id)]
    async with desk(KpiHistoryScreen(listed[0].id)) as at:
        await at.press("l")
        assert listed[1].name in at.text()
        await at.press("left", "h")
        assert listed[-1].name in at.text()
        await at.press("p")
        assert isinstance(at.screen, PersonScreen)


async def test_an_unknown_number_says_so() -> None:
    async with desk(KpiHistoryScreen("nobody-knows")) as at:
        assert "not known in this book" in at.text()
        await at.press("enter", "l", "t", "p")


@pytest.mark.parametrize("place", range(12))
async def test_every_kind_of_number(place: int) -> None:
    kpi = past()[0].kpis[place]
    async with desk(KpiHistoryScreen(kpi.id), size=(80, 24)) as at:
        assert kpi.name[:20] in at.text()
        await at.press("t", "j", "G")


# A person


@pytest.mark.quick
async def test_a_person_with_numbers_time_and_what_is_open() -> None:
    team, huddles = past()
    person = team.people[1]
    async with desk(PersonScreen(person.id), size=(120, 80)) as at:
        text = at.text()
        assert person.name in text
        for kpi in team.kpis_of(person.id):
            assert kpi.name in text
        ends = open_ends(at.book.summaries())
        for aged in ends.stucks:
            if aged.said.person == person.id:
                assert aged.said.text in text
        for one in ends.actions:
            if fold(one.action.who) == fold(person.name):
                assert one.action.what in text
        spoke = [t for h in huddles[-13:] for t in h.turns if t.person == person.id and t.state is TurnState.DONE]
        mean = sum(t.watch.used for t in spoke) / len(spoke)
        assert f"{int(mean) // 60}:{int(mean) % 60:02}" in text or "time per turn" in text
        others = [p.name for p in team.people if p.id != person.id]
        assert not [name for name in others if name in text]
        await at.press("enter")
        assert isinstance(at.screen, KpiHistoryScreen)


async def test_right_goes_to_the_next_person() -> None:
    members = past()[0].members
    async with desk(PersonScreen(members[0].id)) as at:
        await at.press("l")
        assert members[1].name in at.text()
        await at.press("h", "h")
        assert members[-1].name in at.text()
        await at.press("t", "G", "enter")
        assert isinstance(at.screen, HuddleDetailScreen)


# The team over time


@pytest.mark.quick
async def test_the_team_over_time() -> None:
    async with desk(TeamOverTimeScreen(), size=(120, 40)) as at:
        assert "Promises kept" in at.text()
        assert "Temperature" in at.text()
        assert "planned 10:00" in at.text()
        assert "last 13 weeks" in at.text()
        await at.press("t", "t", "t")
        assert "all weeks" in at.text()
        await at.press("o")
        assert isinstance(at.screen, OpenEndsScreen)


# All of them


def screens() -> list[HuddleScreen]:
    team = past()[0]
    return [
        PastHuddlesScreen(),
        ScorecardScreen(),
        HuddleDetailScreen(LAST),
        KpiHistoryScreen(team.kpis[0].id),
        PersonScreen(team.people[0].id),
        TeamOverTimeScreen(),
        OpenEndsScreen(),
    ]


@pytest.mark.parametrize("place", range(7))
@pytest.mark.parametrize("size", [(60, 18), (200, 60), (1, 1), (12, 5)])
async def test_every_screen_at_every_size(place: int, size: tuple[int, int]) -> None:
    async with desk(screens()[place], size=size) as at:
        await at.press("j", "k", "G", "g", "pagedown", "f1", "escape")
        await at.pilot.resize_terminal(80, 24)
        await at.settled()
        await at.pilot.pause(0.1)
        assert at.text().strip()


@pytest.mark.parametrize("place", range(7))
async def test_every_screen_speaks_dutch(place: int) -> None:
    i18n.use("nl")
    try:
        async with desk(screens()[place], size=(120, 50)) as at:
            assert " of " not in at.text().replace("[/b] of ", "")
    finally:
        i18n.use("en")


@pytest.mark.parametrize("place", range(7))
async def test_every_screen_stands_on_an_empty_book(place: int) -> None:
    async with desk(screens()[place], MemoryBook(past()[0])) as at:
        await at.press("j", "enter", "d", "t", "l", "h")
        assert at.text().strip()


async def test_markup_control_codes_and_long_names_are_letters() -> None:
    team, huddles = past()
    nasty = "[/] [red]x[/] =1+1 👩\u200d👩\u200d👧 佐藤さん " + "lang" * 15
    named = replace(
        team,
        name=nasty,
        people=tuple(replace(p, name=f"{nasty[:60]} {p.id}", role=nasty) for p in team.people),
        kpis=tuple(replace(k, name=f"{nasty} {k.id}", unit="[b]") for k in team.kpis),
    )
    turns = tuple(replace(t, stucks=(Stuck(nasty * 20),)) for t in huddles[-1].turns)
    book = MemoryBook(named, [*huddles[:-1], replace(huddles[-1], turns=turns, team=nasty)])
    for place in range(7):
        async with desk(screens()[place], book, (100, 40)) as at:
            assert "[/] [red]x[/]" in at.text().casefold(), screens()[place]
            await at.press("j", "j", "G")


async def test_a_book_that_is_gone_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    book = book_of()

    def gone() -> list[date]:
        raise HuddleError("The folder is gone.")

    async with desk(ScorecardScreen(), book) as at:
        monkeypatch.setattr(book, "team", gone)
        await at.press("n", "escape")
        assert "The folder is gone." in at.text()

"""The round on the shared screen: the Enter path, every key, the clock, and what is on disk when it shows as said."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace
from textual.content import Content

from huddle_tui import i18n
from huddle_tui.activities.hosting import Hosting
from huddle_tui.domain.huddle import Action, CheckIn, Entry, Huddle, Stage, Stuck, Turn, TurnState
from huddle_tui.domain.judging import Status
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Kpi, Team
from huddle_tui.domain.team_edits import change_kpi
from huddle_tui.domain.workdays import Period
from huddle_tui.i18n import _
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.home.home import HomeScreen
from huddle_tui.ui.kit.big import BigText
from huddle_tui.ui.places import Home
from huddle_tui.ui.round import turn as turn_view
from huddle_tui.ui.round.recap import RecapScreen
from huddle_tui.ui.round.round import RoundScreen
from huddle_tui.ui.round.taken import TakenScreen
from huddle_tui.ui.shared.board import Board, BoardRow, RowState
from tests.kit.driven import Driven, on_screen, toasts
from tests.kit.fakes import MONDAY, FakeTime, small_team
from tests.kit.memory_book import MemoryBook
from tests.kit.round_table import table
from tests.kit.steady_weeks import steady_weeks

KEPT = "8| 2| 25| 12500|"
"""Four kept numbers of somebody: a running total on its last day needs all of its promise."""


def unreadable() -> Team:
    """A team whose file cannot be read."""
    raise HuddleError("The team cannot be read.")


@pytest.mark.quick
async def test_a_whole_huddle_is_held_with_digits_and_enter_alone() -> None:
    async with table() as t:
        await t.keys("|", KEPT, "|", KEPT, "|", KEPT, "|", "8|")
        assert isinstance(t.screen, RecapScreen)
        assert t.huddle.stage is Stage.ENDED
        assert t.huddle.temperature == 8
        assert [r.status for r in t.huddle.readings] == [Status.GREEN] * 12
        assert [turn.state for turn in t.huddle.turns] == [TurnState.DONE] * 3


async def test_a_yellow_number_costs_a_second_enter_and_a_red_one_a_third() -> None:
    async with table() as t:
        await t.keys("|", "7||", "3|||", "25|", "12500|", "|")
        turn = t.huddle.turns[0]
        assert [r.status for r in turn.readings] == [Status.YELLOW, Status.RED, Status.GREEN, Status.GREEN]
        assert turn.readings[1].next_promise == Decimal(2)
        assert turn.state is TurnState.DONE


async def test_dutch_numbers_are_typed_the_dutch_way() -> None:
    async with table() as t:
        await t.keys("|", "8| 2| 25| 12.500|")
        assert t.huddle.turns[0].readings[3].actual == Decimal(12500)
        await t.keys("|", "12,5|")
        assert t.huddle.turns[1].readings[0].actual == Decimal("12.5")


async def test_a_refused_number_stays_in_its_field_with_the_sentence_under_it() -> None:
    async with table() as t:
        await t.keys("|", "12.50|")
        assert "12.50 is not a Dutch number: did you mean 12,50?" in t.wrong()
        assert t.typed == "12.50"
        assert t.huddle.readings == ()


async def test_a_number_is_named_by_the_period_it_is_over() -> None:
    async with table(time=FakeTime(date(2026, 11, 25))) as t:
        await t.keys("|", "8| 2|")
        assert any("for week 48, up to dinsdag 24" in line for line in on_screen(t.pilot.app))


async def test_nothing_typed_is_not_measured() -> None:
    async with table() as t:
        await t.keys("|", "|")
        assert t.huddle.readings[0].status is Status.NOT_MEASURED


async def test_all_keys_in_one_breath_land_in_the_right_fields() -> None:
    async with table() as t:
        await t.keys("|")
        keys = [k for word in ("8", "2", "25", "12500") for k in (*word, "enter")]
        await t.pilot.press(*keys)
        await t.settled()
        assert [str(r.actual) for r in t.huddle.readings] == ["8", "2", "25", "12500"]


async def test_red_owns_the_screen_and_asks_for_the_next_promise() -> None:
    async with table() as t:
        await t.keys("|", "3|")
        assert "why:" in t.text()
        assert "don't know yet" in t.text()
        await t.keys("|")
        assert "Count on me:" in t.text()
        assert "Ctrl+G stuck" in t.text()
        assert t.typed == "8"
        await t.keys("6|")
        assert t.huddle.readings[0].next_promise == Decimal(6)


async def test_arrows_choose_the_reason_while_the_field_is_empty() -> None:
    async with table() as t:
        await t.keys("|", "7|")
        assert "What is the plan?" in t.text()
        assert "don't know yet" in t.text()
        await t.keys("right", "right")
        assert "waited for a colleague" in t.text()
        await t.keys("b e l left left right |")
        assert (t.huddle.readings[0].note, t.huddle.readings[0].reason) == ("bel", 2)
        await t.keys("9|", "left", "left")
        assert "ill or away" in t.text()
        await t.keys("|", "|")
        assert (t.huddle.readings[1].reason, t.huddle.readings[1].next_promise) == (7, Decimal(2))


async def test_who_types_on_after_a_red_flag_types_the_next_promise() -> None:
    async with table() as t:
        await t.keys("|", "3|", "6|", "2|")
        assert (t.huddle.readings[0].reason, t.huddle.readings[0].next_promise) == (9, Decimal(6))
        assert t.huddle.readings[1].actual == Decimal(2)


async def test_a_promise_must_be_a_number() -> None:
    async with table() as t:
        await t.keys("|", "3|", "|", "backspace |")
        assert "A promise is a number" in t.wrong()


async def test_the_changed_promise_is_in_the_team_after_the_huddle_and_read_out_at_the_next() -> None:
    async with table(MemoryBook(small_team(people=1))) as t:
        await t.keys("|", "3| 6|", "2| 25| 12500|", "|", "|")
        kpi = t.book.team().kpi("sanne-opgelost")
        assert kpi is not None
        assert kpi.promise == Decimal(6)
        assert t.book.team().promise_changes[0].by == "sanne"
    tuesday = FakeTime(MONDAY.replace(day=24))
    async with table(t.book, time=tuesday) as t:
        await t.pilot.press("enter")
        await t.until(lambda: "▼ 8 → 6 Klachten opgelost" in t.text())


async def test_next_back_and_undo() -> None:
    async with table() as t:
        await t.keys("|", "8|", "ctrl+n")
        assert t.speaker == "josé"
        await t.keys("ctrl+b")
        assert t.speaker == "sanne"
        await t.keys("ctrl+z", "ctrl+z", "ctrl+z")
        assert t.speaker == "sanne"
        assert t.huddle.readings == ()


async def test_a_number_that_is_typed_and_not_entered_is_said_when_its_turn_is_left() -> None:
    told = "Typed and not entered, of Sanne: {}. It does not count, and is there when you go back."
    async with table() as t:
        await t.keys("|", "8|", "1", "ctrl+n")
        assert t.speaker == "josé"
        await t.until(lambda: told.format("Klachten open 1") in toasts(t.app))
        await t.keys("ctrl+b")
        assert (t.speaker, t.typed) == ("sanne", "1")
        await t.keys("|", "2 5", "down", "ctrl+l")
        await t.until(lambda: told.format("Bezoeken 25") in toasts(t.app))
        await t.keys("ctrl+b", "up", "|", "1 2 5 0 0|", "|")
        assert t.speaker == "josé"
        assert len(toasts(t.app)) == 2, "what was entered is not said again"


async def test_skipped_comes_back_at_the_end() -> None:
    async with table() as t:
        await t.keys("|", "ctrl+l")
        assert t.speaker == "josé"
        await t.keys("ctrl+n", "ctrl+n")
        assert t.speaker == "sanne"
        await t.keys("ctrl+l")
        assert "Nobody else is left" in t.wrong()


async def test_pause_stops_both_clocks_and_enter_goes_on() -> None:
    async with table() as t:
        await t.keys("|")
        t.time.seconds += 10
        await t.keys("f5")
        t.time.seconds += 100
        await t.keys("ctrl+s")
        t.time.seconds += 5
        await t.keys("8|")
        await t.keys("f5")
        assert t.huddle.watch.used == pytest.approx(15)
        assert t.huddle.turns[0].watch.used == pytest.approx(15)


async def test_one_bell_at_zero_and_the_clock_goes_on_as_overtime() -> None:
    async with table() as t:
        rung: list[int] = []
        t.pilot.app.bell = lambda: rung.append(1)  # type: ignore[method-assign]
        await t.keys("|")
        t.time.seconds += 72
        await t.until(lambda: "time is up" in t.text())
        t.time.seconds += 2
        await t.until(lambda: "1:14 of 10:00" in t.text())
        assert rung == [1]


async def test_action_stuck_and_offline_are_one_key_each() -> None:
    async with table() as t:
        await t.keys("|", "3|", "|", "ctrl+g", "p r i n t e r |")
        await t.keys("ctrl+t", "|", "b e l |", "+2|")
        await t.keys("ctrl+o", "|")
        assert t.huddle.turns[0].stuck == "printer"
        action = t.huddle.actions[0]
        assert (action.who, action.what, action.by) == ("Sanne", "bel", MONDAY.replace(day=25))
        assert t.huddle.offline[0].what == "Klachten opgelost"
        assert "Count on me:" in t.text()


async def test_what_was_noted_beside_the_round_is_said_until_the_next_step() -> None:
    async with table() as t:
        await t.keys("|", "ctrl+t", "|", "b e l |", "+2|")
        assert t.wrong() == "✔ Sanne: bel  wo 25 nov."
        await t.keys("ctrl+z")
        assert t.wrong() == ""
        await t.keys("ctrl+o", "|")
        assert t.wrong() == "✔ Klachten opgelost"
        await t.keys("8|")
        assert t.wrong() == ""


async def test_where_one_is_stuck_is_asked_with_the_way_back_to_a_number() -> None:
    async with table(size=(60, 18)) as t:
        await t.keys("|", KEPT)
        assert "↑ corrects a number" in t.text()
        await t.keys("w a i t")
        assert "↑ corrects a number" not in t.text()


async def test_a_stuck_of_this_turn_is_not_asked_about_as_an_old_one() -> None:
    async with table() as t:
        await t.keys("|", "ctrl+g", "p r i n t e r |", KEPT)
        assert "Where are you stuck?" in t.text()
        assert t.typed == "printer"
        await t.keys("|")
        await t.keys(*["ctrl+n"] * 2, "|")
    async with table(t.book, time=FakeTime(MONDAY.replace(day=24))) as t:
        await t.until(lambda: "printer" in t.text())
        await t.keys("|", KEPT)
        assert "Still stuck? Enter keeps it:" in t.text()
        assert t.typed == "printer"


async def test_an_action_without_a_what_is_refused_and_escape_leaves_it() -> None:
    async with table() as t:
        await t.keys("|", "ctrl+t", "|", "|")
        assert "An action needs its what" in t.wrong()
        assert "What?" in t.text()
        await t.keys("escape")
        assert t.huddle.actions == ()
        assert isinstance(t.screen, RoundScreen)


async def test_who_does_an_action_is_a_member_by_first_letters_and_which_one_is_asked() -> None:
    team = small_team()
    fatima = replace(team.people[2], name="Sanna")
    book = MemoryBook(replace(team, people=(*team.people[:2], fatima)))
    async with table(book) as t:
        await t.keys("|", "ctrl+t", "s a n |")
        assert "more than one name: Sanne, Sanna" in t.wrong()
        assert t.typed == "san"
        await t.keys("n a |", "b e l |", "|")
        await t.keys("ctrl+t", "j |", "b e l |", "|", "ctrl+t", "P i e t |", "b e l |", "|")
        assert [action.who for action in t.huddle.actions] == ["Sanna", "José", "Piet"]


async def test_what_was_typed_beside_the_round_is_there_again_after_leaving_it() -> None:
    async with table() as t:
        await t.keys("|", "ctrl+g", "p r i n t e r")
        await t.pilot.press("escape", "escape", "right", "enter")
        await t.until(lambda: isinstance(t.screen, HomeScreen))
        await t.keys("r", "|", "ctrl+g")
        assert t.typed == "printer"
        await t.keys("|")
        assert t.huddle.turns[0].stucks[0].text == "printer"
        await t.keys("ctrl+n", "ctrl+g")
        assert t.typed == ""


async def test_an_action_that_is_left_half_agreed_goes_on_with_the_answers_it_had() -> None:
    async with table() as t:
        await t.keys("|", "ctrl+t", "J o s é |", "b e l |", "+", "escape")
        await t.keys("ctrl+t")
        assert t.typed == "José"
        await t.keys("|")
        assert t.typed == "bel"
        await t.keys("|")
        assert t.typed == "+"
        await t.keys("2|")
        assert [(one.who, one.what) for one in t.huddle.actions] == [("José", "bel")]
        await t.keys("ctrl+t")
        assert t.typed == "Sanne", "what was agreed is no draft"


async def test_a_draft_survives_a_side_question_and_a_skip() -> None:
    async with table() as t:
        await t.keys("|", "12", "ctrl+o", "escape")
        assert t.typed == "12"
        await t.keys("ctrl+l", "ctrl+b" if t.speaker == "" else "ctrl+n", "ctrl+n")
        assert t.speaker == "sanne"
        assert t.typed == "12"


async def test_who_is_away_in_the_opening_gets_no_turn_and_can_join_late() -> None:
    async with table() as t:
        await t.keys("space", "|")
        assert t.speaker == "josé"
        await t.keys("ctrl+r", "up", "space", "escape")
        assert t.round_screen.round.huddle.turns[0].state is TurnState.WAITING
        await t.keys("ctrl+n")
        assert t.speaker == "sanne"


async def test_absent_in_the_round_goes_to_the_next() -> None:
    async with table() as t:
        await t.keys("|", "ctrl+r", "space", "escape")
        assert t.huddle.turns[0].state is TurnState.ABSENT
        assert t.speaker == "josé"


async def test_who_has_spoken_and_was_marked_away_by_mistake_has_spoken_again() -> None:
    async with table() as t:
        await t.keys("|", "8|", "ctrl+n")
        states = [t.huddle.turns[0].state]
        await t.keys("ctrl+r", "up")
        for _ in range(2):
            await t.keys("space")
            states.append(t.huddle.turns[0].state)
        assert states == [TurnState.DONE, TurnState.ABSENT, TurnState.DONE]
        await t.keys("escape")
        assert t.speaker == "josé"


async def test_by_proxy_marks_what_is_said() -> None:
    async with table() as t:
        await t.keys("|", "ctrl+r", "p", "escape", "8|")
        assert t.huddle.readings[0].by_proxy
        assert "by proxy" in t.text()


async def test_arrows_go_to_a_number_to_correct_it_and_both_values_stay() -> None:
    async with table() as t:
        await t.keys("|", "8|", "up", "9|")
        reading = t.huddle.readings[0]
        assert (reading.actual, reading.earlier) == (Decimal(9), (Decimal(8),))
        assert t.round_screen.round.speaking is not None
        assert t.round_screen.round.speaking.at == 1


async def test_a_click_on_a_row_asks_for_that_number() -> None:
    async with table() as t:
        await t.keys("|")
        await t.pilot.click("#board", offset=(5, 17))
        await t.settled()
        assert t.round_screen.round.speaking is not None
        assert t.round_screen.round.speaking.at == 3


def checked_in(person: str = "sanne", **changes: object) -> CheckIn:
    entries = (Entry(f"{person}-opgelost", "6", True, Decimal(6), note="plan", next_promise=Decimal(7)),)
    return replace(CheckIn(person, MONDAY, entries, stuck="geen tijd", by=person), **changes)


@pytest.mark.quick
async def test_a_checked_in_number_is_hidden_until_enter_uncovers_it() -> None:
    book = MemoryBook(small_team())
    book.change_check_in("sanne", MONDAY, lambda _: checked_in())
    async with table(book) as t:
        assert "0 of 3 checked in" in t.text()
        assert "1 of 4 numbers in" in t.text()
        await t.keys("|")
        assert "▒" in t.text()
        await t.keys("|")
        reading = t.huddle.readings[0]
        assert reading.checked_in
        assert reading.actual == Decimal(6)
        assert reading.status is Status.RED
        await t.keys("|")
        assert t.typed == "7"
        assert book.check_ins("sanne") == []


async def test_correcting_a_checked_in_number_keeps_both_values() -> None:
    book = MemoryBook(small_team())
    book.change_check_in("sanne", MONDAY, lambda _: checked_in(by="josé"))
    async with table(book) as t:
        await t.keys("|", "9|")
        reading = t.huddle.readings[0]
        assert (reading.actual, reading.earlier, reading.by_proxy) == (Decimal(9), (Decimal(6),), True)


async def test_a_check_in_from_another_program_shows_while_something_is_typed() -> None:
    book = MemoryBook(small_team())
    async with table(book) as t:
        await t.keys("|", "1")
        book.beside().change_check_in("josé", MONDAY, lambda _: checked_in("josé"))
        await t.until(lambda: "josé" in t.round_screen.hosting.check_ins)
        assert t.typed == "1"
        assert "josé" in t.round_screen.hosting.check_ins


async def test_absent_but_checked_in_keeps_the_numbers() -> None:
    book = MemoryBook(small_team(people=2))
    book.change_check_in("sanne", MONDAY, lambda _: checked_in())
    async with table(book) as t:
        await t.keys("space", "|", KEPT, "|", "|")
        turn = t.huddle.turns[0]
        assert turn.state is TurnState.ABSENT
        assert [(r.actual, r.checked_in) for r in turn.readings] == [(Decimal(6), True)]


def assert_opened(gate: threading.Event) -> None:
    """A disk that takes its time."""
    assert gate.wait(20)


@pytest.mark.quick
async def test_a_number_shows_as_said_only_when_it_is_on_disk() -> None:
    book, gate = MemoryBook(small_team()), threading.Event()
    async with table(book) as t:
        await t.keys("|")
        book.before_save = lambda: assert_opened(gate)
        await t.pilot.press("8", "enter")
        await t.until(lambda: "saving" in t.text())
        assert "✔" not in t.text()
        await t.pilot.press("2")
        await t.pilot.pause()
        assert t.typed == "2"
        book.before_save = None
        gate.set()
        await t.settled()
        await t.pilot.pause()
        assert "✔" in t.text()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[BoardRow]]:
    """What the board drew, in order."""
    rows: list[Sequence[BoardRow]] = []
    draw = Board.draw

    def noted(board: Board, given: Sequence[BoardRow], width: int, height: int) -> list[Content]:
        rows.append(given)
        return draw(board, given, width, height)

    monkeypatch.setattr(Board, "draw", noted)
    return rows


async def test_a_number_is_drawn_as_said_while_it_is_typed_and_not_again_when_it_is_on_disk(
    drawn: list[Sequence[BoardRow]],
) -> None:
    async with table() as t:
        await t.keys("|")
        await t.pilot.press("8")
        await t.until(lambda: drawn[-1][0].state is RowState.SAID)
        said = drawn[-1]
        assert "✔" not in t.text()
        await t.pilot.press("enter")
        await t.until(lambda: "✔" in t.text())
        assert drawn.count(said) == 1


@pytest.mark.quick
async def test_a_save_that_fails_is_said_kept_and_tried_again() -> None:
    book = MemoryBook(small_team())
    async with table(book) as t:
        await t.keys("|")
        book.fail_with = HuddleError("The disk is full.")
        await t.keys("8|")
        await t.until(lambda: "The disk is full." in t.wrong())
        assert "The disk is full." in t.wrong()
        book.fail_with = None
        await t.keys("2|")
        assert [str(r.actual) for r in t.huddle.readings] == ["8", "2"]
        assert t.round_screen.hosting.trouble is None


async def test_a_huddle_that_could_not_be_closed_is_closed_with_enter_once_it_can() -> None:
    book = MemoryBook(small_team(people=1))
    async with table(book) as t:
        await t.keys("|", "8|", "2|", "25|", "12.500|", "|")
        book.fail_with = HuddleError("The disk is full.")
        await t.keys("8|")
        await t.until(lambda: "The disk is full." in t.wrong())
        book.fail_with = None
        await t.keys("|")
        await t.until(lambda: isinstance(t.screen, RecapScreen))
        assert (t.huddle.temperature, t.huddle.stage) == (8, Stage.ENDED)


async def test_who_leaves_on_a_full_disk_is_told_what_is_lost() -> None:
    book = MemoryBook(small_team(people=1))
    async with table(book) as t:
        await t.keys("|", "8|")
        book.fail_with = HuddleError("The disk is full.")
        await t.keys("1|")
        await t.until(lambda: "The disk is full." in t.wrong())
        await t.pilot.press("ctrl+q")
        await t.until(lambda: "not on disk" in t.text() and "The disk is full." in t.text())
        await t.keys("right |")
    assert [str(words) for words in t.app.last_words] == [
        "The disk is full.",
        "Not on disk: Sanne said 1 for “Klachten open”.",
    ]


async def test_while_it_is_paused_enter_is_said_to_do_one_thing() -> None:
    async with table() as t:
        await t.keys("|", "ctrl+s")
        assert "Enter goes on" in t.text()
        assert "not measured" not in t.text()
        await t.keys("|")
        assert "Enter alone: not measured" in t.text()


async def test_a_huddle_that_was_only_opened_is_not_one_to_go_on_with() -> None:
    async with table() as t:
        await t.keys("escape")
        await t.until(lambda: isinstance(t.screen, HomeScreen) and "Run huddle" in t.text())
        assert "Go on with the huddle" not in t.text()


async def test_a_round_opened_by_mistake_does_not_end_the_making_of_a_team() -> None:
    async with table(MemoryBook(Team("Half way"))) as t:
        await t.keys("escape")
        await t.until(lambda: isinstance(t.screen, HomeScreen) and "Go on making the team" in t.text())


@pytest.mark.quick
async def test_opened_again_it_offers_the_same_person_and_number_with_the_time_used() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    async with table(book, time=time) as t:
        await t.keys("|", "8|", "3")
        time.seconds += 42
    later = FakeTime()
    later.seconds = 5.0
    async with table(book, time=later) as t:
        await t.until(lambda: "Paused at 0:42" in t.text())
        await t.keys("|")
        assert t.speaker == "sanne"
        assert t.round_screen.round.speaking is not None
        assert t.round_screen.round.speaking.at == 1
        assert t.typed == "3"
        assert t.round_screen.round.speaking.watch.elapsed(later.seconds) == pytest.approx(42)


async def test_leaving_a_running_round_asks_with_stay_in_focus() -> None:
    async with table() as t:
        await t.keys("|", "ctrl+q")
        assert t.pilot.app.focused is not None
        assert t.pilot.app.focused.id == "no"
        await t.keys("enter")
        assert isinstance(t.screen, RoundScreen)
        await t.keys("escape", "right", "enter")
        await t.until(lambda: isinstance(t.screen, HomeScreen))


async def test_a_second_program_may_watch_and_take_over_and_the_first_is_told() -> None:
    book = MemoryBook(small_team())
    async with table(book) as first:
        await first.keys("|", "8|")
        async with table(book.beside()) as second:
            assert isinstance(second.screen, TakenScreen)
            await second.pilot.press("t")
            await second.pilot.pause()
            await second.keys("|", "2|")
            assert [str(r.actual) for r in second.huddle.readings] == ["8", "2"]
        await first.until(lambda: first.round_screen.watching)
        await first.pilot.press("9", "enter")
        assert first.round_screen.watching
        assert [str(r.actual) for r in first.huddle.readings] == ["8", "2"]


async def test_who_lost_the_huddle_is_left_no_old_error_and_no_field_and_is_told_that_it_was_closed() -> None:
    book = MemoryBook(small_team())
    async with table(book) as first:
        await first.keys("|", "12.50|")
        assert "12.50 is not" in first.wrong()
        async with table(book.beside()) as second:
            await second.pilot.press("t")
            await second.pilot.pause()
            await second.keys("|")
            await first.until(lambda: first.round_screen.watching)
            await first.until(lambda: "Watching" in first.text())
            assert (first.wrong(), first.typed) == ("", "")
            await second.keys("ctrl+n", "ctrl+n", "ctrl+n", "|")
            await first.until(lambda: "This huddle is closed." in first.text())
            assert "Watching" not in first.text()


async def test_a_question_beside_the_round_ends_when_the_huddle_is_taken_over() -> None:
    book = MemoryBook(small_team())
    async with table(book) as first:
        await first.keys("|", "ctrl+g", "p r i n t e r")
        async with table(book.beside()) as second:
            await second.pilot.press("t")
            await second.pilot.pause()
            await second.keys("|")
            await first.until(lambda: first.round_screen.watching)
            assert first.typed == ""
            await first.pilot.press("x", "enter")
            assert first.typed == ""
            assert first.app.drafts.get(first.round_screen._form, {}) == {"('side', 'Stuck on:')": "printer"}


async def test_watching_follows_without_a_hand_in_it() -> None:
    book = MemoryBook(small_team())
    async with table(book) as first:
        await first.keys("|")
        async with table(book.beside()) as second:
            await second.pilot.press("w")
            await second.pilot.pause()
            assert "Watching" in second.text()
            await second.pilot.press("5", "enter", "ctrl+n")
            await first.keys("8|")
            await second.until(lambda: bool(second.round_screen.round.huddle.readings))
            assert [str(r.actual) for r in second.round_screen.round.huddle.readings] == ["8"]
        assert first.speaker == "sanne"


async def test_the_clock_of_who_watches_runs_while_the_host_saves_and_stands_still_with_the_hosts() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    async with table(book, time=time) as first:
        await first.keys("|")
        time.seconds += 20
        await first.keys("8|")
        async with table(book.beside(), time=time) as second:
            await second.pilot.press("w")
            await second.pilot.pause()
            assert second.round_screen.round.huddle.watch.running
            time.seconds += 5
            await second.until(lambda: "0:25 of 10:00" in second.text())
            await first.keys("f5")
            await second.until(
                lambda: second.huddle.watch.used == 25 and second.round_screen.hosting.stored == second.huddle
            )

            def silent() -> bool:
                time.seconds += 5
                return second.round_screen.round.paused

            await second.until(silent)
            await second.until(lambda: "Sanne has the floor." in second.text())
            assert "0:25 of 10:00" in second.text()
            assert second.round_screen.query_one("#name", BigText).text == "Paused"
            await first.keys("|")
            await second.until(lambda: not second.round_screen.round.paused)
            assert second.round_screen.query_one("#name", BigText).text == "Sanne"


async def test_an_action_whose_day_has_passed_stands_out_in_opening_and_closing() -> None:
    book = MemoryBook(small_team(people=1))
    async with table(book, time=FakeTime(MONDAY - timedelta(days=3))) as t:
        await t.keys("|")
        for what, day in (("f i l t e r", "2 4"), ("p r i n t e r", "2 3")):
            await t.keys("ctrl+t", "|", f"{what} |", f"{day} - 1 1 |")
        await t.keys(KEPT, "|", "|")
    async with table(book, time=FakeTime(MONDAY + timedelta(days=1))) as t:
        await t.until(lambda: "printer" in t.text())
        text = t.text()
        assert "late, ma 23 nov." in text
        assert "late, di 24 nov." not in text
        await t.keys("|", KEPT, "|")
        await t.until(lambda: "late, ma 23 nov." in t.text())
        assert "late, di 24 nov." not in t.text()


async def test_a_name_goes_on_up_to_its_own_number_and_not_to_the_widest() -> None:
    team, name = small_team(people=1), "Nieuwe klanten live binnen dertig dagen"
    first, second, *others = team.kpis
    team = replace(team, kpis=(replace(first, promise=Decimal(180_000)), replace(second, name=name), *others))
    async with table(MemoryBook(team), (80, 24)) as t:
        await t.keys("|", "180000|")
        assert name in t.text()


async def test_who_watches_is_told_when_nobody_runs_the_huddle_any_more_and_when_somebody_does() -> None:
    book = MemoryBook(small_team())
    async with table(book) as first:
        await first.keys("|", "8|")
    host = book.beside().hold(f"host-{MONDAY}")
    assert host is not None
    async with table(book.beside()) as second:
        await second.pilot.press("w")
        await second.until(lambda: "Watching" in second.text())
        host.release()
        second.time.seconds += 13
        await second.until(lambda: "Nobody runs this huddle now: Esc, then r goes on with it." in second.text())
        assert not second.round_screen.round.huddle.watch.running
        async with table(book.beside()) as third:
            await third.keys("2|")
            await second.until(lambda: "Watching" in second.text())
            assert second.round_screen.round.huddle.watch.running


async def test_the_recap_can_be_reopened_and_nothing_is_overwritten() -> None:
    async with table(MemoryBook(small_team(people=1))) as t:
        await t.keys("|", KEPT, "|", "7|")
        await t.keys("o")
        assert isinstance(t.screen, RoundScreen)
        await t.keys("8|")
        assert t.huddle.temperature == 8
        assert len(t.huddle.readings) == 4


async def test_a_recap_that_cannot_be_reopened_says_why_and_can_be_later(monkeypatch: pytest.MonkeyPatch) -> None:
    async with table(MemoryBook(small_team(people=1))) as t:
        await t.keys("|", KEPT, "|", "7|")
        t.book.fail_with = HuddleError("The disk can only be read.")
        await t.pilot.press("o")
        await t.until(lambda: "The disk can only be read." in t.toasts)
        t.book.fail_with = None
        with monkeypatch.context() as patched:
            patched.setattr(t.book, "team", unreadable)
            await t.pilot.press("o")
            await t.until(lambda: "The team cannot be read." in t.toasts)
        await t.keys("o")
        assert isinstance(t.screen, RoundScreen)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (110, 34), (150, 44), (200, 60), (59, 17), (20, 5), (1, 1)])
async def test_every_size_shows_the_round_or_says_it_is_too_small(size: tuple[int, int]) -> None:
    async with table(size=size) as t:
        await t.keys("|", "3|", "|", "|", "2|")
        assert [str(r.actual) for r in t.huddle.readings] == ["3", "2"]


NASTY: list[str] = ["[/]", "[red]x", "=1+1", "👨‍👩‍👧‍👦 gezin", "山田太郎", "x" * 80]


@pytest.mark.parametrize("name", NASTY)
async def test_names_are_shown_as_the_letters_they_are(name: str) -> None:
    team = small_team(people=1)
    team = replace(
        team,
        name=name,
        people=(replace(team.people[0], name=name),),
        kpis=tuple(replace(k, name=f"{name} {n}") for n, k in enumerate(team.kpis)),
    )
    show: Callable[[str], str] = lambda text: text[:20]  # noqa: E731
    async with table(MemoryBook(team), size=(150, 44)) as t:
        await t.until(lambda: show(name) in t.text())
        await t.keys("|", "3|")
        await t.until(lambda: show(name) in t.text())
        await t.keys("|", "2| 25| 12500|", "|")
        await t.until(lambda: show(name) in t.text())


def test_the_pilot_still_waits_the_way_the_tests_speed_up() -> None:
    """`conftest` shortens a private wait of Textual: this fails when a new version waits another way."""
    from textual import _wait

    assert _wait.SLEEP_GRANULARITY == 0.002
    assert "SLEEP_GRANULARITY" in inspect.getsource(_wait.wait_for_idle)


def carried_book() -> MemoryBook:
    """Friday's huddle left Sanne stuck on the printer, and José to call."""
    friday = MONDAY - timedelta(days=3)
    at = FakeTime(friday).now()
    turn = Turn("sanne", "Sanne", TurnState.DONE, stucks=(Stuck("printer"),))
    actions = (Action("a", "José", "bellen"), Action("b", "José", "schrijven"))
    held = Huddle(friday, "x", started_at=at, ended_at=at, turns=(turn,), actions=actions)
    return MemoryBook(small_team(), [held])


async def test_closing_and_recap_show_everything_open_with_its_age_and_what_was_done_today() -> None:
    book = carried_book()
    async with table(book, size=(120, 40)) as t:
        await t.until(lambda: "schrijven" in t.text())
        await t.keys("down", "down", "down", "down", "down", "space")
        await t.until(lambda: "schrijven" not in t.text())
        await t.keys("|", "ctrl+n", "ctrl+n", "ctrl+n")
        await t.until(lambda: "Done today" in t.text())
        for shown in ("printer  ●●", "bellen  ●●", "Done today", "✔ José  schrijven"):
            assert shown in t.text()
        await t.keys("8", "|")
        await t.until(lambda: isinstance(t.screen, RecapScreen) and "printer  ●●" in t.text())
        for shown in ("bellen  ●●", "Done today", "✔ José  schrijven"):
            assert shown in t.text()
        await t.keys("o")
        await t.until(lambda: t.typed == "8")


async def test_back_at_the_closing_goes_to_who_spoke_last_also_after_it_was_opened_again() -> None:
    async with table() as t:
        await t.keys("|", "ctrl+n", "ctrl+n")
        last = t.speaker
        await t.keys("ctrl+n", "ctrl+b")
        assert t.speaker == last
        await t.keys("ctrl+n", "8", "|")
        await t.until(lambda: isinstance(t.screen, RecapScreen))
        await t.keys("o")
        await t.until(lambda: isinstance(t.screen, RoundScreen))
        await t.keys("ctrl+b")
        assert t.speaker == last


async def test_the_roll_call_opens_on_who_speaks_wherever_the_cursor_was() -> None:
    async with table(carried_book()) as t:
        await t.until(lambda: "schrijven" in t.text())
        await t.keys("G", "|")
        await t.keys("ctrl+r")
        assert t.round_screen.listed.cursor == t.speaker == "sanne"
        await t.keys("p", "escape")
        assert t.huddle.turns[0].by_proxy
        await t.keys("ctrl+n")
        await t.pilot.press("8", "enter", "ctrl+r")
        assert t.round_screen.listed.cursor == t.speaker == "josé"


async def test_what_is_solved_in_the_opening_leaves_the_cursor_at_its_place() -> None:
    async with table(carried_book()) as t:
        await t.until(lambda: "schrijven" in t.text())
        listed = t.round_screen.listed

        def keys() -> list[str]:
            return [line.key for line in listed.lines if line.key]

        await t.keys("down", "down", "down")
        stuck, *actions = keys()[3:]
        assert listed.cursor == stuck
        await t.keys("space")
        await t.until(lambda: stuck not in keys())
        assert listed.cursor == actions[0]
        await t.keys("down", "space")
        await t.until(lambda: actions[1] not in keys())
        assert listed.cursor == actions[0]
        await t.keys("ctrl+z", "ctrl+z")
        await t.until(lambda: stuck in keys())
        assert listed.cursor == actions[0]


async def test_the_stuck_field_knows_the_carried_one_and_a_key_solves_it() -> None:
    book = carried_book()
    async with table(book, size=(80, 24)) as t:
        await t.until(lambda: "printer" in t.text())
        await t.keys("|", "8|", "1|", "25|", "12500|")
        await t.until(lambda: t.typed == "printer")
        assert "Still stuck?" in t.text()
        assert "Ctrl+G solves it" in t.text()
        await t.keys("ctrl+g")
        await t.until(lambda: t.typed == "")
        assert "Ctrl+G solves it" not in t.text()
        friday = book.huddle(MONDAY - timedelta(days=3))
        assert friday is not None
        assert friday.turns[0].stucks[0].solved_on == MONDAY
        await t.keys("ctrl+z")
        await t.until(lambda: t.typed == "printer")
        await t.keys("|")
        assert t.huddle.turns[0].stucks == (Stuck("printer", 2),)


async def test_the_key_that_solves_a_stuck_solves_the_one_that_shows_and_keeps_what_else_was_typed() -> None:
    book = carried_book()
    friday = MONDAY - timedelta(days=3)

    def solved() -> object:
        held = book.huddle(friday)
        return held and held.turns[0].stucks[0].solved_on

    async with table(book) as t:
        await t.until(lambda: "printer" in t.text())
        await t.keys("|", KEPT)
        await t.until(lambda: t.typed == "printer")
        await t.keys("t y p o")
        assert "solves it" not in t.text()
        await t.keys("ctrl+g", "escape")
        assert solved() is None, "it does not show any more"
        assert t.typed == "typo"
        await t.keys("|", "ctrl+b")
        assert t.typed == "printer; typo"
        assert "Still stuck?" in t.text()
        await t.keys("end", "s", "ctrl+g")
        await t.until(lambda: t.typed == "typos")
        assert solved() == MONDAY
        assert "solves it" not in t.text()
        await t.keys("|")
        assert t.huddle.turns[0].stucks == (Stuck("typos", was="typo"),)


async def test_a_stuck_that_was_kept_in_this_turn_is_solved_by_the_same_key() -> None:
    async with table(carried_book()) as t:
        await t.until(lambda: "printer" in t.text())
        await t.keys("|", KEPT)
        await t.until(lambda: t.typed == "printer")
        await t.keys("|", "ctrl+b", "ctrl+g")
        await t.until(lambda: t.typed == "")
        assert "Where are you stuck?" in t.text()
        await t.keys("|")
        assert t.huddle.turns[0].stucks == (Stuck("printer", 2, MONDAY),)


async def test_a_stuck_of_this_turn_is_replaced_by_other_words_and_taken_back_by_none() -> None:
    async with table(carried_book()) as t:
        await t.until(lambda: "printer" in t.text())
        await t.keys("|", KEPT)
        await t.until(lambda: t.typed == "printer")
        await t.keys("end", ";", "o u d |", "ctrl+b")
        assert t.typed == "printer; oud"
        await t.keys("n i e u w |", "ctrl+b")
        assert t.huddle.turns[0].stucks == (Stuck("printer", 2), Stuck("nieuw"))
        assert t.typed == "printer; nieuw"
        await t.keys("backspace", "|", "ctrl+b")
        assert not t.huddle.turns[0].stuck
        assert t.typed == "printer", "Friday's is open still"


async def test_a_huddle_taken_up_again_at_the_stuck_proposes_what_was_carried() -> None:
    book = carried_book()
    async with table(book) as t:
        await t.keys("|", "8|", "1|", "25|", "12500|")
        await t.until(lambda: t.typed == "printer")
    async with table(book) as t:
        assert "Paused" in t.text()
        assert t.typed == ""
        await t.keys("|")
        await t.until(lambda: "Still stuck?" in t.text())
        assert t.typed == "printer"
        await t.keys("f5", "ctrl+t", "escape", "f5")
        assert t.typed == "printer"
        await t.keys("|")
        assert t.huddle.turns[0].stucks == (Stuck("printer", 2),)


async def test_a_proposed_promise_is_replaced_by_what_is_typed_also_after_a_side_step() -> None:
    async with table() as t:
        await t.keys("|", "3|")
        for step in ("ctrl+t", "ctrl+g", "ctrl+o"):
            await t.keys(step, "escape")
        await t.keys("5|")
        assert t.huddle.turns[0].readings[0].next_promise == Decimal(5)


def left_on_friday() -> MemoryBook:
    """A book whose Friday huddle began and was not closed; nobody runs it any more."""
    book, friday = MemoryBook(small_team()), FakeTime(MONDAY - timedelta(days=3))
    left = Hosting(book, friday)
    left.do(lambda r: r.start(friday.monotonic(), friday.now()))
    left.save()
    left.release()
    return book


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_home_cuts_none_of_its_ways_in_where_a_huddle_was_left_open(language: str) -> None:
    book = left_on_friday()
    i18n.use(language, "nl")
    async with HuddleApp(book, FakeTime(), Home()).run_test(size=(80, 24)) as pilot:
        t = Driven(pilot)
        await t.until(lambda: _("Last huddle") in t.text())
        assert _("Go on with the open huddle.") in t.text()
        assert "…" not in t.text()
    i18n.use("en")


async def test_home_offers_to_complete_or_close_a_huddle_left_open_the_day_before() -> None:
    book = left_on_friday()
    async with table(book) as t:
        await t.keys("escape")
        await t.until(lambda: isinstance(t.screen, HomeScreen) and "is still open" in t.text())
        assert "Complete it" in t.text()
        await t.pilot.press("z")
        await t.until(lambda: "is still open" not in t.text())
        held = book.huddle(MONDAY - timedelta(days=3))
        assert held is not None
        assert held.stage is Stage.ENDED


async def test_a_huddle_that_cannot_be_completed_says_why_and_can_be_later(monkeypatch: pytest.MonkeyPatch) -> None:
    book = left_on_friday()
    async with table(book) as t:
        await t.keys("escape")
        await t.until(lambda: isinstance(t.screen, HomeScreen) and "is still open" in t.text())
        book.fail_with = HuddleError("The disk can only be read.")
        await t.pilot.press("f")
        await t.until(lambda: "The disk can only be read." in t.toasts)
        book.fail_with = None
        with monkeypatch.context() as patched:
            patched.setattr(book, "team", unreadable)
            await t.pilot.press("f")
            await t.until(lambda: "The team cannot be read." in t.toasts)
        await t.keys("f")
        assert isinstance(t.screen, RoundScreen)


async def missed_the_day_before() -> MemoryBook:
    """A book whose Friday huddle left two of Sanne's misses unexplained."""
    book, friday = MemoryBook(small_team()), FakeTime(MONDAY - timedelta(days=3))
    hosting = Hosting(book, friday)
    assert hosting.claim()
    hosting.do(lambda r: r.start(0.0, friday.now()))
    for typed in ("7", "", "3", "", "2"):
        hosting.say(typed)
    for _person in range(3):
        hosting.do(lambda r: r.next(1.0))
    hosting.do(lambda r: r.end(None, 1.0, friday.now()))
    hosting.save()
    hosting.settle()
    hosting.release()
    return book


async def test_what_was_not_known_yet_is_asked_before_the_first_number() -> None:
    book = await missed_the_day_before()
    async with table(book) as t:
        await t.keys("|")
        assert "Known by now?" in t.text()
        assert "don't know yet" in t.text()
        assert "19 nov., 7, promised 8" in t.text()
        await t.keys("right", "right", "|")
        assert "19 nov., 3, promised 2 or less" in t.text()
        assert "don't know yet" in t.text()
        friday = book.huddle(MONDAY - timedelta(days=3))
        assert friday is not None
        assert [r.reason for r in friday.readings] == [2, 9]
        await t.keys("ctrl+z")
        assert "promised 8" in t.text()
        await t.keys("|", "|")
        assert "Known by now?" not in t.text()
        await t.keys("8|")
        assert [str(r.actual) for r in t.huddle.readings] == ["8"]


async def test_a_total_that_was_behind_its_pace_and_not_due_yet_is_not_called_missed() -> None:
    book, tuesday = MemoryBook(small_team()), MONDAY + timedelta(days=1)
    wednesday, thursday = (tuesday + timedelta(days=n) for n in (1, 2))
    async with table(book, time=FakeTime(wednesday)) as t:
        await t.keys("|", "8| 2| 6|", "||", "12500|", "|", "ctrl+n", "ctrl+n", "|")
        await t.until(lambda: isinstance(t.screen, RecapScreen))
    async with table(book, time=FakeTime(thursday)) as t:
        await t.keys("|")
        assert "Was behind di 24 nov., 6, pace 10 of 25: Bezoeken" in t.text()
        assert "Missed" not in t.text()


async def test_who_types_on_is_not_in_the_way_of_what_is_owed() -> None:
    async with table(await missed_the_day_before()) as t:
        await t.keys("|", KEPT)
        assert [str(r.actual) for r in t.huddle.readings] == ["8", "2", "25", "12500"]


async def test_what_is_typed_where_a_reason_is_owed_is_understood_and_refused_like_a_number() -> None:
    async with table(await missed_the_day_before()) as t:
        await t.keys("|", "1 2 , 5 0")
        assert "→ 12,50" in t.text() or "→ 12,5" in t.text()
        await t.keys("backspace backspace backspace . 5 |")
        assert "12.5" in t.wrong()
        assert t.typed == "12.5"
        assert "Known by now?" in t.text()


@pytest.mark.parametrize("size", [(80, 24), (110, 34)])
async def test_what_a_total_still_needs_stands_beside_it_once_it_was_said(size: tuple[int, int]) -> None:
    team = small_team()
    book = MemoryBook(team, steady_weeks(team, "sanne-bezoek", MONDAY + timedelta(days=1), [5] * 16))
    async with table(book, size, FakeTime(MONDAY + timedelta(days=2))) as t:
        await t.keys("|", "8| 2|")
        assert "needed from now" not in t.text()
        await t.keys("8|")
        await t.until(lambda: "1 in 10" in t.text())  # beside the red flag, where the next promise is asked
        assert "5,7 a day needed from now, 4 a day so far" in t.text()
        await t.keys("|", "|")
        await t.until(lambda: "1 in 10" in t.text())
        assert "1 day behind" in t.text()
        assert "omzet" in str(t.round_screen.round.kpi_at_hand())


async def test_the_opening_says_that_the_turns_do_not_fit_the_time_box() -> None:
    async with table(MemoryBook(replace(small_team(), time_box=120))) as t:
        assert "3 people × 60 s do not fit 2 min: 40 s each." in t.text()
        await t.pilot.press("space")
        await t.until(lambda: "2 people are here" in t.text())
        assert "do not fit" not in t.text()


async def test_a_number_where_it_is_asked_why_is_the_next_promise_and_says_so_before_enter() -> None:
    async with table() as t:
        await t.keys("|", "3|")
        assert "a number: the next promise" in t.text()
        await t.keys("6")
        assert "→ count on me: 6" in t.text()
        await t.keys("backspace i d e e |")
        assert "Choose why with ← and →" in t.wrong()
        assert t.typed == "idee"


async def test_what_does_not_fit_beside_the_field_ends_in_an_ellipsis() -> None:
    async with table(size=(80, 24)) as t:
        i18n.use("nl", "nl")
        await t.keys("|", "3|", *["right"] * 4)
        assert "waarom: ◂ vergeten, of niet begonnen ▸" in t.text()
        assert "getal: nieuwe belofte" in t.text()
    async with table(size=(60, 18)) as t:
        i18n.use("nl", "nl")
        await t.keys("|")
        await t.until(lambda: "Alleen Enter: niet gem…" in t.text())
        await t.keys("3|")
        await t.until(lambda: "waarom: ◂ weet ik nog niet ▸" in t.text())
        assert "getal: nieu…" in t.text()


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_the_recap_says_why_a_promise_was_missed_in_its_unit(size: tuple[int, int]) -> None:
    book = MemoryBook(small_team(people=1))
    async with table(book, size) as t:
        await t.keys("|", "8| 2| 25| 900|", "right right right |", "11000|", "|")
        assert "other work went first" in t.text(), "at the closing"
        await t.keys("|")
        assert isinstance(t.screen, RecapScreen)
        shown = " ".join(t.text().split())
        assert "€ 900" in shown
        assert "other work went first" in shown
        assert "count on € 11.000" in shown


async def test_an_empty_team_is_told_where_people_are_added() -> None:
    async with table(MemoryBook(replace(small_team(), people=(), kpis=()))) as t:
        await t.pilot.press("enter")
        await t.until(lambda: "Nobody is in the team yet: add people under Team" in t.text())


async def test_each_undo_after_a_red_flag_goes_one_question_back() -> None:
    async with table() as t:
        await t.keys("|", "3|", "right right |", "6|")
        assert t.huddle.readings[0].next_promise == Decimal(6)
        await t.keys("ctrl+z")
        assert "Count on me:" in t.text()
        await t.keys("ctrl+z")
        assert "why:" in t.text()
        await t.keys("ctrl+z")
        assert t.round_screen.round.huddle.readings == ()


async def test_an_at_most_promise_that_was_eased_says_at_most() -> None:
    async with table(MemoryBook(small_team(people=1))) as t:
        await t.keys("|", "8|", "4| right right | 3|", "25| 12500|", "|", "|")
    async with table(t.book, time=FakeTime(MONDAY.replace(day=24))) as t:
        await t.keys("|")
        assert "▼ at most 2 → 3 Klachten open" in t.text()


def test_a_promise_that_is_not_asked_every_turn_is_read_out_at_the_next_one_when_it_was_lowered() -> None:
    """A month's: red on the first, lowered then; its owner is asked for it again a month later (METHOD 7)."""
    month = Kpi("m", "Month", "sanne", Decimal(100), period=Period.MONTH)
    book = MemoryBook(replace(small_team(people=1), kpis=(month,)))
    told = []
    for day in (1, 2, 3):
        here = Hosting(book, FakeTime(date(2026, 12, day)))
        here.do(lambda r: r.start(0, FakeTime().now()))
        told.append(turn_view.lowered(here, here.round.huddle.turns[0]))
        for typed in ("50", "", "80") if day == 1 else ():
            here.say(typed)
        here.say("")
        here.do(lambda r: r.end(None, 1, FakeTime().now()))
        here.save()
        here.settle()
    assert told == [[], ["▼ 100 → 80 Month"], []]


def test_a_promise_that_was_lowered_while_its_owner_was_away_is_read_out_when_they_are_back() -> None:
    """What was checked in for the huddle between was said by nobody."""
    book, told = MemoryBook(small_team(people=2)), []
    kpi = replace(book.team().kpis[0], promise=Decimal(6))
    for n in range(3):
        day = MONDAY + timedelta(n)
        if n == 1:
            book.change_team(lambda team, day=day: change_kpi(team, kpi, day))  # type: ignore[misc]
        here = Hosting(book, FakeTime(day))
        if n == 1:
            entry = Entry(kpi.id, "7", answered=True, actual=Decimal(7))
            here.check_ins["sanne"] = CheckIn("sanne", day, (entry,))
            here.do(lambda r: r.absent("sanne", 0))
        here.do(lambda r: r.start(0, FakeTime().now()))
        if n != 1:
            told.append(turn_view.lowered(here, here.round.huddle.turns[0]))
        here.do(lambda r: r.say(Decimal(8), 0).next(0))
        if n != 1:
            here.do(lambda r: r.next(0))
        here.absorb_absent()
        here.do(lambda r: r.end(None, 1, FakeTime().now()))
        here.save()
    assert told == [[], ["▼ 8 → 6 Klachten opgelost"]]

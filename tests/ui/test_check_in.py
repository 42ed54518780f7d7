"""The check-in screen: keyboard only, saved as it is typed, hidden from the round until it is said."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.events import Paste

from huddle_tui import i18n
from huddle_tui.activities.checking_in import CheckingIn
from huddle_tui.domain.huddle import Asking
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Kpi
from huddle_tui.domain.workdays import Period
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.checkin.check_in import CheckInScreen
from huddle_tui.ui.home.home import HomeScreen
from huddle_tui.ui.kit.questions import ConfirmScreen
from huddle_tui.ui.places import RunHuddle
from tests.kit.check_in_desk import desk
from tests.kit.fakes import MONDAY, FakeTime, small_team
from tests.kit.memory_book import MemoryBook
from tests.kit.steady_weeks import steady_weeks


@pytest.fixture(autouse=True)
def _own_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    yield
    i18n.use("en")


@pytest.mark.quick
async def test_numbers_notes_promises_and_stuck_by_enter_alone() -> None:
    async with desk() as d:
        await d.keys("7|p l a n|", "3||4|", "25|", "12.500|", "p r i n t e r |")
        await d.until(lambda: isinstance(d.pilot.app.screen, HomeScreen))
        check_in = d.stored()
        assert check_in is not None
        assert check_in.closed
        assert [e.actual for e in check_in.entries] == [Decimal(7), Decimal(3), Decimal(25), Decimal(12500)]
        assert check_in.entries[0].note == "plan"
        assert check_in.entries[1].next_promise == Decimal(4)
        assert check_in.stuck == "printer"


async def test_a_number_at_the_reason_of_a_red_is_the_next_promise_and_says_so_before_enter() -> None:
    async with desk() as d:
        await d.keys("3|")
        assert "a number: the next promise" in d.text()
        await d.keys("6")
        assert "→ count on me: 6" in d.text()
        await d.keys("|")
        assert d.asked == "Klachten open"
        await d.until(lambda: (found := d.stored()) is not None and found.entries[0].next_promise == Decimal(6))
        assert d.entries() == ["3"]
        await d.keys("up", "up")
        assert d.asked == "What is the plan?"
        await d.keys("12.50|")
        assert d.asked == "Count on me:"
        assert d.typed == "12.50", "what is refused stays where it is asked for"
        assert "did you mean 12,50?" in d.text()


async def test_a_bare_number_left_as_a_plan_is_the_next_number_or_asked_about_before_the_form_closes() -> None:
    async with desk() as d:
        await d.keys("7|", "1", "down")
        assert d.asked == "Klachten open"
        assert d.typed == "1"
        await d.keys("|", "25|", "12500|", "up", "up", "up", "up")
        assert d.asked == "What is the plan?"
        await d.keys("9", "down", "|", "|", "|", "|")
        assert d.asked == "What is the plan?"
        assert d.typed == "9"
        assert "no number is left to say: the plan is words" in d.text()


async def test_it_says_the_day_the_promise_and_at_once_the_status() -> None:
    async with desk() as d:
        assert "for vrijdag 20 november" in d.text()
        await d.keys("3")
        assert "⚑" in d.text()
        await d.keys("backspace", "9")
        assert "✔" in d.text()


async def test_what_is_typed_is_on_disk_half_a_second_after_the_last_key_and_says_so() -> None:
    async with desk() as d:
        await d.keys("12,")
        await d.until(lambda: d.stored() is not None and d.stored().entries[0].typed == "12,")  # type: ignore[union-attr]
        await d.until(lambda: "✔ saved" in d.text())


@pytest.mark.quick
async def test_a_save_that_fails_is_said_and_tried_again() -> None:
    book = MemoryBook(small_team())
    async with desk(book) as d:
        book.fail_with = HuddleError("The disk is full.")
        await d.keys("8|")
        await d.until(lambda: "The disk is full." in d.text())
        book.fail_with = None
        await d.keys("2|")
        await d.until(lambda: d.stored() is not None and d.stored().answered == 2)  # type: ignore[union-attr]


async def test_a_refused_number_stays_with_its_sentence() -> None:
    async with desk() as d:
        await d.keys("12.50|")
        assert "12.50 is not a Dutch number: did you mean 12,50?" in d.text()
        assert d.typed == "12.50"


@pytest.mark.quick
async def test_leaving_and_coming_back_finds_the_draft() -> None:
    book = MemoryBook(small_team())
    async with desk(book) as d:
        await d.keys("8|", "4", "escape")
        await d.until(lambda: isinstance(d.pilot.app.screen, HomeScreen))
    async with desk(book) as d:
        assert [row.entry.typed for row in d.screen.checking_in.rows][:2] == ["8", "4"]


@pytest.mark.quick
async def test_undo_takes_back_the_last_step() -> None:
    async with desk() as d:
        await d.keys("8|", "ctrl+z")
        await d.until(lambda: d.screen.checking_in.draft.answered == 0)


async def test_arrows_correct_a_number() -> None:
    async with desk() as d:
        await d.keys("8|", "up", "backspace", "9|")
        await d.until(lambda: d.stored() is not None and d.stored().entries[0].actual == Decimal(9))  # type: ignore[union-attr]


async def test_for_somebody_else_it_is_by_proxy_for_ever() -> None:
    async with desk(for_name="José") as d:
        assert "by proxy: typed by Sanne" in d.text()
        await d.keys("8|")
        await d.until(lambda: d.stored("josé") is not None and d.stored("josé").typed_by_proxy("josé-opgelost"))  # type: ignore[union-attr]


async def test_once_the_turn_begins_it_says_so_and_nothing_changes_here() -> None:
    book = MemoryBook(small_team())
    async with desk(book) as d:
        await d.keys("8|")
        await d.until(lambda: d.stored() is not None)
        async with HuddleApp(book.beside(), FakeTime(), RunHuddle()).run_test(size=(110, 34)) as other:
            for _ in range(200):
                await other.pause()
                if not isinstance(other.app.screen, HomeScreen):
                    break
            await other.press("enter")
            await d.until(lambda: d.screen.checking_in.begun)
        assert "has begun" in d.text()


async def test_an_earlier_one_that_was_not_read_out_is_shown() -> None:
    book = MemoryBook(small_team())
    async with desk(book, day=MONDAY.replace(day=20)) as d:
        await d.keys("8|")
        await d.until(lambda: d.stored() is not None)
    async with desk(book) as d:
        said = " ".join(d.text().split())
        assert "Never read out, for the huddle of vrijdag 20 november: Klachten opgelost 8." in said


async def test_keys_in_one_breath_land_in_their_fields() -> None:
    async with desk() as d:
        await d.type("7|two hands|3||4|25|12.500|printer|")
        await d.until(lambda: isinstance(d.pilot.app.screen, HomeScreen))
        check_in = d.stored()
        assert check_in is not None
        assert [e.actual for e in check_in.entries] == [Decimal(7), Decimal(3), Decimal(25), Decimal(12500)]
        assert (check_in.entries[0].note, check_in.stuck, check_in.closed) == ("two hands", "printer", True)


async def test_enter_at_the_end_says_checked_in_and_when_it_is_said_aloud() -> None:
    async with desk() as d:
        await d.keys("8|", "2|", "25|", "|", "|")
        await d.until(lambda: isinstance(d.pilot.app.screen, HomeScreen))
        assert "Checked in: 4 of 4 numbers, to be said aloud on maandag 23 november." in d.toasts
        d.pilot.app.clear_notifications()  # which lies over it for a moment
        await d.until(lambda: "1 of 3 checked in" in d.text())


async def test_the_next_promise_is_proposed_as_it_stood_and_shown_beside_the_number() -> None:
    async with desk() as d:
        await d.keys("3||")
        assert (d.typed, "Count on me:" in d.text()) == ("8", True)
        await d.keys("6|")
        assert "promised 8 → 6" in d.text()


async def test_a_note_that_stands_is_shown_beside_its_number() -> None:
    async with desk(size=(110, 34)) as d:
        await d.type("7|two hands|")
        await d.until(lambda: "two hands" in d.text())
        await d.keys("up")
        assert d.typed == "two hands"


async def test_a_slow_number_that_is_not_due_is_at_the_end_and_may_be_left_alone() -> None:
    team = small_team()
    book = MemoryBook(
        replace(team, kpis=(*team.kpis, Kpi("nps", "NPS", "sanne", Decimal(40), period=Period.MONTH, since=MONDAY)))
    )
    async with desk(book) as d:
        assert "not due yet, for november" in d.text()
        await d.keys("8|", "2|", "25|", "12500|")
        assert "Where are you stuck?" in d.text()
        await d.keys("up", "|")
        assert "nps" not in {e.kpi for e in d.screen.checking_in.draft.entries}
        await d.keys("up", "41|", "|")
        await d.until(lambda: isinstance(d.pilot.app.screen, HomeScreen))
        assert d.entries() == ["8", "2", "25", "12500", "41"]


async def test_a_number_that_is_none_is_asked_again_before_the_check_in_closes() -> None:
    async with desk() as d:
        await d.keys("12.50", "down", "2|", "25|", "12500|", "|")
        assert d.asked == "Klachten opgelost"
        assert "12.50 is not a Dutch number: did you mean 12,50?" in d.text()
        await d.keys("backspace " * 5, "8|")
        await d.keys("down down down down |")
        await d.until(lambda: isinstance(d.pilot.app.screen, HomeScreen))
        assert d.entries() == ["8", "2", "25", "12500"]


async def test_a_check_in_that_was_closed_is_opened_and_corrected() -> None:
    book = MemoryBook(small_team())
    async with desk(book) as d:
        await d.keys("8|", "2|", "25|", "12500|", "|")
        await d.until(lambda: isinstance(d.pilot.app.screen, HomeScreen))
    async with desk(book) as d:
        assert "✔ checked in, saved" in d.text()
        assert d.typed == "8"
        await d.keys("backspace", "9", "down")
        await d.until(lambda: d.entries()[0] == "9")
        assert d.stored() is not None
        assert d.stored().closed  # type: ignore[union-attr]


async def test_undo_goes_back_to_the_number_it_changed() -> None:
    async with desk() as d:
        await d.keys("8|", "2|", "ctrl+z")
        assert (d.asked, d.typed) == ("Klachten open", "")
        await d.keys("ctrl+z")
        assert (d.asked, d.typed) == ("Klachten opgelost", "")
        await d.until(lambda: d.stored() is None)
        await d.keys("ctrl+z")
        assert "There is nothing to undo." in d.text()


async def test_a_draft_that_cannot_be_saved_is_not_left_without_asking() -> None:
    book = MemoryBook(small_team())
    async with desk(book) as d:
        book.fail_with = HuddleError("The disk is full.")
        await d.keys("8|", "escape")
        await d.until(lambda: "NOT SAVED, trying again" in d.text())
        assert d.screen.checking_in.draft.answered == 1
        await d.keys("escape")
        await d.until(lambda: isinstance(d.pilot.app.screen, ConfirmScreen))
        await d.keys("escape")
        await d.until(lambda: isinstance(d.pilot.app.screen, CheckInScreen))
        book.fail_with = None
        await d.keys("escape")
        await d.until(lambda: isinstance(d.pilot.app.screen, HomeScreen))
        assert d.entries() == ["8"]


async def test_ctrl_q_saves_first() -> None:
    book = MemoryBook(small_team())
    async with desk(book) as d:
        await d.type("8|1")
        await d.pilot.press("ctrl+q")
        await d.until(lambda: not d.pilot.app.is_running)
    assert [e.typed for e in book.check_ins("sanne")[0].entries] == ["8", "1"]


async def test_nothing_waits_for_a_slow_disk() -> None:
    book, gate = MemoryBook(small_team()), threading.Event()
    async with desk(book) as d:
        book.before_save = lambda: assert_(gate.wait(20))
        await d.keys("8|", "2|", "25|")
        assert "saving …" in d.text()
        assert book.saves == 0
        gate.set()
        await d.until(lambda: d.entries() == ["8", "2", "25"])
        await d.until(lambda: "✔ saved" in d.text())


async def test_a_number_that_stands_is_replaced_by_what_is_typed() -> None:
    async with desk() as d:
        await d.keys("8|", "up", "9")
        assert d.typed == "9"
        await d.until(lambda: "9" in d.entries())


async def test_what_another_program_typed_for_the_same_person_comes_in() -> None:
    book = MemoryBook(small_team())
    async with desk(book) as d:
        await d.keys("8|", "1")
        other = CheckingIn(book.beside(), FakeTime(), "sanne")
        other.commit("sanne-omzet", "12500")
        other.save()
        await d.until(lambda: "12.500" in d.text())
        assert d.typed == "1"
        await d.keys("|")
        await d.until(lambda: sorted(d.entries()) == ["1", "12500", "8"])


async def test_what_is_half_typed_stays_in_its_field_while_another_program_stores_that_number() -> None:
    book = MemoryBook(small_team())
    async with desk(book) as d:
        await d.keys("5")
        await d.until(lambda: d.entries() == ["5"])
        other = CheckingIn(book.beside(), FakeTime(), "sanne")
        other.commit("sanne-opgelost", "12")
        other.save()
        await d.until(lambda: "Klachten opgelost: 12 was typed elsewhere meanwhile, and 5 here." in d.text())
        assert d.typed == "5"
        assert d.entries() == ["12"], "what is half typed takes no number that was entered"
        await d.keys("7|")
        assert d.asked == "Klachten open"
        await d.until(lambda: d.entries() == ["57"])
        assert "elsewhere" not in d.text()
        await d.keys("1")
        await d.until(lambda: d.entries() == ["57", "1"])
        other.look()
        other.commit("sanne-open", "2")
        other.save()
        await d.until(lambda: "Klachten open: 2 was typed elsewhere meanwhile, and 1 here." in d.text())
        await d.keys("down")
        await d.until(lambda: d.entries() == ["57", "1"])
        await d.keys("9", "8")
        await d.until(lambda: d.entries() == ["57", "1", "98"])
        other.look()
        other.commit("sanne-bezoek", "30")
        other.save()
        await d.until(lambda: "30 was typed elsewhere" in d.text())
        await d.pilot.press("ctrl+z")
        assert d.typed == "30", "taking back what is half typed leaves what was entered elsewhere"


async def test_a_stuck_that_is_half_typed_stays_and_what_was_stored_elsewhere_is_told() -> None:
    book = MemoryBook(small_team())
    async with desk(book) as d:
        await d.keys("8|", "2|", "25|", "12500|", "p r i n")
        await d.until(lambda: (found := d.stored()) is not None and found.stuck == "prin")
        other = CheckingIn(book.beside(), FakeTime(), "sanne")
        other.commit("", "the scanner", Asking.STUCK)
        other.save()
        await d.until(lambda: "the scanner was typed elsewhere meanwhile, and prin here." in d.text())
        assert d.typed == "prin"
        await d.keys("t|")
        await d.until(lambda: (found := d.stored()) is not None and found.stuck == "print")


async def test_a_text_too_long_is_refused_and_stays_in_its_field() -> None:
    async with desk() as d:
        await d.keys("8|", "2|", "25|", "12500|")
        d.prompt.insert_text_at_cursor("x" * 2001)
        await d.until(lambda: "2001 characters" in d.text())
        await d.keys("up")
        assert d.typed == "x" * 2001
        await d.keys("|")
        assert isinstance(d.pilot.app.screen, CheckInScreen)


async def test_a_paste_is_one_line_without_control_codes() -> None:
    async with desk() as d:
        d.pilot.app.post_message(Paste("1\x1b[31m2\n,5"))
        await d.until(lambda: d.typed != "")
        assert d.typed == "1[31m2 ,5"


async def test_midnight_passes_while_the_form_is_open() -> None:
    time = FakeTime()
    async with desk(time=time) as d:
        time.seconds += 16 * 3600
        await d.keys("8", "|")
        await d.until(lambda: "The day has changed" in d.text())
        kept = [check_in for check_in in d.book.check_ins("sanne") if check_in.huddle_day == MONDAY]
        assert [entry.typed for entry in kept[0].entries] == ["8"]


async def test_midnight_on_a_full_disk_is_told_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huddle_tui.ui.checkin.check_in._TURN_OF_DAY", 0.05)
    time, tried = FakeTime(), Counter[str]()
    async with desk(time=time) as d:
        await d.keys("8", "|")
        await d.until(lambda: d.entries() == ["8"])
        d.book.fail_with = HuddleError("The disk is full.")
        d.book.before_save = lambda: tried.update(["save"])
        await d.keys("1")
        time.seconds += 16 * 3600
        await d.until(lambda: tried["save"] > 5 and "The disk is full." in d.text())
        d.book.fail_with = None
        await d.until(lambda: "The day has changed" in d.text())
        kept = [check_in for check_in in d.book.check_ins("sanne") if check_in.huddle_day == MONDAY]
        assert [entry.typed for entry in kept[0].entries] == ["8", "1"]


async def test_a_number_retired_meanwhile_says_so_and_the_field_moves_on() -> None:
    book = MemoryBook(small_team())
    async with desk(book) as d:
        await d.keys("8")
        team = book.team()
        without = replace(team, kpis=tuple(k for k in team.kpis if k.id != "sanne-opgelost"))
        book.beside().change_team(lambda _: without)
        await d.until(lambda: "is not read out any more" in d.text())
        assert d.asked == "Klachten open"
        await d.keys("2|")
        await d.until(lambda: "2" in d.entries())


@pytest.mark.parametrize("size", [(1, 1), (60, 18), (80, 24), (110, 34), (150, 44), (200, 60)])
async def test_it_stands_at_every_size(size: tuple[int, int]) -> None:
    async with desk(size=size) as d:
        await d.keys("7|", "p l a n |", "3")
        if size >= (60, 18):
            assert "⚑" in d.text()
            assert "Klachten open" in d.text()
            assert "you are Sanne" in d.text()


async def test_what_people_type_is_shown_as_the_letters_it_is() -> None:
    team = small_team()
    evil = "[/b] [red]x [@click=app.exit]"
    kpis = tuple(replace(k, name=f"{evil} {n}") for n, k in enumerate(team.kpis))
    book = MemoryBook(replace(team, name=evil, kpis=kpis))
    async with desk(book, size=(110, 34)) as d:
        assert "[/b] [red]x" in d.text()
        await d.type("3|[bold]|8|1[/]")
        await d.until(lambda: "[bold]" in d.text())
        assert "1[/]" in d.text()


async def test_every_word_is_spoken_in_dutch() -> None:
    async with desk() as d:
        i18n.use("nl", "nl")
        await d.keys("3|")
        d.screen.renew()
        await d.pilot.pause()
        assert "Wat is het plan?" in d.text()
        assert "jij bent Sanne" in d.text()


def assert_(true: bool) -> None:
    assert true


async def test_a_number_that_is_far_off_is_asked_about_and_is_no_part_of_a_finished_check_in_until_then() -> None:
    async with desk() as d:
        await d.keys("8|", "1|", "25|", "12,500|")
        assert "Enter again if it is right" in d.text()
        assert d.typed == "12,500", "what was typed stays"
        await d.keys("down", "|")
        assert d.typed == "12,500", "left as it was, it comes back before the check-in is closed"
        assert "Enter again if it is right" in d.text()
        await d.keys("|", "|")
        check_in = d.book.check_ins("sanne")[0]
        assert str(check_in.entry("sanne-omzet").actual) == "12.5"


@pytest.mark.parametrize("size", [(80, 24), (110, 34)])
async def test_what_a_total_still_needs_is_seen_before_its_owner_promises_anew(size: tuple[int, int]) -> None:
    team = small_team()
    book = MemoryBook(team, steady_weeks(team, "sanne-bezoek", date(2026, 11, 24), [5] * 16))
    async with desk(book, day=date(2026, 11, 25), size=size) as d:
        await d.keys("8| 2|")
        assert "needed from now" not in d.text()
        await d.keys("8|", "|")
        assert "Count on me:" in d.text()
        await d.until(lambda: "1 in 10" in d.text())
        assert "5,7 a day needed from now, 4 a day so far" in d.text()
        assert "1 day behind" in d.text()


async def test_at_60_columns_the_hint_is_whole_and_gives_way_to_a_plan() -> None:
    async with desk(size=(60, 18)) as d:
        await d.until(lambda: "Enter alone: not measured" in d.text())
        await d.pilot.press("3", "enter")
        await d.until(lambda: "why: ◂ don't know yet ▸" in d.text())
        assert "▸ · a num…" in d.text(), "what does not fit ends so"
        await d.keys("6")
        assert "→ count on me: 6" in d.text()
        await d.keys("backspace")
        await d.type("a plan of some length")
        await d.until(lambda: "a plan of some length" in d.text())

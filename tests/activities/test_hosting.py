"""What a huddle recalls of the ones before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from huddle_tui import i18n
from huddle_tui.activities.correcting import Correcting
from huddle_tui.activities.hosting import Hosting
from huddle_tui.activities.on_disk import close, unfinished
from huddle_tui.activities.settling import mark
from huddle_tui.domain.doubt import Doubted
from huddle_tui.domain.huddle import Action, Asking, CheckIn, Entry, Huddle, Stage, Stuck, TurnState
from huddle_tui.domain.judging import Status
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Kpi, Person, Team
from huddle_tui.domain.team_edits import change_kpi
from tests.kit.fakes import MONDAY, FakeTime, small_team
from tests.kit.memory_book import MemoryBook


@pytest.fixture(autouse=True)
def _dutch() -> Iterator[None]:
    i18n.use("nl")
    yield
    i18n.use("en")


def looked(hosting: Hosting) -> bool:
    """Whether nobody runs the huddle, as who watches it sees."""
    hosting.look_for_host()
    return hosting.deserted


def test_a_huddle_that_is_watched_is_deserted_once_who_ran_it_is_gone() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    first, second = Hosting(book, time), Hosting(book, time)
    assert first.claim()
    first.do(lambda r: r.start(time.seconds, time.now()))
    first.save()
    second.watch()
    assert not looked(second), "it is there, silent or not"
    first.release()
    assert looked(second)
    third = Hosting(book, time)
    assert third.claim(), "who looks keeps nobody from running it"
    second.watch()
    assert not second.deserted


def held(book: MemoryBook, day_before: int, stuck: str = "") -> None:
    """A huddle so many days before Monday, with Sanne stuck on something."""
    time = FakeTime(MONDAY - timedelta(days=day_before))
    hosting = Hosting(book, time)
    hosting.do(lambda r: r.start(time.seconds, time.now()))
    hosting.do(lambda r: r.stuck(stuck, time.seconds))
    for _person in range(2):
        hosting.do(lambda r: r.next(time.seconds))
    hosting.do(lambda r: r.end(None, time.seconds, time.now()))
    hosting.save()


def test_the_age_of_a_stuck_is_counted_in_huddles_that_were_held() -> None:
    book = MemoryBook(small_team())
    held(book, 5, "printer")
    held(book, 4)
    opened_only = Hosting(book, FakeTime(MONDAY - timedelta(days=3)))
    opened_only.save()
    (found,) = Hosting(book, FakeTime()).open_ends().stucks
    assert (found.said.text, found.age, found.since) == ("printer", 3, MONDAY - timedelta(days=5))


def started(book: MemoryBook, time: FakeTime) -> Hosting:
    """A huddle whose first turn has begun, and is on disk."""
    hosting = Hosting(book, time)
    assert hosting.claim()
    hosting.do(lambda r: r.start(time.monotonic(), time.now()))
    hosting.save()
    return hosting


def stored(book: MemoryBook, day: date = MONDAY) -> Huddle:
    found = book.huddle(day)
    assert found is not None
    return found


def test_nothing_is_stored_before_the_first_turn() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    looking = Hosting(book, time)
    assert looking.claim()
    looking.do(lambda r: r.absent("sanne", 0))
    looking.save()
    assert book.days() == []
    assert not looking.unsaved
    looking.release()

    def joined(team: Team | None) -> Team:
        assert team is not None
        return replace(team, people=(*team.people, Person("noor", "Noor")))

    book.change_team(joined)
    assert [turn.person for turn in Hosting(book, time).round.huddle.turns][-1] == "noor"


def test_who_joins_after_the_first_turn_comes_last_and_new_numbers_are_asked() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    started(book, time).release()

    def edited(team: Team | None) -> Team:
        assert team is not None
        kpis = (*team.kpis, Kpi("nieuw", "Nieuw", "fatima", Decimal(1)))
        return replace(team, people=(*team.people, Person("noor", "Noor")), kpis=kpis)

    book.change_team(edited)
    turns = Hosting(book, time).round.huddle.turns
    assert (turns[-1].person, turns[-1].state) == ("noor", TurnState.WAITING)
    assert "nieuw" in [due.kpi for due in turns[2].agenda]
    assert "nieuw" not in [due.kpi for due in turns[0].agenda]


def test_marking_in_the_opening_is_a_step_that_can_be_undone() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    held(book, 3, "printer")
    hosting = Hosting(book, time)
    (aged,) = hosting.open_ends().stucks
    hosting.do(lambda r: r.absent("josé", 0))
    hosting.close_end(aged.end)
    friday = MONDAY - timedelta(days=3)
    assert stored(book, friday).turns[0].stucks == (Stuck("printer", solved_on=MONDAY),)
    assert (hosting.open_ends().stucks, hosting.open_ends().solved) == ((), (replace(aged, said=hosting_said(book)),))
    hosting.undo()
    assert stored(book, friday).turns[0].stucks == (Stuck("printer"),)
    assert hosting.open_ends().stucks == (aged,)
    hosting.undo()
    assert not hosting.can_undo
    assert hosting.round.huddle.turns[1].state is TurnState.WAITING


def hosting_said(book: MemoryBook) -> object:
    return next(said for summary in book.summaries() for said in summary.stucks)


def test_the_stuck_field_knows_what_somebody_was_stuck_on() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    held(book, 3, "printer")
    hosting = started(book, time)
    hosting.open_ends()
    hosting.do(lambda r: r.select(99, 0))
    turn = hosting.round.speaking
    assert turn is not None
    assert (turn.asking, hosting.stucks(turn)) == (Asking.STUCK, (Stuck("printer", 2),))
    hosting.say("Printer")
    hosting.save()
    assert stored(book).turns[0].stucks == (Stuck("printer", 2),)
    (aged,) = hosting.open_ends().stucks
    assert (aged.age, aged.said.day) == (2, MONDAY)


def test_a_bare_number_after_yellow_is_the_next_number() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    hosting = started(book, time)
    hosting.say("7")
    turn = hosting.round.speaking
    assert turn is not None
    assert turn.asking is Asking.NOTE
    hosting.say("1")
    hosting.say("")
    hosting.say("12.500")
    said = hosting.round.huddle.turns[0].readings
    assert [r.actual for r in said] == [7, 1, None, 12500]
    assert [r.note for r in said] == ["", "", "", ""]
    hosting.do(lambda r: r.select(3, 0))
    hosting.say("11.000")
    with pytest.raises(HuddleError, match="no number is left to say"):
        hosting.say("€ 12")
    hosting.say("na 12 uur bellen")
    assert hosting.round.huddle.turns[0].readings[-1].note == "na 12 uur bellen"


def test_a_bare_number_as_a_stuck_is_asked_about_once() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    hosting = started(book, time)
    hosting.do(lambda r: r.select(99, 0))
    with pytest.raises(Doubted, match="12 is a number: Enter once more"):
        hosting.say("12")
    turn = hosting.round.speaking
    assert turn is not None
    assert (turn.name, turn.stucks) == ("Sanne", ())
    hosting.say("12")
    assert hosting.round.huddle.turns[0].stucks == (Stuck("12"),)


def test_a_number_that_somebody_is_stuck_on_already_is_kept_with_enter_alone() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    held(book, 3, "12")
    hosting = started(book, time)
    hosting.open_ends()
    hosting.do(lambda r: r.select(99, 0))
    hosting.say("12")
    assert hosting.round.huddle.turns[0].stucks == (Stuck("12", 2),)


def test_a_number_in_the_notation_of_another_language_is_no_plan() -> None:
    hosting = started(MemoryBook(small_team()), FakeTime())
    hosting.say("7")
    with pytest.raises(HuddleError, match="did you mean 1,50"):
        hosting.say("1.50")


def test_a_number_far_off_is_asked_about_once() -> None:
    hosting = started(MemoryBook(small_team()), FakeTime())
    with pytest.raises(Doubted):
        hosting.say("8000")
    assert [reading.actual for reading in hosting.round.huddle.readings] == []
    hosting.say("8000")
    assert [reading.actual for reading in hosting.round.huddle.readings] == [8000]


def test_a_huddle_left_overnight_is_closed_by_the_next_one_that_begins() -> None:
    book, monday = MemoryBook(small_team()), FakeTime()
    left = started(book, monday)
    left.say("8")
    monday.seconds += 300
    left.save()
    left.release()
    at = monday.now()
    assert stored(book).saved_at == at
    tuesday = FakeTime(MONDAY + timedelta(days=1))
    opening = Hosting(book, tuesday)
    assert [h.day for h in unfinished(book, tuesday.today())] == [MONDAY], "home can offer it before that"
    opening.do(lambda r: r.start(tuesday.monotonic(), tuesday.now()))
    opening.save()
    closed = stored(book)
    assert (closed.stage, closed.ended_at) == (Stage.ENDED, at)
    assert [turn.state for turn in closed.turns] == [TurnState.DONE, TurnState.WAITING, TurnState.WAITING]
    assert closed.readings[0].actual == 8
    (notice,) = opening.notices
    assert f"{at:%H:%M}" in str(notice)
    assert "maandag 23 november" in str(notice)
    assert unfinished(book, tuesday.today()) == []


def test_a_full_disk_is_told_also_where_a_huddle_was_left_overnight() -> None:
    book, monday = MemoryBook(small_team()), FakeTime()
    left = started(book, monday)
    left.say("8")
    left.save()
    left.release()
    tuesday = FakeTime(MONDAY + timedelta(days=1))
    opening = Hosting(book, tuesday)
    opening.do(lambda r: r.start(tuesday.monotonic(), tuesday.now()))
    book.fail_with = HuddleError("The disk is full.")
    with pytest.raises(HuddleError):
        opening.save()
    assert str(opening.trouble) == "The disk is full."
    book.fail_with = None
    opening.save()
    assert opening.trouble is None
    assert stored(book).stage is Stage.ENDED


def test_a_huddle_that_still_runs_elsewhere_is_left_alone_overnight() -> None:
    book, monday = MemoryBook(small_team()), FakeTime()
    started(book, monday)
    tuesday = FakeTime(MONDAY + timedelta(days=1))
    opening = Hosting(book.beside(), tuesday)
    opening.do(lambda r: r.start(tuesday.monotonic(), tuesday.now()))
    opening.save()
    assert stored(book).stage is Stage.TURNS
    assert opening.notices == []


def test_home_can_close_it_before_another_begins() -> None:
    book = MemoryBook(small_team())
    started(book, FakeTime()).release()
    close(book, MONDAY, "nl")
    assert stored(book).stage is Stage.ENDED


def test_one_that_another_program_runs_past_midnight_is_not_closed_under_it() -> None:
    book = MemoryBook(small_team())
    running = started(book, FakeTime())
    assert close(book.beside(), MONDAY, "nl") is None
    assert stored(book).stage is Stage.TURNS
    running.release()
    assert close(book.beside(), MONDAY, "nl") is not None


def test_one_that_was_closed_meanwhile_stays_as_it_is_and_is_let_go_of() -> None:
    book = MemoryBook(small_team())
    started(book, FakeTime()).release()
    close(book.beside(), MONDAY, "nl")
    closed = stored(book)
    assert close(book, MONDAY, "nl") is None
    assert stored(book) == closed
    assert book.hold(f"host-{MONDAY}") is not None


def test_reopened_it_proposes_what_stood() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    hosting = started(book, time)
    for _person in range(3):
        hosting.do(lambda r: r.next(time.monotonic()))
    hosting.do(lambda r: r.end(8, time.monotonic(), time.now()))
    hosting.save()
    hosting.release()
    again = Hosting(book, time)
    again.reopen()
    assert (again.round.huddle.stage, again.round.huddle.temperature) == (Stage.CLOSING, 8)


def test_who_was_marked_absent_by_mistake_after_their_turn_has_had_it() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    hosting = started(book, time)
    hosting.do(lambda r: r.next(time.monotonic()))
    hosting.do(lambda r: r.absent("sanne", 0))
    hosting.do(lambda r: r.arrive("sanne"))
    assert hosting.round.huddle.turns[0].state is TurnState.DONE
    hosting.do(lambda r: r.absent("fatima", 0))
    hosting.do(lambda r: r.arrive("fatima"))
    assert hosting.round.huddle.turns[2].state is TurnState.WAITING


def test_what_others_marked_done_stays_marked_when_two_programs_save() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    hosting = started(book, time)
    hosting.do(lambda r: r.agree(Action("a", "José", "bellen")).agree(Action("b", "José", "schrijven")))
    hosting.do(lambda r: r.stuck("printer", 0))
    hosting.save()
    ends = hosting.open_ends()
    mark(book.beside(), ends.actions[0].end, MONDAY)
    mark(book.beside(), ends.stucks[0].end, MONDAY)
    hosting.say("8")
    hosting.close_end(ends.actions[1].end)
    hosting.save()
    assert [action.done_on for action in stored(book).actions] == [MONDAY, MONDAY]
    assert stored(book).turns[0].stucks[0].solved_on == MONDAY
    hosting.close_end(ends.actions[1].end)
    hosting.save()
    assert [action.done_on for action in stored(book).actions] == [MONDAY, None], "open again, marked here"


def test_a_promise_that_somebody_changed_since_is_left_alone() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    hosting = started(book, time)
    hosting.say("3")
    hosting.do(lambda r: r.promise(Decimal(6), 0))
    hosting.save()

    def changed(team: Team | None) -> Team:
        assert team is not None
        kpis = tuple(replace(k, promise=Decimal(9)) if k.id == "sanne-opgelost" else k for k in team.kpis)
        return replace(team, kpis=kpis)

    book.change_team(changed)
    hosting.settle()
    kpi = book.team().kpi("sanne-opgelost")
    assert kpi is not None
    assert kpi.promise == 9
    assert [(c.old, c.new) for c in book.team().promise_changes] == [(Decimal(8), Decimal(6))]


def eased(book: MemoryBook, day: date) -> None:
    """On `day` Sanne's first number is promised at 3 instead of 8, in the form."""

    def change(team: Team | None) -> Team:
        assert team is not None
        return change_kpi(team, replace(team.kpis[0], promise=Decimal(3)), day)

    book.change_team(change)


def test_a_huddle_that_is_completed_later_is_judged_by_the_promises_of_its_day() -> None:
    book, tuesday = MemoryBook(small_team()), MONDAY + timedelta(days=1)
    started(book, FakeTime()).release()
    eased(book, tuesday)
    hosting = Hosting(book, FakeTime(tuesday), MONDAY)
    assert hosting.claim()
    assert not hosting.adopt(hosting.look()), "nothing is new"
    hosting.say("5")
    reading = hosting.round.huddle.readings[0]
    assert (reading.promise, reading.status) == (Decimal(8), Status.RED)
    hosting.do(lambda r: r.promise(Decimal(6), 0))
    hosting.save()
    hosting.settle()
    assert book.team().kpis[0].promise == 3, "what was promised on Tuesday stands"
    assert [(c.day, c.old, c.new) for c in book.team().promise_changes] == [
        (MONDAY, Decimal(8), Decimal(6)),
        (tuesday, Decimal(8), Decimal(3)),
    ]


def test_what_was_checked_in_for_a_huddle_that_is_closed_late_is_judged_by_the_promises_of_its_day() -> None:
    book, tuesday = MemoryBook(small_team()), MONDAY + timedelta(days=1)
    hosting = Hosting(book, FakeTime())
    assert hosting.claim()
    entry = Entry("sanne-opgelost", "5", answered=True, actual=Decimal(5))
    hosting.do(
        lambda r: r.cover(CheckIn("sanne", MONDAY, entries=(entry,))).absent("sanne", 0).start(0, hosting.time.now())
    )
    hosting.save()
    hosting.release()
    eased(book, tuesday)
    assert close(book, MONDAY, "nl")
    [reading] = stored(book).readings
    assert (reading.promise, reading.status) == (Decimal(8), Status.RED)


# Reasons that were not known yet (METHOD 11)


def missed_on_friday(book: MemoryBook, reasons: tuple[int | None, ...] = (None, None)) -> None:
    """Friday's huddle: Sanne missed two numbers, and nobody else any."""
    time = FakeTime(MONDAY - timedelta(days=3))
    hosting = started(book, time)
    for typed, reason in zip(("7", "3"), reasons, strict=True):
        hosting.say(typed)
        hosting.say("", reason)
    hosting.say("2")  # the next promise of the second one, which is red
    for _person in range(3):
        hosting.do(lambda r: r.next(time.seconds))
    hosting.do(lambda r: r.end(None, time.seconds, time.now()))
    hosting.save()
    hosting.settle()
    hosting.release()


FRIDAY = MONDAY - timedelta(days=3)


def owed(hosting: Hosting) -> str | None:
    """The number whose earlier miss is asked about."""
    said = hosting.owed
    return said.reading.kpi if said else None


def given(book: MemoryBook) -> list[int | None]:
    """The reasons of Friday's misses, as they are on disk."""
    return [reading.reason for reading in stored(book, FRIDAY).turns[0].readings if reading.status.missed]


def test_a_reason_that_was_not_known_is_asked_again_at_the_next_turn_and_kept_where_the_miss_is() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    missed_on_friday(book)
    hosting = started(book, time)
    assert owed(hosting) == hosting.round.team.kpis[0].id
    hosting.say("", 2)
    assert given(book) == [9, 9]
    assert hosting.unsaved
    hosting.save()
    assert given(book) == [2, 9]
    (trail,) = stored(book, FRIDAY).turns[0].readings[0].corrections
    assert (trail.field, trail.by, trail.was) == ("reason", "Sanne", "9")
    assert owed(hosting) == hosting.round.team.kpis[1].id
    hosting.say("")
    assert owed(hosting) is None, "not known once more is an answer"
    hosting.say("8")
    hosting.save()
    assert given(book) == [2, 9]
    assert [str(r.actual) for r in stored(book).readings] == ["8"]
    hosting.release()
    tuesday = started(book, FakeTime(MONDAY + timedelta(days=1)))
    assert owed(tuesday) is None, "it is asked at the next turn, not for ever"


def test_who_types_on_says_the_first_number_and_is_not_asked() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    missed_on_friday(book)
    hosting = started(book, time)
    with pytest.raises(HuddleError):
        hosting.say("zo'n acht", 3)
    assert given(book) == [9, 9]
    hosting.say("8", 3)
    assert owed(hosting) is None
    hosting.save()
    assert [str(r.actual) for r in stored(book).readings] == ["8"]
    assert given(book) == [3, 9], "what was chosen before typing on counts"


def test_an_answer_is_a_step_that_can_be_undone_on_disk_or_not() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    missed_on_friday(book)
    hosting = started(book, time)
    before = stored(book, FRIDAY)
    hosting.say("", 2)
    hosting.undo()
    assert not hosting.unsaved
    hosting.say("", 2)
    hosting.say("8", 4)
    hosting.save()
    assert given(book) == [2, 4]
    hosting.undo()  # the number
    assert hosting.round.huddle.readings == ()
    hosting.undo()
    hosting.undo()
    assert stored(book, FRIDAY) == before
    assert owed(hosting) == hosting.round.team.kpis[0].id


def test_a_known_reason_is_not_asked_again_nor_of_who_was_away_nor_of_who_only_watches() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    missed_on_friday(book, (5, 1))
    hosting = started(book, time)
    assert owed(hosting) is None
    hosting.release()
    book = MemoryBook(small_team())
    missed_on_friday(book)
    hosting = Hosting(book, time)
    assert hosting.claim()
    hosting.do(lambda r: r.absent("sanne", 0).start(time.seconds, time.now()))
    assert owed(hosting) is None, "it is somebody else's turn"
    watching = Hosting(book, time)
    hosting.do(lambda r: r.arrive("sanne").give("sanne", time.seconds))
    hosting.save()
    watching.watch()
    assert owed(watching) is None
    assert owed(hosting) is not None


def test_a_reason_for_a_miss_that_is_gone_is_told_and_nothing_else_is_held_up() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    missed_on_friday(book)
    hosting = started(book, time)
    hosting.say("", 2)
    correcting = Correcting(book, time)
    correcting.name("Bram")
    correcting.number(FRIDAY, "sanne", hosting.round.team.kpis[0].id, "9")
    hosting.save()
    assert not hosting.unsaved
    assert [str(notice.template) for notice in hosting.notices] == [
        "{kpi} was not missed any more in the huddle of {day}, so the reason was not kept."
    ]


def test_a_reason_that_cannot_be_saved_stays_owed_to_the_disk() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    missed_on_friday(book)
    hosting = started(book, time)
    hosting.say("", 2)
    book.fail_with = HuddleError("The disk is full.")
    with pytest.raises(HuddleError):
        hosting.save()
    assert hosting.unsaved
    book.fail_with = None
    hosting.save()
    assert (given(book), hosting.unsaved) == ([2, 9], False)


def test_a_reason_that_cannot_be_taken_back_any_more_holds_no_undo_up() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    missed_on_friday(book)
    hosting = started(book, time)
    hosting.say("", 2)
    hosting.save()
    correcting = Correcting(book, time)
    correcting.name("Bram")
    correcting.number(FRIDAY, "sanne", hosting.round.team.kpis[0].id, "9")
    with pytest.raises(HuddleError):
        hosting.undo()
    hosting.undo()
    assert hosting.round.huddle.stage is Stage.OPENING, "the step before it"


def test_a_reason_that_was_not_saved_is_asked_again_after_undo() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    missed_on_friday(book)
    hosting = started(book, time)
    first = owed(hosting)
    hosting.say("", 2)
    book.fail_with = HuddleError("The disk is full.")
    with pytest.raises(HuddleError):
        hosting.save()
    hosting.undo()
    assert owed(hosting) == first
    assert not hosting.unsaved
    book.fail_with = None
    hosting.save()
    assert given(book) == [9, 9]

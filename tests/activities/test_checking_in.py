"""Checking in: which huddle it is for, what was understood, saved as typed, and everything odd that can happen."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from huddle_tui.activities.checking_in import CheckingIn, TurnBegun
from huddle_tui.activities.hosting import Hosting
from huddle_tui.activities.standing import progress
from huddle_tui.domain.checkin import Progress, merged
from huddle_tui.domain.doubt import Doubted
from huddle_tui.domain.huddle import Asking, CheckIn, Entry, Huddle, Stage, Stuck, Turn, TurnState
from huddle_tui.domain.judging import Status
from huddle_tui.domain.numbers import NotANumber
from huddle_tui.domain.round import Round
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Kpi, Person, Team
from huddle_tui.domain.workdays import Calendar, Period
from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import MONDAY, FakeTime, small_team
from tests.kit.memory_book import MemoryBook

D = Decimal
FRIDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 24)
AT = datetime(2026, 11, 23, 8, 7, tzinfo=UTC)
SOLVED, OPEN, VISITS, BILLED = (f"sanne-{kpi}" for kpi in ("opgelost", "open", "bezoek", "omzet"))


def opened(book: MemoryBook | None = None, time: FakeTime | None = None, by: str | None = None) -> CheckingIn:
    return CheckingIn(book or MemoryBook(small_team()), time or FakeTime(), "sanne", by)


def with_slow(team: Team) -> Team:
    return replace(team, kpis=(*team.kpis, Kpi("nps", "NPS", "sanne", D(40), period=Period.QUARTER)))


def stored(book: MemoryBook, person: str = "sanne") -> CheckIn:
    (found,) = book.check_ins(person)
    return found


# Which huddle it is for


def test_before_todays_huddle_it_is_for_today_and_about_friday() -> None:
    form = opened()
    assert form.day == MONDAY
    assert [row.kpi.id for row in form.rows] == [SOLVED, OPEN, VISITS, BILLED]
    assert {row.day for row in form.rows} == {FRIDAY}


def test_a_promise_of_a_huddle_that_was_left_open_is_in_force() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    hosting = Hosting(book, time)
    hosting.claim()
    hosting.do(lambda r: r.start(0, time.now()))
    hosting.say("3")
    hosting.do(lambda r: r.promise(D(6), 0))
    hosting.save()  # and the program is killed
    form = opened(book, FakeTime(TUESDAY))
    assert form.row(SOLVED).stick.promise == D(6)
    assert [change.new for change in book.team().promise_changes] == [D(6)]


@pytest.mark.parametrize(
    ("today", "held", "for_"),
    [
        (FRIDAY, False, FRIDAY),
        (FRIDAY, True, MONDAY),
        (date(2026, 11, 21), False, MONDAY),
        (MONDAY, False, MONDAY),
        (MONDAY, True, TUESDAY),
    ],
)
def test_after_todays_huddle_it_is_for_the_next_working_day(today: date, held: bool, for_: date) -> None:
    team = small_team()
    huddle = replace(Round.open(team, today, {}).huddle, started_at=AT, ended_at=AT if held else None)
    book = MemoryBook(team, [huddle] if held else [])
    assert opened(book, FakeTime(today)).day == for_


def test_a_day_off_is_passed_over() -> None:
    team = replace(small_team(), calendar=Calendar(days_off=frozenset({MONDAY})))
    assert opened(MemoryBook(team)).day == TUESDAY


def test_while_the_round_runs_it_is_for_today_until_ones_own_turn_begins() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    hosting = Hosting(book, time)
    hosting.do(lambda r: r.start(time.monotonic(), AT))
    hosting.save()
    assert CheckingIn(book, time, "josé").day == MONDAY
    assert CheckingIn(book, time, "sanne").day == TUESDAY


# The form


def test_a_number_is_understood_and_judged_at_once() -> None:
    form = opened()
    row = form.type(BILLED, "12,5k")
    assert row is not None
    assert (row.understood, row.status, row.entry.answered) == (D(12500), Status.GREEN, False)
    row = form.commit(SOLVED, "7")
    assert row is not None
    assert (row.status, row.entry.answered, row.asks) == (Status.YELLOW, True, (Asking.NUMBER, Asking.NOTE))


def test_red_asks_for_a_note_and_the_next_promise_as_it_stood() -> None:
    form = opened()
    row = form.commit(SOLVED, "3")
    assert row is not None
    assert row.asks == (Asking.NUMBER, Asking.NOTE, Asking.PROMISE)
    assert row.proposed == D(8)
    form.commit(SOLVED, "two more hands", Asking.NOTE)
    form.commit(SOLVED, "", Asking.PROMISE)
    assert form.draft.entry(SOLVED).next_promise == D(8)
    form.commit(SOLVED, "6", Asking.PROMISE)
    entry = form.draft.entry(SOLVED)
    assert (entry.note, entry.next_promise) == ("two more hands", D(6))


def test_enter_goes_through_the_form_to_the_stuck() -> None:
    form = opened()
    form.commit(SOLVED, "3")
    asked = [(f.kpi, f.asking) for f in form.fields]
    assert asked[:4] == [
        (SOLVED, Asking.NUMBER),
        (SOLVED, Asking.NOTE),
        (SOLVED, Asking.PROMISE),
        (OPEN, Asking.NUMBER),
    ]
    assert asked[-1] == ("", Asking.STUCK)


def test_nothing_typed_is_not_measured() -> None:
    row = opened().commit(SOLVED, "")
    assert row is not None
    assert (row.status, row.entry.answered, row.entry.actual) == (Status.NOT_MEASURED, True, None)


def test_what_is_no_number_is_refused_and_kept_as_it_was_typed() -> None:
    book = MemoryBook(small_team())
    form = opened(book)
    with pytest.raises(NotANumber, match="did you mean 12,50"):
        form.commit(SOLVED, "12.50")
    form.save()
    again = opened(book).row(SOLVED)
    assert (again.entry.typed, again.entry.answered, again.status) == ("12.50", False, None)
    assert again.problem is not None


def test_a_number_that_is_being_changed_counts_again_when_it_is_committed() -> None:
    form = opened()
    form.commit(SOLVED, "8")
    form.type(SOLVED, "8")
    assert form.draft.entry(SOLVED).answered
    form.type(SOLVED, "80")
    assert not form.draft.entry(SOLVED).answered
    form.leave(SOLVED)
    assert form.draft.entry(SOLVED).actual == D(80)


def test_leaving_a_field_commits_what_reads_as_a_number_and_nothing_else() -> None:
    form = opened()
    form.leave(SOLVED)
    form.type(OPEN, "a few")
    form.leave(OPEN)
    assert form.draft.answered == 0
    assert form.draft.entry(OPEN).typed == "a few"


def test_a_number_that_is_far_off_counts_when_it_is_entered_again() -> None:
    """12,500 in a Dutch book is 12.5 where 12.500 was promised: what was understood is shown, and nothing is lost."""
    form = opened()
    with pytest.raises(Doubted) as asked:
        form.commit(BILLED, "12,500")
    assert str(asked.value) == ("That is 12.5, and the promise is 12500. Enter again if it is right, or type it anew.")
    row = form.row(BILLED)
    assert (row.entry.typed, row.entry.answered, row.doubt) == ("12,500", False, asked.value.sentence)
    form.commit(BILLED, "12,500")
    assert (form.row(BILLED).entry.actual, form.row(BILLED).doubt) == (D("12.5"), None)


def test_a_far_off_number_that_is_typed_anew_is_no_trouble() -> None:
    form = opened()
    with pytest.raises(Doubted):
        form.commit(BILLED, "12,500")
    form.commit(BILLED, "12.500")
    assert form.row(BILLED).entry.actual == D(12500)
    form.commit(SOLVED, "8000", sure=True)
    assert form.row(SOLVED).entry.actual == D(8000)


def test_leaving_a_field_does_not_commit_a_number_that_is_far_off() -> None:
    form = opened()
    for _ in range(2):
        form.type(BILLED, "12,500")
        form.leave(BILLED)
        assert not form.row(BILLED).entry.answered
    assert form.row(BILLED).entry.typed == "12,500"


def test_a_promise_of_more_than_ten_times_the_old_one_is_asked_about() -> None:
    form = opened()
    form.commit(SOLVED, "3")
    with pytest.raises(Doubted):
        form.commit(SOLVED, "86", Asking.PROMISE)
    form.leave(SOLVED, Asking.PROMISE)
    assert form.row(SOLVED).entry.next_promise is None
    with pytest.raises(Doubted):
        form.commit(SOLVED, "85", Asking.PROMISE)
    form.commit(SOLVED, "85", Asking.PROMISE)
    assert form.row(SOLVED).entry.next_promise == D(85)


def test_slow_numbers_that_are_not_due_may_be_given_at_the_end() -> None:
    huddle = Hosting(MemoryBook(with_slow(small_team())), FakeTime(FRIDAY))
    huddle.do(lambda r: r.start(0, AT).ask(with_slow(small_team()).kpis[-1], 0).say(D(41), 0))
    huddle.save()
    form = opened(huddle.book)  # type: ignore[arg-type]
    assert [row.kpi.id for row in form.rows] == [SOLVED, OPEN, VISITS, BILLED, "nps"]
    assert [row.asked for row in form.rows] == [True, True, True, True, False]
    row = form.commit("nps", "45")
    assert row is not None
    assert (row.day, row.status) == (FRIDAY, Status.GREEN)


def test_a_slow_number_that_is_due_is_asked_for() -> None:
    row = opened(MemoryBook(with_slow(small_team()))).row("nps")
    assert (row.asked, row.day) == (True, date(2026, 9, 30))


def test_too_long_a_text_is_refused_and_never_cut() -> None:
    form = opened()
    with pytest.raises(HuddleError, match="2000 is the most"):
        form.commit("", "x" * 2001, Asking.STUCK)
    assert form.draft.stuck == ""


# On disk


def test_opening_the_form_writes_nothing() -> None:
    book = MemoryBook(small_team())
    form = opened(book)
    assert form.saved
    form.save()
    assert book.saves == 0


def test_everything_typed_is_there_on_the_next_start() -> None:
    book = MemoryBook(small_team())
    form = opened(book)
    form.commit(SOLVED, "3")
    form.commit(SOLVED, "hands", Asking.NOTE)
    form.type(OPEN, "1")
    form.type("", "printer", Asking.STUCK)
    assert not form.saved
    form.save()
    again = opened(book)
    assert again.saved
    assert again.draft == form.draft
    assert (again.row(OPEN).entry.typed, again.draft.stuck) == ("1", "printer")
    form.close()
    form.save()
    assert stored(book).closed


def test_a_failing_disk_is_told_and_nothing_is_lost() -> None:
    book = MemoryBook(small_team())
    form = opened(book)
    form.commit(SOLVED, "8")
    book.fail_with = HuddleError("The disk is full: make room.")
    with pytest.raises(HuddleError, match="make room"):
        form.save()
    assert str(form.trouble) == "The disk is full: make room."
    assert not form.saved
    book.fail_with = None
    form.save()
    assert not form.trouble
    assert stored(book).entry(SOLVED).actual == D(8)


def test_what_is_typed_while_the_disk_is_slow_is_not_lost() -> None:
    book = MemoryBook(small_team())
    form = opened(book)
    form.commit(SOLVED, "8")

    def type_on() -> None:
        form.type(OPEN, "1")

    book.before_save = type_on
    form.save()
    assert not form.saved
    assert form.draft.entry(OPEN).typed == "1"
    book.before_save = None
    form.save()
    assert stored(book).entry(OPEN).typed == "1"


def test_two_programs_on_the_same_check_in_keep_each_others_numbers() -> None:
    book = MemoryBook(small_team())
    one, two = opened(book), opened(book.beside())
    one.commit(SOLVED, "8")
    two.commit(OPEN, "1")
    one.save()
    two.save()
    assert {e.kpi: e.actual for e in stored(book).entries} == {SOLVED: D(8), OPEN: D(1)}
    assert one.look()
    assert one.draft == two.draft
    one.undo()
    one.save()
    assert [e.kpi for e in stored(book).entries] == [OPEN]


def test_what_another_program_entered_where_something_else_was_typed_here_is_told() -> None:
    book = MemoryBook(small_team())
    here, there = opened(book), opened(book.beside())
    here.commit(SOLVED, "8")
    there.commit(SOLVED, "9")
    there.commit(VISITS, "30")
    there.save()
    here.save()
    told = "Klachten opgelost: 9 was typed elsewhere meanwhile, and 8 here. What is entered last counts."
    assert list(map(str, here.elsewhere)) == [told]
    assert [e.typed for e in stored(book).entries] == ["8", "30"]
    there.look()
    assert list(map(str, there.elsewhere)) == [told.replace("9 was", "8 was").replace("8 here", "9 here")]
    here.commit(OPEN, "2")
    assert here.elsewhere == []
    here.save()
    here.commit(SOLVED, "7")
    here.save()
    here.type(SOLVED, "a plan", Asking.NOTE)
    there.look()
    there.commit(SOLVED, "6")
    there.save()
    here.look()
    assert (here.row(SOLVED).entry.typed, here.row(SOLVED).entry.note) == ("6", "a plan")


def test_everybody_checks_in_at_once_on_one_book_of_files(tmp_path: Path) -> None:
    book = TinyBook(tmp_path)
    team = small_team(people=3)
    ids = ("a", "b", "c")
    people = tuple(Person(i, i) for i in ids)
    kpis = tuple(Kpi(f"{i}-{n}", f"K{n}", i, D(8)) for i in ids for n in range(4))
    book.change_team(lambda _: replace(team, people=people, kpis=kpis))

    def check_in(who: str) -> None:
        form = CheckingIn(TinyBook(tmp_path), FakeTime(), who)
        for n in range(4):
            form.commit(f"{who}-{n}", str(n))
            form.save()

    threads = [threading.Thread(target=check_in, args=(who,)) for who in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for who in ids:
        (found,) = book.check_ins(who)
        assert [e.actual for e in found.entries] == [D(0), D(1), D(2), D(3)]


ENTRIES = st.builds(Entry, st.sampled_from(["a", "b", "c"]), st.sampled_from(["", "1", "2"]))
DRAFT = st.builds(
    lambda entries, stuck: CheckIn("p", MONDAY, tuple({e.kpi: e for e in entries if e.typed}.values()), stuck),
    st.lists(ENTRIES, max_size=3),
    st.sampled_from(["", "x", "y"]),
)


@given(DRAFT, DRAFT, DRAFT)
def test_merging_keeps_every_change_ours_where_both_changed_the_same(
    base: CheckIn, ours: CheckIn, theirs: CheckIn
) -> None:
    both = merged(base, ours, theirs)
    for kpi in ("a", "b", "c"):
        changed = ours.entry(kpi) != base.entry(kpi)
        assert both.entry(kpi) == (ours.entry(kpi) if changed else theirs.entry(kpi))
    assert both.stuck == (ours.stuck if ours.stuck != base.stuck else theirs.stuck)


# Undo


def test_undo_takes_back_what_is_being_typed_and_then_step_by_step() -> None:
    form = opened()
    form.commit(SOLVED, "3")
    form.commit(SOLVED, "hands", Asking.NOTE)
    form.type(OPEN, "1")
    form.undo()
    assert form.draft.entry(OPEN).typed == ""
    form.undo()
    assert form.draft.entry(SOLVED).note == ""
    form.undo()
    assert form.draft.entries == ()
    assert not form.can_undo
    with pytest.raises(HuddleError, match="nothing to undo"):
        form.undo()


def test_undo_of_a_correction_brings_the_number_back() -> None:
    form = opened()
    form.commit(SOLVED, "8")
    form.commit(SOLVED, "9")
    form.undo()
    entry = form.draft.entry(SOLVED)
    assert (entry.typed, entry.actual, entry.answered) == ("8", D(8), True)


def test_a_refused_text_is_a_step_of_its_own() -> None:
    form = opened()
    with pytest.raises(NotANumber):
        form.commit(SOLVED, "abc")
    form.commit(OPEN, "1")
    form.undo()
    assert form.draft.entry(SOLVED).typed == "abc"
    form.undo()
    assert form.draft.entries == ()


# By proxy


def test_a_number_typed_by_somebody_else_is_by_proxy_for_ever_and_only_that_one() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    other = opened(book, by="josé")
    assert other.by_proxy
    other.commit(SOLVED, "8")
    other.save()
    own = opened(book)
    own.commit(SOLVED, "9")
    own.commit(OPEN, "1")
    own.save()
    check_in = stored(book)
    assert [check_in.typed_by_proxy(kpi) for kpi in (SOLVED, OPEN)] == [True, False]
    hosting = Hosting(book, time)
    hosting.do(lambda r: r.start(0, AT))
    hosting.do(lambda r: r.uncover(0).uncover(0))
    assert [r.by_proxy for r in hosting.round.huddle.readings] == [True, False]


def test_who_typed_it_is_in_the_file(tmp_path: Path) -> None:
    book = TinyBook(tmp_path)
    book.change_team(lambda _: small_team())
    CheckingIn(book, FakeTime(), "sanne").save()
    for by, kpi in (("sanne", SOLVED), ("josé", OPEN)):
        form = CheckingIn(book, FakeTime(), "sanne", by)
        form.commit(kpi, "1")
        form.save()
    (found,) = TinyBook(tmp_path).check_ins("sanne")
    assert [found.typed_by_proxy(kpi) for kpi in (SOLVED, OPEN)] == [False, True]


# What can happen meanwhile


def test_when_the_turn_begins_the_form_is_closed_and_what_was_typed_is_kept() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    form = opened(book, time)
    form.commit(SOLVED, "8")
    form.save()
    form.type(OPEN, "1")
    hosting = Hosting(book, time)
    hosting.do(lambda r: r.start(0, AT))
    hosting.save()
    assert book.check_ins("sanne") == []
    assert form.look()
    assert form.begun
    with pytest.raises(TurnBegun, match="turn of Sanne has begun"):
        form.commit(OPEN, "2")
    assert "turn of Sanne has begun" in str(form.notices()[0])
    form.save()
    assert stored(book).entry(OPEN).typed == "1"


def test_a_draft_that_a_turn_took_over_is_not_made_again() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    form = opened(book, time)
    form.commit(SOLVED, "8")
    form.save()
    hosting = Hosting(book, time)
    hosting.do(lambda r: r.start(0, AT))
    hosting.save()
    form.save()
    assert book.check_ins("sanne") == []
    assert form.saved


def test_a_check_in_that_no_huddle_read_out_is_listed_and_stays() -> None:
    book = MemoryBook(small_team())
    friday = opened(book, FakeTime(FRIDAY))
    friday.commit(SOLVED, "8")
    friday.save()
    monday = opened(book)
    assert [c.huddle_day for c in monday.not_read_out] == [FRIDAY]
    assert monday.draft.entries == ()
    monday.commit(SOLVED, "9")
    monday.save()
    assert [c.huddle_day for c in book.check_ins("sanne")] == [FRIDAY, MONDAY]


def test_midnight_passes_while_the_form_is_open() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    form = opened(book, time)
    assert form.notices() == ()
    time.seconds += timedelta(hours=15).total_seconds()
    form.commit(SOLVED, "8")
    assert form.over
    assert form.look(), "it goes on with the next huddle's"
    assert stored(book).huddle_day == MONDAY
    assert stored(book).entry(SOLVED).actual == D(8), "what was typed up to then is kept where it belongs"
    assert (form.day, form.draft.entries, form.over) == (TUESDAY, (), False)
    assert "The day has changed: this is the check-in for the huddle of Tuesday 24 November" in str(form.notices()[0])
    assert "Monday 23 November" in str(form.notices()[0])
    form.commit(SOLVED, "9")
    form.save()
    assert [c.entry(SOLVED).actual for c in book.check_ins("sanne")] == [D(8), D(9)]


def test_a_bare_number_as_a_plan_is_the_next_number() -> None:
    form = opened()
    form.commit(SOLVED, "7")
    form.type(SOLVED, "1", Asking.NOTE)
    row = form.commit(SOLVED, "1", Asking.NOTE)
    assert row is not None
    assert (row.kpi.id, row.entry.actual) == (OPEN, D(1))
    assert form.draft.entry(SOLVED).note == ""
    assert form.draft.entry(SOLVED).actual == D(7)
    for other in form.rows[2:]:
        form.commit(other.kpi.id, "")
    with pytest.raises(HuddleError, match="no number is left to say"):
        form.commit(SOLVED, "12,5", Asking.NOTE)
    assert form.draft.entry(SOLVED).note == ""


def test_a_bare_number_that_is_left_in_the_field_of_the_plan_is_the_next_number_too() -> None:
    book = MemoryBook(small_team())
    form = opened(book)
    form.commit(SOLVED, "7")
    form.type(SOLVED, "1", Asking.NOTE)
    form.leave(SOLVED, Asking.NOTE)
    assert (form.draft.entry(SOLVED).note, form.draft.entry(OPEN).actual) == ("", D(1))
    for other in form.rows[2:]:
        form.commit(other.kpi.id, "")
    form.type(SOLVED, "8", Asking.NOTE)
    with pytest.raises(HuddleError, match="no number is left to say"):
        form.leave(SOLVED, Asking.NOTE)
    form.close()
    form.save()
    assert stored(book).entry(SOLVED).note == "8", "what was typed stays in its field"
    here = Hosting(book, FakeTime())
    here.do(lambda r: r.start(0, AT))
    here.say("")
    turn = here.round.speaking
    assert turn is not None
    assert (turn.asking, turn.readings[0].note) == (Asking.NOTE, ""), "and is no plan in the round"


def test_a_number_put_right_to_kept_goes_straight_on_and_leaves_its_plan_behind() -> None:
    form = opened()
    form.commit(SOLVED, "7")
    form.commit(SOLVED, "bellen", Asking.NOTE)
    row = form.commit(SOLVED, "8")
    assert row is not None
    assert (row.asks, row.entry.note) == ((Asking.NUMBER,), "bellen")
    form.save()
    here = Hosting(form.book, FakeTime())
    here.do(lambda r: r.start(0, AT))
    here.say("")
    assert here.round.huddle.readings[0].note == ""
    row = form.commit(SOLVED, "7")
    assert row is not None
    assert row.asks == (Asking.NUMBER, Asking.NOTE), "where it is missed after all the plan is there again"


def test_a_bare_number_as_a_plan_after_red_is_the_next_promise() -> None:
    form = opened()
    form.commit(SOLVED, "3")
    form.type(SOLVED, "6", Asking.NOTE)
    row = form.commit(SOLVED, "6", Asking.NOTE)
    assert row is not None
    assert (row.kpi.id, row.entry.actual, row.entry.note, row.entry.next_promise) == (SOLVED, D(3), "", D(6))
    assert form.row(OPEN).entry == Entry(OPEN)
    with pytest.raises(Doubted):
        form.commit(SOLVED, "600", Asking.NOTE)
    form.commit(SOLVED, "600", Asking.NOTE, sure=True)
    assert form.row(SOLVED).entry.next_promise == D(600)


def test_what_somebody_was_stuck_on_already_is_proposed() -> None:
    book = MemoryBook(small_team(), [held_friday("printer")])
    form = opened(book)
    assert (form.proposed_stuck, form.draft.stuck) == ("printer", "")
    form.commit("", "", Asking.STUCK)
    form.close()
    assert form.proposed_stuck == "", "nowhere is an answer"


def held_friday(stuck: str) -> Huddle:
    """Friday's huddle, in which Sanne was stuck."""
    turn = Turn("sanne", "Sanne", TurnState.DONE, stucks=(Stuck(stuck),))
    return Huddle(FRIDAY, "x", started_at=AT, ended_at=AT, turns=(turn,))


def test_a_friday_check_in_for_monday_is_not_overtaken_by_midnight() -> None:
    team, time = small_team(), FakeTime(FRIDAY)
    held = replace(Round.open(team, FRIDAY, {}).huddle, started_at=AT, ended_at=AT)
    form = opened(MemoryBook(team, [held]), time)
    time.seconds += timedelta(hours=30).total_seconds()
    assert form.notices() == ()


def test_a_retired_kpi_and_a_changed_promise_are_told() -> None:
    book = MemoryBook(small_team())
    form = opened(book)
    form.commit(SOLVED, "7")
    form.commit(OPEN, "1")
    form.save()

    def edit(team: Team | None) -> Team:
        assert team is not None
        kpis = (replace(team.kpis[0], promise=D(6)), replace(team.kpis[1], retired_on=MONDAY), *team.kpis[2:])
        return replace(team, kpis=kpis)

    book.change_team(edit)
    assert form.look()
    told = [str(notice) for notice in form.notices()]
    assert "Klachten open is not read out any more: the 1 that was typed is kept" in told[0]
    assert "The promise of Klachten opgelost was changed meanwhile, from 8 to 6." in told[1]
    assert form.row(SOLVED).status is Status.GREEN
    with pytest.raises(HuddleError, match="not asked for any more"):
        form.row(OPEN)
    assert stored(book).entry(OPEN).actual == D(1)


def test_a_person_who_left_the_team_is_told_and_cannot_check_in_again() -> None:
    book = MemoryBook(small_team())
    form = opened(book)

    def leave(team: Team | None) -> Team:
        assert team is not None
        return replace(team, people=(replace(team.people[0], left_on=MONDAY), *team.people[1:]))

    book.change_team(leave)
    form.look()
    form.commit("", "bye", Asking.STUCK)
    form.save()
    assert "no longer in the team" in str(form.notices()[0])
    for person in ("sanne", "nobody"):
        with pytest.raises(HuddleError, match="not in the team"):
            CheckingIn(book, FakeTime(), person)


def test_a_book_that_disappears_is_told_and_what_was_typed_stays(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    book = TinyBook(folder)
    book.change_team(lambda _: small_team())
    form = CheckingIn(book, FakeTime(), "sanne")
    form.commit(SOLVED, "8")
    folder.rename(tmp_path / "away")
    with pytest.raises(HuddleError):
        form.look()
    with pytest.raises(HuddleError):
        form.save()
    assert form.draft.entry(SOLVED).actual == D(8)
    (tmp_path / "away").rename(folder)
    form.save()
    assert book.check_ins("sanne")[0].entry(SOLVED).actual == D(8)


# What the others see


def test_progress_says_who_has_checked_in_and_no_number() -> None:
    book = MemoryBook(small_team())
    form = opened(book)
    form.commit(SOLVED, "7")
    form.type(OPEN, "1")
    form.save()
    first, *others = progress(book, small_team(), MONDAY)
    assert (first.person.id, first.progress) == ("sanne", Progress(1, 4, closed=False))
    assert (first.progress.ready, first.progress.partly) == (False, True)
    assert [(p.progress.answered, p.progress.of, p.progress.partly) for p in others] == [(0, 4, False), (0, 4, False)]
    form.close()
    form.save()
    assert not progress(book, small_team(), MONDAY)[0].progress.ready, "1 of 4 numbers is in, however it was closed"
    for row in form.rows:
        form.commit(row.kpi.id, "")
    form.save()
    assert progress(book, small_team(), MONDAY)[0].progress.ready


def test_progress_counts_what_a_turn_took_over() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    form = opened(book, time)
    form.commit(SOLVED, "7")
    form.save()
    hosting = Hosting(book, time)
    hosting.do(lambda r: r.start(0, AT))
    hosting.save()
    assert progress(book, small_team(), MONDAY)[0].progress.answered == 1


def test_the_round_uncovers_exactly_what_was_checked_in() -> None:
    book, time = MemoryBook(small_team()), FakeTime()
    form = opened(book, time)
    form.commit(SOLVED, "3")
    form.commit(SOLVED, "hands", Asking.NOTE)
    form.commit(SOLVED, "6", Asking.PROMISE)
    form.type(OPEN, "1")
    form.commit("", "printer", Asking.STUCK)
    form.save()
    hosting = Hosting(book, time)
    hosting.do(lambda r: r.start(0, AT))
    turn = hosting.round.speaking
    assert turn is not None
    assert turn.covered(OPEN) is None
    assert hosting.round.huddle.stage is Stage.TURNS
    hosting.do(lambda r: r.uncover(0))
    (reading,) = hosting.round.huddle.readings
    assert (reading.actual, reading.status, reading.note, reading.checked_in) == (D(3), Status.RED, "hands", True)
    assert hosting.round.agreed("sanne", small_team().kpis[0]) == D(6)
    assert turn.hidden is not None
    assert turn.hidden.stuck == "printer"

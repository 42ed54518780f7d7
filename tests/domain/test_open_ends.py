"""What is open, with its age, however often it was said and wherever it was solved (METHOD 2 and 8)."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from huddle_tui.domain.huddle import Action, Huddle, Stuck, Turn, TurnState
from huddle_tui.domain.open_ends import End, OpenEnds, closed_on, marked, open_ends
from huddle_tui.domain.stucks import heard
from huddle_tui.domain.summary import summarise
from tests.kit.fakes import MONDAY, FakeTime


def held(n: int, *stucks: Stuck, actions: tuple[Action, ...] = ()) -> Huddle:
    """The huddle of the nth day, with Sanne stuck on these."""
    day = MONDAY + timedelta(days=n)
    moment = FakeTime(day).now()
    turn = Turn("sanne", "Sanne", TurnState.DONE, stucks=stucks)
    return Huddle(day, "x", started_at=moment, ended_at=moment, turns=(turn,), actions=actions)


def ends(*huddles: Huddle, on: date | None = None) -> OpenEnds:
    return open_ends([summarise(huddle) for huddle in huddles], on)


def seen(found: OpenEnds) -> list[tuple[str, int]]:
    return [(aged.said.text, aged.age) for aged in found.stucks]


def test_said_again_it_is_the_same_stuck_a_round_older() -> None:
    found = ends(held(0, Stuck("wacht op IT")), held(1), held(2, Stuck("Wacht  op it")))
    assert seen(found) == [("Wacht  op it", 3)]
    assert found.stucks[0].since == MONDAY
    assert found.of("sanne") == (Stuck("Wacht  op it", 3),)


def test_a_huddle_that_is_about_to_begin_counts_as_a_round() -> None:
    huddles = (held(0, Stuck("printer")), held(1))
    assert seen(ends(*huddles)) == [("printer", 2)]
    assert seen(ends(*huddles, on=MONDAY + timedelta(days=3))) == [("printer", 3)]


def test_it_is_solved_where_it_was_said_last_and_old_minutes_stay() -> None:
    first, last = held(0, Stuck("printer")), held(1, Stuck("printer", 2))
    tuesday = MONDAY + timedelta(days=1)
    (aged,) = ends(first, last).stucks
    assert aged.end == End(tuesday, "sanne", "printer")
    solved = marked(last, aged.end, tuesday + timedelta(days=1))
    assert closed_on(solved, aged.end) == tuesday + timedelta(days=1)
    assert seen(ends(first, solved)) == []
    assert seen(ends(first, solved, on=tuesday)) == [("printer", 2)], "as it was then"
    on_that_day = ends(first, solved, on=tuesday + timedelta(days=1))
    assert [(one.said.text, one.age) for one in on_that_day.solved] == [("printer", 3)]
    assert first == held(0, Stuck("printer"))


def test_the_same_words_after_it_was_solved_are_a_new_stuck() -> None:
    found = ends(held(0, Stuck("printer", solved_on=MONDAY)), held(1, Stuck("printer")))
    assert seen(found) == [("printer", 1)]


def test_words_that_took_the_place_of_others_keep_their_age() -> None:
    found = ends(held(0, Stuck("printer")), held(1, Stuck("printer: monteur komt vrijdag", 2, was="printer")))
    assert seen(found) == [("printer: monteur komt vrijdag", 2)]


def test_actions_have_an_age_and_what_was_done_today_is_told() -> None:
    call, write = Action("1", "Bram", "bellen"), Action("2", "Bram", "schrijven", done_on=MONDAY + timedelta(days=1))
    found = ends(held(0, actions=(call, write)), held(1), on=MONDAY + timedelta(days=1))
    assert [(one.action.what, one.age) for one in found.actions] == [("bellen", 2)]
    assert [(one.action.what, one.age) for one in found.done] == [("schrijven", 2)]


def test_a_huddle_that_never_began_is_no_round() -> None:
    opened = replace(held(1), started_at=None, ended_at=None)
    assert seen(ends(held(0, Stuck("printer")), opened)) == [("printer", 1)]


def test_what_is_typed_where_something_stands() -> None:
    printer, it = Stuck("printer", 3), Stuck("wacht; op IT", 2)
    known = (printer, it)
    assert heard("printer", known) == (printer,)
    assert heard("PRINTER", known) == (printer,), "Enter keeps it"
    assert heard("printer; wacht; op IT", known) == known
    assert heard("printer; geen tijd; of zo", known) == (printer, Stuck("geen tijd; of zo")), "words add"
    assert heard("de printer staat in brand", known) == (Stuck("de printer staat in brand", 3, was="printer"),)
    assert heard("geen tijd", known) == (Stuck("geen tijd"),)
    assert heard("a;b", ()) == (Stuck("a;b"),), "what people type is not taken apart"
    assert heard("  ", known) == ()

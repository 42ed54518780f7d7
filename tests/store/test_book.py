"""The contract of the port, over every store."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar

import pytest
from msgspec.structs import replace

from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.huddle import Action, CheckIn, Entry, Huddle, Turn
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.summary import summarise
from huddle_tui.domain.team import Person, Team
from huddle_tui.store.port import Book
from tests.kit.fakes import MONDAY, small_team
from tests.kit.random_books import random_book

T = TypeVar("T")
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def team() -> Team:
    return small_team()


@pytest.fixture
def made(book: Book, team: Team) -> Book:
    """A book with a team."""
    book.change_team(lambda _: team)
    return book


def keep(book: Book, huddle: Huddle) -> None:
    book.change_huddle(huddle.day, lambda _: huddle)


def noted(given: list[T], value: T) -> T | None:
    """Remembers what a change was given; gives back nothing."""
    given.append(value)
    return None


def check_in(book: Book, check_in: CheckIn) -> None:
    book.change_check_in(check_in.person, check_in.huddle_day, lambda _: check_in)


# The team


def test_where_there_is_no_book(book: Book) -> None:
    assert not book.exists()
    assert book.days() == []
    assert book.summaries() == []
    assert book.check_ins("anna") == []
    assert book.huddle(MONDAY) is None
    assert not book.changed()
    assert book.take_notices() == []
    for wish in (
        book.team,
        lambda: keep(book, Huddle(MONDAY, "x")),
        lambda: check_in(book, CheckIn("anna", MONDAY)),
        lambda: book.hold("host"),
    ):
        with pytest.raises(HuddleError):
            wish()
    assert not book.exists()


def test_the_first_change_makes_the_book(book: Book, other: Book, team: Team) -> None:
    given: list[Team | None] = []
    assert book.change_team(lambda stored: noted(given, stored) or team) == team
    assert given == [None]
    assert book.exists()
    assert other.exists()
    assert other.team() == team


def test_a_change_gets_what_another_program_stored_last(made: Book, other: Book) -> None:
    def longer(team: Team | None) -> Team:
        assert team is not None
        return replace(team, people=(*team.people, Person(f"p{len(team.people)}", f"P{len(team.people)}")))

    for program in (made, other, other, made):
        program.change_team(longer)
    assert len(made.team().people) == len(small_team().people) + 4
    assert made.team() == other.team()


@pytest.mark.parametrize("error", [HuddleError("no"), ValueError("no"), KeyboardInterrupt()])
def test_a_change_that_fails_changes_nothing_and_blocks_nobody(
    made: Book, other: Book, team: Team, error: BaseException
) -> None:
    keep(made, Huddle(MONDAY, "before"))
    check_in(made, CheckIn("anna", MONDAY, stuck="before"))

    def fail(_: object) -> object:
        raise error

    for wish in (
        lambda: made.change_team(fail),  # type: ignore[arg-type]
        lambda: made.change_huddle(MONDAY, fail),  # type: ignore[arg-type]
        lambda: made.change_check_in("anna", MONDAY, fail),  # type: ignore[arg-type]
    ):
        with pytest.raises(type(error)):
            wish()
    assert other.team() == team
    assert other.huddle(MONDAY) == Huddle(MONDAY, "before")
    assert other.check_ins("anna") == [CheckIn("anna", MONDAY, stuck="before")]
    other.change_team(lambda _: replace(team, name="after"))
    assert made.team().name == "after"


# Huddles


def test_a_huddle_is_stored_and_given_back(made: Book, other: Book) -> None:
    given: list[Huddle | None] = []
    first, second = Huddle(MONDAY, "one"), Huddle(MONDAY, "two", turns=(Turn("anna", "Anna"),))
    for huddle in (first, second):
        stored = made.change_huddle(MONDAY, lambda h, huddle=huddle: noted(given, h) or huddle)  # type: ignore[misc]
        assert stored == huddle
    assert given == [None, first]
    assert other.huddle(MONDAY) == second
    assert other.huddle(TUESDAY) is None


def test_what_is_read_back_has_clocks_that_stand_still(made: Book) -> None:
    running = Huddle(MONDAY, "x", watch=Stopwatch(4.5, since=7.0), turns=(Turn("a", "A", watch=Stopwatch(2.0, 7.0)),))
    assert made.change_huddle(MONDAY, lambda _: running) == running
    found = made.huddle(MONDAY)
    assert found is not None
    assert (found.watch, found.turns[0].watch) == (Stopwatch(4.5), Stopwatch(2.0))


def test_a_huddle_of_another_day_is_refused(made: Book) -> None:
    with pytest.raises(ValueError, match="2026-11-24"):
        made.change_huddle(MONDAY, lambda _: Huddle(TUESDAY, "x"))
    assert made.days() == []


def test_days_are_in_order_whatever_the_order_of_saving(made: Book, other: Book) -> None:
    days = [date(2026, 11, 23), date(2025, 12, 31), date(2026, 1, 2), date(2027, 3, 1)]
    for day in days:
        keep(made, Huddle(day, "x"))
    assert made.days() == other.days() == sorted(days)


def test_huddles_come_in_the_order_asked_and_one_by_one(made: Book) -> None:
    days = [MONDAY + timedelta(days=n) for n in range(4)]
    for day in days[:3]:
        keep(made, Huddle(day, str(day)))
    assert [h.day for h in made.huddles([days[2], days[3], days[0]])] == [days[2], days[0]]
    assert list(made.huddles([])) == []
    following = made.huddles(iter(days))
    assert next(following).day == days[0]
    keep(made, Huddle(days[1], "changed meanwhile"))
    assert next(following).team == "changed meanwhile"


@pytest.mark.parametrize("seed", range(3))
def test_a_whole_past_comes_back_with_its_summaries(book: Book, other: Book, seed: int) -> None:
    team, past = random_book(seed, huddles=25)
    book.change_team(lambda _: team)
    for huddle in Random(seed).sample(past, len(past)):
        keep(book, huddle)
    assert other.team() == team
    found = list(other.huddles(other.days()))
    assert [_rounded(h) for h in found] == [_rounded(h) for h in past]
    assert other.summaries() == [summarise(h) for h in found]
    assert other.summaries() == book.summaries()


def test_a_deleted_huddle_lies_in_the_bin_until_it_is_brought_back(made: Book, other: Book) -> None:
    for day in (MONDAY, TUESDAY):
        keep(made, Huddle(day, f"held on {day}"))
    assert made.discarded() == []
    made.discard_huddle(MONDAY)
    assert made.days() == other.days() == [TUESDAY]
    assert made.huddle(MONDAY) is None
    assert [s.day for s in other.summaries()] == [TUESDAY]
    assert other.discarded() == [MONDAY]
    other.restore_huddle(MONDAY)
    assert made.huddle(MONDAY) == Huddle(MONDAY, f"held on {MONDAY}")
    assert made.discarded() == []


def test_what_is_deleted_twice_comes_back_newest_first(made: Book) -> None:
    for team in ("first", "second"):
        keep(made, Huddle(MONDAY, team))
        made.discard_huddle(MONDAY)
    made.restore_huddle(MONDAY)
    assert made.huddle(MONDAY) == Huddle(MONDAY, "second")
    with pytest.raises(HuddleError):
        made.restore_huddle(MONDAY)
    made.discard_huddle(MONDAY)
    assert made.discarded() == [MONDAY]


def test_only_a_huddle_that_is_there_and_not_held_is_deleted(made: Book, other: Book) -> None:
    with pytest.raises(HuddleError):
        made.discard_huddle(MONDAY)
    with pytest.raises(HuddleError):
        made.restore_huddle(MONDAY)
    keep(made, Huddle(MONDAY, "held now"))
    claim = other.hold(f"host-{MONDAY}")
    assert claim is not None
    with pytest.raises(HuddleError):
        made.discard_huddle(MONDAY)
    assert made.days() == [MONDAY]
    claim.release()
    made.discard_huddle(MONDAY)
    assert made.days() == []


# Check-ins


def test_check_ins_are_kept_per_person_and_day_oldest_first(made: Book, other: Book) -> None:
    later = CheckIn("sanne", TUESDAY, (Entry("calls", "8", True, Decimal(8)),), "wacht", "bram", True)
    earlier = CheckIn("sanne", MONDAY)
    hers = CheckIn("bram", MONDAY, stuck="x")
    for each in (later, earlier, hers):
        check_in(made, each)
    assert other.check_ins("sanne") == [earlier, later]
    assert other.check_ins("bram") == [hers]
    assert other.check_ins("josé") == []


def test_a_check_in_is_changed_from_what_is_stored_and_dropped_with_none(made: Book, other: Book) -> None:
    given: list[CheckIn | None] = []
    first = CheckIn("sanne", MONDAY, stuck="x")
    for result in (first, None, None):
        made.change_check_in("sanne", MONDAY, lambda stored, result=result: noted(given, stored) or result)  # type: ignore[misc]
    assert given == [None, first, None]
    assert other.check_ins("sanne") == []


@pytest.mark.parametrize("wrong", [CheckIn("bram", MONDAY), CheckIn("sanne", TUESDAY)])
def test_a_check_in_of_another_person_or_day_is_refused(made: Book, wrong: CheckIn) -> None:
    with pytest.raises(ValueError, match="not"):
        made.change_check_in("sanne", MONDAY, lambda _: wrong)
    assert made.check_ins("sanne") == made.check_ins("bram") == []


# Several programs


def test_a_claim_is_one_programs_until_it_lets_go(made: Book, other: Book) -> None:
    claim = made.hold("host-2026-11-23")
    assert claim is not None
    assert other.hold("host-2026-11-23") is None
    assert made.hold("host-2026-11-23") is None
    another = other.hold("host-2026-11-24")
    assert another is not None
    claim.release()
    claim.release()
    again = other.hold("host-2026-11-23")
    assert again is not None
    again.release()
    another.release()


def test_a_claim_does_not_keep_others_from_saving(made: Book, other: Book) -> None:
    claim = made.hold("host")
    assert claim is not None
    keep(other, Huddle(MONDAY, "x"))
    assert made.huddle(MONDAY) == Huddle(MONDAY, "x")
    claim.release()


def test_what_changed_is_noticed_once(made: Book, other: Book, team: Team) -> None:
    other.changed()
    made.changed()
    wishes: list[Callable[[], object]] = [
        lambda: made.change_team(lambda _: replace(team, name="anders")),
        lambda: check_in(made, CheckIn("sanne", MONDAY)),
        lambda: check_in(made, CheckIn("sanne", MONDAY, stuck="x")),
        lambda: check_in(made, CheckIn("bram", MONDAY)),
        lambda: made.change_check_in("bram", MONDAY, lambda _: None),
        lambda: keep(made, Huddle(MONDAY, "x")),
        lambda: keep(made, Huddle(MONDAY, "xy")),
        lambda: keep(made, Huddle(date(2027, 1, 4), "x")),
    ]
    for wish in wishes:
        assert not other.changed()
        wish()
        assert other.changed()
        assert made.changed()


def test_check_ins_of_several_people_are_those_of_each(made: Book, other: Book) -> None:
    for person, day in (("sanne", MONDAY), ("sanne", TUESDAY), ("bram", MONDAY)):
        check_in(made, CheckIn(person, day, stuck=person))
    people = ["sanne", "nobody", "bram"]
    found = other.all_check_ins(iter(people))
    assert found == {person: other.check_ins(person) for person in people}
    assert [len(found[person]) for person in people] == [2, 0, 1]


def test_every_thread_that_waits_learns_of_a_change(made: Book, other: Book) -> None:
    while other.wait(0.05) and other.changed():
        pass  # what was before is no news
    learnt: list[float] = []

    def learn() -> None:
        while not other.wait(0.25):
            pass
        learnt.append(time.monotonic())

    threads = [threading.Thread(target=learn) for _ in range(2)]
    for thread in threads:
        thread.start()
    check_in(made, CheckIn("sanne", MONDAY))
    for thread in threads:
        thread.join()
    assert len(learnt) == 2
    assert other.wait(0.25), "until it was asked what changed it may have"
    assert other.changed()


def test_a_change_that_changes_nothing_is_not_saved(made: Book, other: Book, team: Team) -> None:
    keep(made, Huddle(MONDAY, "x"))
    check_in(made, CheckIn("sanne", MONDAY))
    other.changed()
    made.change_team(lambda stored: stored or team)
    keep(made, Huddle(MONDAY, "x"))
    check_in(made, CheckIn("sanne", MONDAY))
    made.change_check_in("bram", MONDAY, lambda _: None)
    assert not other.changed()


def test_threads_that_save_at_once_lose_nothing(made: Book, other: Book) -> None:
    keep(made, Huddle(MONDAY, "x"))

    def work(me: int) -> None:
        book = made if me % 2 else other
        for n in range(10):
            check_in(book, CheckIn("sanne", MONDAY + timedelta(days=10 * me + n)))
            book.change_huddle(MONDAY, lambda h, n=n: _with_action(h, f"{me}-{n}"))  # type: ignore[misc]
            book.change_team(lambda t, n=n: _with_person(t, f"{me}-{n}"))  # type: ignore[misc]
            assert book.team().people

    threads = [threading.Thread(target=work, args=(me,)) for me in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expected = {f"{me}-{n}" for me in range(4) for n in range(10)}
    found = other.huddle(MONDAY)
    assert found is not None
    assert {action.id for action in found.actions} == expected
    assert {person.id for person in made.team().people} >= expected
    assert [c.huddle_day for c in made.check_ins("sanne")] == [MONDAY + timedelta(days=n) for n in range(40)]


def _rounded(huddle: Huddle) -> Huddle:
    """As precise as every store has to be: moments to the second, clocks to the thousandth."""
    assert huddle.started_at is not None
    assert huddle.ended_at is not None
    return replace(
        huddle,
        started_at=huddle.started_at.replace(microsecond=0),
        ended_at=huddle.ended_at.replace(microsecond=0),
        watch=Stopwatch(round(huddle.watch.used, 3)),
        turns=tuple(replace(t, watch=Stopwatch(round(t.watch.used, 3))) for t in huddle.turns),
    )


def _with_action(huddle: Huddle | None, id: str) -> Huddle:
    assert huddle is not None
    return replace(huddle, actions=(*huddle.actions, Action(id, "x", "y")))


def _with_person(team: Team | None, id: str) -> Team:
    assert team is not None
    return replace(team, people=(*team.people, Person(id, id)))

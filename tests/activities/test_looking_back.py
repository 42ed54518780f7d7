"""Looking back: what is read when, what another program saves, find, open ends."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from huddle_tui.activities.looking_back import (
    LookingBack,
    Wanted,
    find,
)
from huddle_tui.activities.settling import mark
from huddle_tui.domain.history import Past
from huddle_tui.domain.huddle import Huddle, Stuck
from huddle_tui.domain.open_ends import End, open_ends
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.summary import summarise
from tests.kit.memory_book import MemoryBook
from tests.kit.random_books import random_book


class CountingBook(MemoryBook):
    """Tells which huddles were read whole; some cannot be."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.read: list[date] = []
        self.damaged: set[date] = set()

    def huddle(self, day: date) -> Huddle | None:
        self.read.append(day)
        if day in self.damaged:
            raise HuddleError("{day} cannot be read.", day=day)
        return super().huddle(day)

    def huddles(self, days: Iterable[date]) -> Iterator[Huddle]:
        return (found for day in days if (found := super(CountingBook, self).huddle(day)))


def opened(seed: int = 1, huddles: int = 150) -> tuple[CountingBook, LookingBack]:
    book = CountingBook(*random_book(seed, huddles))
    return book, LookingBack(book)


def read_all(looking: LookingBack) -> Past:
    while looking.read():
        pass
    assert looking.past is not None
    return looking.past


def test_the_last_thirteen_come_first_and_nothing_else_is_read_for_them() -> None:
    book, looking = opened()
    assert looking.read()
    assert book.read == book.days()[-13:]
    assert looking.past is not None
    assert looking.past.days == tuple(book.days()[-13:])
    assert [s.day for s in looking.past.summaries] == book.days()[-13:]
    assert not looking.past.complete


def test_a_huddle_that_was_only_opened_is_not_looked_back_at_until_it_begins() -> None:
    book, looking = opened(huddles=20)
    day = book.days()[-1]
    held = book.huddle(day)
    assert held is not None
    book.change_huddle(day, lambda h: replace(held, started_at=None, ended_at=None))
    assert [s.day for s in read_all(looking).summaries] == book.days()[:-1]
    assert not looking.look()
    book.change_huddle(day, lambda h: held)
    assert looking.look()
    assert looking.past is not None
    assert [s.day for s in looking.past.summaries] == book.days()


def test_then_the_list_then_the_rest_without_a_gap() -> None:
    book, looking = opened()
    looking.read()
    looking.read()
    assert looking.past is not None
    assert len(looking.past.summaries) == 150
    seen = [looking.past]
    while looking.read():
        if looking.past is not seen[-1]:
            seen.append(looking.past)
    seen.append(looking.past)
    assert all(past.days == tuple(book.days()[-len(past.days) :]) for past in seen)
    assert seen[-1].complete
    assert len(seen[-1].days) == 150
    assert sorted(book.read) == book.days()
    assert not looking.read()


def test_read_in_pieces_is_the_same_as_read_at_once() -> None:
    book, looking = opened()
    whole = read_all(looking)
    every = [r for h in book.huddles(book.days()) for t in h.turns for r in t.readings]
    assert sum(len(said) for said in whole.said.values()) == len(every)
    for kpi, said in whole.said.items():
        assert [one.reading for one in said] == [r for r in every if r.kpi == kpi]


def test_an_empty_book_and_a_small_one() -> None:
    team, huddles = random_book(2, 5)
    for some in ([], huddles):
        looking = LookingBack(MemoryBook(team, some))
        assert not looking.read()
        assert looking.past is not None
        assert looking.past.complete
        assert len(looking.past.days) == len(some)


def test_what_another_program_saves_is_taken_in() -> None:
    book, looking = opened()
    before = read_all(looking)
    other = book.beside()
    assert not looking.look()
    assert looking.past is before
    day = book.days()[-1]
    turn = next(t for t in before.summaries[-1].present)

    def stuck(huddle: Huddle | None) -> Huddle:
        assert huddle is not None
        return replace(
            huddle,
            turns=tuple(replace(t, stucks=(Stuck("nieuw"),) if t.name == turn else t.stucks) for t in huddle.turns),
        )

    other.change_huddle(day, stuck)
    assert looking.look()
    assert looking.past is not None
    assert "nieuw" in looking.past.summaries[-1].text


def test_a_corrected_number_is_taken_in_though_the_list_looks_the_same() -> None:
    book, looking = opened()
    read_all(looking)
    day = book.days()[-2]

    def corrected(huddle: Huddle | None) -> Huddle:
        assert huddle is not None
        turns = list(huddle.turns)
        place = next(i for i, t in enumerate(turns) if t.readings)
        first, *others = turns[place].readings
        turns[place] = replace(turns[place], readings=(replace(first, actual=Decimal("4321.5")), *others))
        return replace(huddle, turns=tuple(turns))

    book.beside().change_huddle(day, corrected)
    assert looking.look()
    assert looking.past is not None
    assert Decimal("4321.5") in {one.reading.actual for said in looking.past.said.values() for one in said}


def test_a_new_huddle_and_one_that_was_removed() -> None:
    team, huddles = random_book(3, 40)
    book = MemoryBook(team, huddles[:-1])
    looking = LookingBack(book)
    read_all(looking)
    book.beside().change_huddle(huddles[-1].day, lambda _none: huddles[-1])
    assert looking.look()
    assert looking.past is not None
    assert looking.past.days[-1] == huddles[-1].day
    del book._pages.huddles[huddles[5].day]
    assert looking.look()
    assert huddles[5].day not in looking.past.days


def test_an_edited_team_shows_its_new_names_and_the_old_values() -> None:
    book, looking = opened()
    before = read_all(looking)
    person = before.team.people[1]
    people = tuple(replace(p, name="Nieuwe Naam") if p.id == person.id else p for p in before.team.people)
    book.beside().change_team(lambda team: replace(team or before.team, people=people))
    assert looking.look()
    assert looking.past is not None
    assert looking.past.person_name(person.id) == "Nieuwe Naam"
    assert looking.past.names_of(person.id) == {"Nieuwe Naam", person.name}
    assert looking.past.said == before.said


def test_a_huddle_that_cannot_be_read_is_told_once_and_hides_no_other() -> None:
    book, looking = opened()
    book.damaged = {book.days()[20], book.days()[-1]}
    past = read_all(looking)
    assert len(past.days) == 148
    assert past.complete
    assert len(looking.take_troubles()) == 2
    assert looking.take_troubles() == []


def test_two_threads_read_one_past_together() -> None:
    book, looking = opened(huddles=300)
    threads = [threading.Thread(target=read_all, args=(looking,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(book.read) == book.days()
    assert looking.past is not None
    assert looking.past.complete
    assert len(looking.past.days) == 300


# Find


@pytest.fixture(scope="module")
def past() -> Past:
    return read_all(opened(4, 80)[1])


def test_find_gives_the_newest_first_and_everything_without_a_wish(past: Past) -> None:
    assert find(past, Wanted()) == list(reversed(past.summaries))


def test_every_word_must_occur_in_any_order_whatever_the_case(past: Past) -> None:
    found = find(past, Wanted("LEVERANCIER  wacht"))
    assert found
    assert len(found) < 80
    assert all("leverancier" in s.text and "wacht" in s.text for s in found)
    assert find(past, Wanted("leverancierr")) == []
    assert find(past, Wanted("[/b]"))


def test_the_names_of_numbers_are_found_behind_kpi(past: Past) -> None:
    name = past.team.kpis[0].name
    first = name.split()[0].casefold()
    found = find(past, Wanted(f"kpi:{first}"))
    assert found
    assert found == find(past, Wanted(f"KPI: {first}")) == [s for s in reversed(past.summaries) if first in s.numbers]
    assert find(past, Wanted(name)) == []
    assert find(past, Wanted(f"kpi:{first} kpi:leverancier")) == []
    assert find(past, Wanted("kpi:")) == find(past, Wanted())
    both = find(past, Wanted(f"leverancier kpi:{first}"))
    assert both == [summary for summary in found if "leverancier" in summary.text]


def test_filters_narrow_one_another(past: Past) -> None:
    red = find(past, Wanted(red=True))
    assert [s for s in reversed(past.summaries) if s.red] == red
    since, until = past.days[10], past.days[30]
    assert [s.day for s in find(past, Wanted(since=since, until=until))] == list(reversed(past.days[10:31]))
    both = find(past, Wanted("leverancier", red=True, since=since))
    assert both == [s for s in find(past, Wanted("leverancier")) if s.red and s.day >= since]


def test_a_renamed_person_is_found_by_both_names(past: Past) -> None:
    person = past.team.people[0]
    found = find(past, Wanted(person=person.id))
    assert [s.day for s in reversed(found)] == [t.huddle for t in past.talks[person.id] if t.state.value != "absent"]
    assert all(person.name not in s.present for s in found)


# Open ends


def test_age_is_counted_in_huddles_its_own_included() -> None:
    _team, huddles = random_book(5, 10)
    ends = open_ends([summarise(h) for h in huddles])
    days = [h.day for h in huddles]
    assert ends.stucks
    assert all(one.age == len(days) - days.index(one.since) for one in ends.stucks)
    assert [one.age for one in ends.stucks] == sorted((one.age for one in ends.stucks), reverse=True)


def test_actions_come_by_the_day_they_are_due() -> None:
    ends = open_ends([summarise(h) for h in random_book(5, 40)[1]])
    due = [one.action.by or date.max for one in ends.actions]
    assert due == sorted(due)
    assert any(one.action.by is None for one in ends.actions)


def test_marked_where_it_was_said_and_opened_again() -> None:
    book, looking = opened(6)
    today = book.days()[-1] + timedelta(1)
    ends = open_ends(read_all(looking).summaries)
    stuck, action = ends.stucks[0].said, ends.actions[0]
    mark(book, ends.stucks[0].end, today)
    mark(book, action.end, today)
    assert looking.look()
    assert looking.past is not None
    after = open_ends(looking.past.summaries)
    assert len(after.stucks) == len(ends.stucks) - 1
    assert len(after.actions) == len(ends.actions) - 1
    said = book.huddle(stuck.day)
    assert said is not None
    solved = said.turn(stuck.person)
    assert solved is not None
    assert solved.stucks[0].solved_on == today
    mark(book, ends.stucks[0].end, None)
    mark(book, action.end, None)
    assert looking.look()
    assert open_ends(looking.past.summaries) == ends


def test_marking_in_a_huddle_that_is_gone_says_so() -> None:
    book = MemoryBook(*random_book(7, 3))
    with pytest.raises(HuddleError, match="no huddle of 1999-01-01"):
        mark(book, End(date(1999, 1, 1), action="a0"), None)
    assert date(1999, 1, 1) not in book.days()

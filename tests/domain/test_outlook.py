"""Will it be kept? (METHOD 13): by hand, and on days that were held out."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from msgspec.structs import replace

from huddle_tui.activities.example import write_example
from huddle_tui.domain.history import Said, gather, page
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.outlook import Outlook, as_told, outlook, past_days
from huddle_tui.domain.promises import fallen_due, whole
from huddle_tui.domain.team import Counting, Kpi, Team
from huddle_tui.domain.workdays import Calendar, Period
from tests.kit.memory_book import MemoryBook
from tests.kit.random_books import said as judged

MONDAY = date(2026, 11, 16)
WEEKLY = Kpi("w", "W", "p", Decimal(25), period=Period.WEEK, counting=Counting.RUNNING_TOTAL)
TEAM = Team("T", kpis=(WEEKLY,))
CALENDAR = TEAM.calendar


def totals(added: Sequence[object], kpi: Kpi = WEEKLY, first: date = MONDAY) -> list[Said]:
    """A reading per working day of a running total that so much was added to each day (… is not reported)."""
    made: list[Said] = []
    day, level, start = first, Decimal(0), None
    for value in added:
        if kpi.period.first(day) != start:
            start, level = kpi.period.first(day), Decimal(0)
        if value is not ...:
            level += Decimal(str(value))
            made.append(Said(CALENDAR.after(day), "p", False, judged(day, kpi, TEAM, level)))
        day = CALENDAR.after(day)
    return made


def told(added: Sequence[object], kpi: Kpi = WEEKLY, before: Sequence[object] = ()) -> Outlook | None:
    said = totals([*before, *added], kpi)
    return outlook(said[-1].reading, said[:-1], CALENDAR)


@pytest.mark.parametrize(
    ("added", "left", "needed", "done", "in_hand"),
    [
        ((5,), 4, "5", "5", 0),
        ((10,), 4, "3.75", "10", 1),
        ((0,), 4, "6.25", "0", -1),
        ((1, 7), 3, "5.6667", "4", -1),
        ((9, 2, 4), 2, "5", "5", 0),
        ((9, 9, 9), 2, "-1", "9", 2),
        ((5, 5, 5, 9), 1, "1", "6", 0),
    ],
)
def test_needed_from_now_and_days_in_hand(
    added: tuple[int, ...], left: int, needed: str, done: str, in_hand: int
) -> None:
    found = told(added)
    assert found is not None
    assert (found.left, round(found.needed, 4), found.done) == (left, Decimal(needed), Decimal(done))
    assert (found.in_hand, found.chance) == (in_hand, None)


def test_at_most_there_is_room_for() -> None:
    few = replace(WEEKLY, promise=Decimal(5), direction=Direction.AT_MOST)
    assert told((0,), few) == Outlook(4, Decimal("1.25"), Decimal(0), 1, None)
    assert told((1, 1), few) == Outlook(3, Decimal(1), Decimal(1), 0, None)
    assert told((3, 0, 1), few) == Outlook(2, Decimal("0.5"), Decimal("1.33333333333333333333333333333"), -1, None)
    none = replace(few, promise=Decimal(0))
    assert told((0,), none) == Outlook(4, Decimal(0), Decimal(0), None, None)


def test_of_a_running_total_under_way_and_of_nothing_else() -> None:
    level = replace(WEEKLY, counting=Counting.SNAPSHOT)
    assert told((5,), level) is None
    assert told((5, 5, 5, 5, 5)) is None
    assert outlook(judged(MONDAY, WEEKLY, TEAM, None), [], CALENDAR) is None


def test_what_is_too_early_to_judge_is_not_said_to_be_reached_or_lost() -> None:
    few = replace(WEEKLY, promise=Decimal(5), direction=Direction.AT_MOST)
    cases = {
        ((25,), WEEKLY): False,
        ((6,), few): False,
        ((25, 0), WEEKLY): True,
        ((6, 0), few): True,
        ((5,), few): True,
    }
    for (added, kpi), is_told in cases.items():
        reading = totals(added, kpi)[-1].reading
        assert (as_told(reading, [], CALENDAR) is not None) is is_told, (added, kpi)


def test_what_each_day_added() -> None:
    assert past_days(totals((1, 2, 3, 4, 5, 6, 7)), CALENDAR) == [1, 2, 3, 4, 5, 6, 7]
    assert past_days(totals((2, ..., 4, 1)), CALENDAR) == [2, 2, 2, 1]
    assert past_days(totals((..., ..., 9, ..., ..., 1)), CALENDAR) == [3, 3, 3, 1]
    assert past_days([], CALENDAR) == []
    assert past_days(totals((..., ..., 9)), CALENDAR) == []
    year = past_days(totals([1] * 250), CALENDAR)
    assert len(year) == 14 * 5


def test_a_chance_from_twelve_past_working_days_on() -> None:
    assert told((5,), before=[5] * 10) == Outlook(4, Decimal(5), Decimal(5), 0, None)
    steady = told((5, 5), before=[5] * 10)
    assert steady is not None
    assert steady.chance == 9  # as it always went, and yet not certain


def test_one_reading_that_is_over_twelve_days_is_no_past_to_draw_from() -> None:
    """A month's total that its owner gives early: 100 in thirteen days, whichever of them it came from."""
    monthly = replace(WEEKLY, promise=Decimal(150), period=Period.MONTH)
    early, later = totals((*[...] * 12, 100, 7), monthly, date(2026, 11, 2))
    chances = [outlook(one.reading, before, CALENDAR) for one, before in ((early, []), (later, [early]))]
    assert [found and found.chance for found in chances] == [None, 9]


def test_it_is_certain_only_where_nothing_can_take_it_back() -> None:
    def chance(added: Sequence[object], kpi: Kpi = WEEKLY, before: Sequence[object] = (5,) * 15) -> int | None:
        found = told(added, kpi, before)
        assert found is not None
        return found.chance

    assert chance((25,)) == 10
    assert chance((25,), before=(5, 6, 5, -1, 5) * 3) == 9
    assert chance((0, 0, 0, 1)) == 1
    few = replace(WEEKLY, direction=Direction.AT_MOST)
    assert chance((26,), few) == 0
    assert chance((26,), few, before=(5, 6, 5, -1, 5) * 3) == 1
    assert chance((25,), few, before=(0, 6, 5, 0, 5) * 3) == 1


def test_the_same_question_has_the_same_answer_in_every_program() -> None:
    found = told((4,), before=[3, 5, 6, 2, 9] * 4)
    assert found is not None
    assert found == told((4,), before=[3, 5, 6, 2, 9] * 4)
    code = (
        "from tests.domain.test_outlook import told\n"
        "found = told((4,), before=[3, 5, 6, 2, 9] * 4)\n"
        "assert found is not None\nprint(found.chance)"
    )
    for seed in ("1", "2"):
        output = subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        assert int(output) == found.chance


# Does it come true?

Answers = dict[int, list[bool]]


def held_out(said: Sequence[Said], calendar: Calendar) -> Iterable[tuple[int, bool]]:
    """For every reading under way what was told of it, by what was known then, and whether it came true."""
    ends = {}
    for promise in fallen_due(said, calendar):
        reading = promise.said.reading
        if reading.actual is not None:
            ends[reading.period.first(reading.day)] = reading
    for place, one in enumerate(said):
        reading = one.reading
        end = ends.get(reading.period.first(reading.day))
        if end is None or end.actual is None or reading.actual is None or whole(reading, calendar):
            continue
        found = outlook(reading, said[:place], calendar)
        if found is not None and found.chance is not None:
            yield found.chance, reading.direction.reaches(end.actual, reading.promise)


def came_true(answers: Answers, *tenths: int) -> float:
    every = [answer for tenth in tenths for answer in answers[tenth]]
    assert len(every) >= 60, len(every)
    return sum(every) / len(every)


@pytest.mark.slow
@pytest.mark.parametrize("direction", list(Direction))
def test_eight_in_ten_of_random_series(direction: Direction) -> None:
    random, answers = Random(3), defaultdict(list)
    for _series in range(24):
        usual, wild = random.randrange(3, 9), random.choice([1, 2, 4])
        added = [max(0, round(random.gauss(usual, wild))) for _day in range(150)]
        kpi = replace(WEEKLY, promise=Decimal(usual * 5 + random.randrange(-6, 7)), direction=direction)
        for tenth, kept in held_out(totals(added, kpi), CALENDAR):
            answers[tenth].append(kept)
    assert 0.7 <= came_true(answers, 8) <= 0.9
    assert 0.4 <= came_true(answers, 5) <= 0.6
    assert 0.1 <= came_true(answers, 2) <= 0.3


@pytest.mark.slow
def test_eight_in_ten_of_the_example() -> None:
    book, answers = MemoryBook(), defaultdict(list)
    write_example(book, "en", date(2026, 11, 23))
    team = book.team()
    past = gather(team, (), map(page, book.huddles(book.days())), complete=True)
    for kpi in team.kpis:
        if kpi.counting is Counting.RUNNING_TOTAL:
            for tenth, kept in held_out(past.said[kpi.id], team.calendar):
                answers[tenth].append(kept)
    print({tenth: (round(sum(every) / len(every), 2), len(every)) for tenth, every in sorted(answers.items())})
    assert 0.7 <= came_true(answers, 8) <= 0.9

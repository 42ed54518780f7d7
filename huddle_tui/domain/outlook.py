"""Will it be kept? What a running total under way still needs, and what its own past makes of it (METHOD 13). Pure."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Context, Decimal
from fractions import Fraction
from math import floor, lcm
from random import Random
from typing import Final

import msgspec

from huddle_tui.domain.history import TRAILING, Said
from huddle_tui.domain.huddle import Reading
from huddle_tui.domain.judging import Direction, Status
from huddle_tui.domain.promises import whole
from huddle_tui.domain.workdays import Calendar, Period

KNOWN: Final = 12
"""From so many past working days of a number on its chance is told."""
DRAWS: Final = 1000
"""So many ways to draw the days that are left."""

_HORIZON: Final = timedelta(weeks=TRAILING)
_SHOWN: Final = Context(prec=30)


class Outlook(msgspec.Struct, frozen=True):
    """A running total on its way to its promise."""

    left: int
    """Working days left in its period."""
    needed: Decimal
    """From now on per working day, to come out at the promise; of *at most* what there is room for."""
    done: Decimal
    """Per working day so far."""
    in_hand: int | None
    """Working days that could pass with nothing before the pace is behind, negative: behind; of *at most* the days that
    are not used up. None where nothing or less than nothing was promised."""
    chance: int | None
    """Of ten ways to go on as its own past days went, how many keep it; None while too few of those are known."""


def outlook(reading: Reading, said: Sequence[Said], calendar: Calendar) -> Outlook | None:
    """Whether the promise that `reading` is on its way to will be kept; None of all but a running total under way.

    `said` is what was said of that KPI before, oldest first. The same question has the same answer.
    """
    actual = reading.actual
    if actual is None or whole(reading, calendar):
        return None
    passed, days = calendar.passed(reading.period, reading.day)
    left = days - passed
    if left <= 0 or not passed:
        return None
    return Outlook(
        left,
        needed=_SHOWN.divide(reading.promise - actual, Decimal(left)),
        done=_SHOWN.divide(actual, Decimal(passed)),
        in_hand=_in_hand(reading.direction, reading.promise, actual, passed, days),
        chance=_chance(reading, actual, left, past_days([*said, Said(reading.day, "", False, reading)], calendar)),
    )


def as_told(reading: Reading, said: Sequence[Said], calendar: Calendar) -> Outlook | None:
    """That as it is told: beside *too early* (METHOD 5) no promise is said to be reached, or lost."""
    found = outlook(reading, said, calendar)
    if found is None or reading.status is not Status.TOO_EARLY or found.needed > 0:
        return found
    return found if found.needed == 0 and reading.direction is Direction.AT_MOST else None


def since(period: Period, day: date, calendar: Calendar) -> date:
    """The first day whose huddles say anything about the chance of a number with that period."""
    return calendar.first(period, day - _HORIZON)


def _in_hand(direction: Direction, promise: Decimal, actual: Decimal, passed: int, days: int) -> int | None:
    if promise <= 0:
        return None
    worth = Fraction(actual) * days / Fraction(promise)
    return floor(min(worth, Fraction(days)) - passed if direction is Direction.AT_LEAST else passed - worth)


def past_days(said: Sequence[Said], calendar: Calendar) -> list[Fraction]:
    """What each working day added to a running total, the oldest first, over the last thirteen weeks.

    Days that were not reported one by one are told apart by their average. Those of one reading alone are none: all
    that can be drawn from them is that average.
    """
    if not said:
        return []
    last = said[-1].reading
    first = since(last.period, last.day, calendar)
    added: list[list[Fraction]] = []
    period, before, value = None, 0, Fraction(0)
    for one in said:
        reading = one.reading
        if reading.day < first or reading.actual is None or reading.counting is not last.counting:
            continue
        start = calendar.first(reading.period, reading.day)
        if start != period:
            period, before, value = start, 0, Fraction(0)
        passed, now = calendar.passed(reading.period, reading.day)[0], Fraction(reading.actual)
        if passed > before:
            added.append([(now - value) / (passed - before)] * (passed - before))
        before, value = passed, now
    return [day for days in added for day in days] if len(added) > 1 else []


def _chance(reading: Reading, actual: Decimal, left: int, days: Sequence[Fraction]) -> int | None:
    """In tenths how many draws keep it; never none or all of them unless that is certain."""
    if len(days) < KNOWN:
        return None
    promise, at_least = Fraction(reading.promise), reading.direction is Direction.AT_LEAST
    goal = promise - Fraction(actual)
    if min(days) >= 0 and (goal <= 0 if at_least else goal < 0):
        return 10 if at_least else 0  # nothing that ever happened takes it back
    scale = lcm(goal.denominator, *(day.denominator for day in days))
    whole, need = [int(day * scale) for day in days], int(goal * scale)
    random = Random(f"{reading.kpi} {reading.day}")
    sums = (sum(random.choices(whole, k=left)) for _draw in range(DRAWS))
    kept = sum(total >= need if at_least else total <= need for total in sums)
    return min(max((10 * kept + DRAWS // 2) // DRAWS, 1), 9)

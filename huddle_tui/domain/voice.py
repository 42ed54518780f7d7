"""What each number of a past says for itself: the series of its limits, and whether it is news (METHOD 12). Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby, islice

import msgspec

from huddle_tui.domain.behaviour import LOCKED, RUN, Behaviour, behaviour, limits, signals, strongest
from huddle_tui.domain.history import Past, Said
from huddle_tui.domain.huddle import Reading
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.promises import whole
from huddle_tui.domain.team import Counting, Team
from huddle_tui.domain.workdays import Calendar, Period


class Voice(msgspec.Struct, frozen=True):
    """The behaviour of one number."""

    said: tuple[Said, ...]
    """The readings it is made of, oldest first; a place in `behaviour` is a place here."""
    behaviour: Behaviour
    """Their limits, signals and assurance."""


class News(msgspec.Struct, frozen=True):
    """A signal that the last value of a number is part of: it changed."""

    name: str
    """`outside`, `run` or `drift`."""
    above: bool
    """Above the mean, or below it."""
    better: bool
    """Whether that is the KPI's better side."""
    mean: Decimal
    """The mean that the limits lie around, to be rounded for showing."""


def measured(said: Iterable[Said], calendar: Calendar, *, newest_first: bool = False) -> Iterator[Said]:
    """What was measured of a snapshot, and of a running total the last of each whole period.

    In the order of `said`, and only as far as it is asked for.
    """
    real = (one for one in said if one.reading.actual is not None and whole(one.reading, calendar))
    for period, same in groupby(real, lambda one: _period(one, calendar)):
        if period is None:
            yield from same
        elif newest_first:
            yield next(same)
        else:
            *_others, last = same
            yield last


def _period(one: Said, calendar: Calendar) -> tuple[Period, date] | None:
    """Of a running total the period it is about; None of a snapshot."""
    reading = one.reading
    total = reading.counting is Counting.RUNNING_TOTAL
    return (reading.period, calendar.first(reading.period, reading.day)) if total else None


def voice(past: Past, kpi: str) -> Voice:
    """The behaviour of one KPI, its promise of now held against its limits; worked out once for each past."""

    def work_out() -> Voice:
        said = tuple(measured(since_baseline(past.said.get(kpi, ()), past.team, kpi), past.team.calendar))
        known = past.team.kpi(kpi) or (said[-1].reading if said else None)
        promise, direction = (known.promise, known.direction) if known else (None, Direction.AT_LEAST)
        return Voice(said, behaviour(_actuals(one.reading for one in said), promise=promise, direction=direction))

    return past.once(f"voice {kpi}", work_out)


def news(said: Sequence[Said], calendar: Calendar) -> News | None:
    """What is new about a KPI, if anything; looks only at the values that its limits are made of and the last ones.

    `said` is what was said of it since its baseline, oldest first.
    """
    found = limits(_actuals(one.reading for one in islice(measured(said, calendar), LOCKED)))
    if found is None:
        return None
    newest = [one.reading for one in islice(measured(reversed(said), calendar, newest_first=True), RUN)]
    last = _actuals(reversed(newest))
    found = found.above_nought(actual for one in said if (actual := one.reading.actual) is not None)
    signal = strongest(signals(found, last), len(last) - 1)
    if signal is None:
        return None
    up_is_better = newest[0].direction is Direction.AT_LEAST
    return News(signal.name, signal.above, signal.above is up_is_better, found.mean)


def since_baseline(said: Sequence[Said], team: Team, kpi: str) -> Sequence[Said]:
    """What was said of a KPI since the day from which somebody decided that its limits begin anew."""
    known = team.kpi(kpi)
    if known is None or not known.baselines:
        return said
    day = known.baselines[-1].day
    return [one for one in said if one.reading.day >= day]


def _actuals(readings: Iterable[Reading]) -> list[Decimal]:
    return [reading.actual for reading in readings if reading.actual is not None]

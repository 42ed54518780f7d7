"""Which of a KPI's readings a chart shows: one per period of a running total, one per week or longer where ten years
would not fit (METHOD 9). Pure."""

from collections.abc import Sequence

import msgspec

from huddle_tui.domain.history import Said
from huddle_tui.domain.team import Counting
from huddle_tui.domain.workdays import Calendar, Period


class Series(msgspec.Struct, frozen=True):
    """Readings to be drawn beside each other, oldest first."""

    said: tuple[Said, ...]
    """What is drawn."""
    every: Period | None
    """Each is the last one of such a period; None where each is one that was said."""


def series(said: Sequence[Said], count: int | None, most: int, calendar: Calendar) -> Series:
    """The last `count` points (None: all) of one KPI's readings, oldest first; at most `most` of them.

    Where more would have to be drawn, each stands for a longer period, and is the last reading of it: nothing is
    averaged, so every point is something that was said.
    """
    every = said[-1].reading.period if said and said[-1].reading.counting is Counting.RUNNING_TOTAL else None
    points = _last_of_each(said, every, calendar) if every else list(said)
    points = points if count is None else points[-count:]
    for longer in (Period.WEEK, Period.MONTH, Period.QUARTER):
        if len(points) > most and (every is None or _LENGTH[longer] > _LENGTH[every]):
            every = longer
            points = _last_of_each(points, longer, calendar)
    return Series(tuple(points[-most:] if most > 0 else ()), every)


_LENGTH = {period: place for place, period in enumerate(Period)}


def _last_of_each(said: Sequence[Said], period: Period, calendar: Calendar) -> list[Said]:
    return list({calendar.first(period, one.reading.day): one for one in said}.values())
